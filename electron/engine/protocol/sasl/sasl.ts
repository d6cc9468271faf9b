import { createHmac } from 'node:crypto'
import { MailError } from '../../../../shared/errors/mail-error.ts'
import { oauthBearer, xoauth2 } from './bearer.ts'
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
  // The server gives its reason as JSON first; its refusal comes after one more answer: nothing, or a single 0x01 (RFC 7628 3.2.3).
  XOAUTH2: ({ user, token }) =>
    inTurn(
      () => xoauth2(user, given(token)),
      () => Buffer.alloc(0),
    ),
  OAUTHBEARER: ({ user, token }) =>
    inTurn(
      () => oauthBearer(user, given(token)),
      () => Buffer.from([1]),
    ),
} as const satisfies Record<string, MakeStep>

export type SaslMechanism = keyof typeof mechanisms

/** The log-on of one connection: a step function serves one exchange only. */
export function createSasl(mechanism: SaslMechanism, credentials: SaslCredentials): SaslStep {
  return mechanisms[mechanism](credentials)
}

function given(token: string | undefined): string {
  if (!token) throw new MailError('sign-in-missing', 'There is no access token.')
  return token
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
