import { createHmac } from 'node:crypto'
import { MailError } from '../../../../shared/errors/mail-error.ts'
import { ntlm } from './ntlm.ts'
import type { SaslCredentials, SaslStep } from './sasl-step.ts'
import { scram } from './scram.ts'

type MakeStep = (credentials: SaslCredentials) => SaslStep

const mechanisms = {
  PLAIN: ({ user, password }) => inTurn(() => Buffer.from(`\0${user}\0${password}`)),
  LOGIN: ({ user, password }) =>
    // The challenges are "Username:" and "Password:", but servers translate them: only their order counts.
    inTurn(
      () => Buffer.from(user),
      () => Buffer.from(password),
    ),
  'CRAM-MD5': ({ user, password }) =>
    inTurn((challenge) => Buffer.from(`${user} ${createHmac('md5', password).update(challenge).digest('hex')}`)),
  'SCRAM-SHA-1': (credentials) => scram('sha1', credentials),
  'SCRAM-SHA-256': (credentials) => scram('sha256', credentials),
  NTLM: (credentials) => ntlm(credentials),
  XOAUTH2: ({ user, token }) =>
    inTurn(
      () => {
        if (!token) throw new MailError('sign-in-missing', 'There is no access token.')
        return Buffer.from(`user=${user}\x01auth=Bearer ${token}\x01\x01`)
      },
      // The server's reason as JSON; only after our empty answer comes its refusal.
      () => Buffer.alloc(0),
    ),
} as const satisfies Record<string, MakeStep>

export type SaslMechanism = keyof typeof mechanisms

/** The log-on of one connection: a step function serves one exchange only. */
export function createSasl(mechanism: SaslMechanism, credentials: SaslCredentials): SaslStep {
  return mechanisms[mechanism](credentials)
}

/** For mechanisms with a fixed number of answers and no proof by the server. */
function inTurn(...answers: readonly ((challenge: Buffer) => Buffer)[]): SaslStep {
  let next = 0
  const step = (challenge: Buffer) => {
    const answer = answers[next++]
    if (!answer) throw new MailError('server-misbehaved', 'The server asked for more than the log-on has.')
    return answer(challenge)
  }
  return Object.assign(step, { finish: () => {} })
}
