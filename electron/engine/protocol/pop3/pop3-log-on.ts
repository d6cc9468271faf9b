import { createHash } from 'node:crypto'
import type { SignIn } from '../../../../shared/domain/account.ts'
import type { ErrorDetail } from '../../../../shared/errors/mail-error.ts'
import { MailError } from '../../../../shared/errors/mail-error.ts'
import type { LineConnection, Reply } from '../line/line-connection.ts'
import { chooseMechanism } from '../sasl/choose-mechanism.ts'
import type { SaslMechanism } from '../sasl/sasl.ts'
import { createSasl } from '../sasl/sasl.ts'
import type { Pop3Capabilities } from './pop3-replies.ts'

export interface Pop3LogOn {
  readonly user: string
  readonly password: string
  readonly signIn: SignIn
  readonly isEncrypted: boolean
  /** May hold the timestamp that APOP needs. */
  readonly greeting: string
  readonly capabilities: Pop3Capabilities
}

/** Names and passwords go to the server unchanged, and a line break in one of them would be a command of its own. */
export function refuseControlCharacters({ user, password }: Pick<Pop3LogOn, 'user' | 'password'>, detail: ErrorDetail): void {
  const hasControl = (text: string) => /\p{Cc}/u.test(text)
  if (!hasControl(user) && !hasControl(password)) return
  const what = hasControl(user) ? 'account name' : 'password'
  throw new MailError('bad-input', `The ${what} contains a character that can't be typed.`, { ...detail, action: 'sign in' })
}

/** Signs in the best way that both sides know, once: a refusal is never followed by a weaker try. Resolves with the last reply. */
export async function logOnPop3(connection: LineConnection, logOn: Pop3LogOn): Promise<Reply> {
  const way = chooseWay(logOn)
  if (way === 'USER') return userAndPass(connection, logOn)
  if (way === 'APOP') return apop(connection, logOn)
  return sasl(connection, way, logOn)
}

function chooseWay({ signIn, isEncrypted, capabilities, greeting }: Pop3LogOn): 'USER' | 'APOP' | SaslMechanism {
  const offered = offeredMechanisms(capabilities, signIn)
  const mechanism = chooseMechanism(offered, { signIn, isEncrypted })
  if (signIn === 'spa') return mechanism ?? refuse('The server does not offer Secure Password Authentication (NTLM).')
  if (signIn === 'oauth2') return mechanism ?? refuse('The server does not take the tokens of a browser sign-in (OAuth 2.0) here.')
  if (signIn !== 'password') return refuse('POP3 has no way to do without a log-on.')
  if (!isEncrypted) {
    // The account says that plain text is all right; the password itself should travel only if there is no other way.
    if (mechanism && mechanism !== 'PLAIN' && mechanism !== 'LOGIN') return mechanism
    if (timestampOf(greeting)) return 'APOP'
  }
  // Many servers forget to list USER, so its absence counts only when there is something else. Dovecot always lists it, also where
  // it takes no plain password: what it does take is then in SASL.
  const takesPassword = capabilities.has('USER') && (offered.length === 0 || offered.includes('PLAIN'))
  return takesPassword ? 'USER' : (mechanism ?? 'USER')
}

/** Old servers know NTLM, but not CAPA (RFC 2449): for SPA, asking for it does no harm. */
function offeredMechanisms(capabilities: Pop3Capabilities, signIn: SignIn): readonly string[] {
  return signIn === 'spa' && capabilities.size === 0 ? ['NTLM'] : (capabilities.get('SASL') ?? [])
}

function refuse(why: string): never {
  throw new MailError('sign-in-unsupported', why)
}

async function userAndPass(connection: LineConnection, { user, password }: Pop3LogOn): Promise<Reply> {
  const reply = await connection.send({ text: `USER ${user}` })
  return reply.isOk ? connection.send({ text: `PASS ${password}`, shown: 'PASS ***' }) : reply
}

/** RFC 1939 section 7. */
function apop(connection: LineConnection, { user, password, greeting }: Pop3LogOn): Promise<Reply> {
  const digest = createHash('md5')
    .update(`${timestampOf(greeting)}${password}`)
    .digest('hex')
  return connection.send({ text: `APOP ${user} ${digest}`, shown: `APOP ${user} ***` })
}

/** Only a real message id: other bytes let a false server compute parts of the password from the digest (CVE-2007-1558). */
function timestampOf(greeting: string): string | undefined {
  return /<[\x21-\x3b\x3d\x3f-\x7e]+@[\x21-\x3b\x3d\x3f-\x7e]+>/.exec(greeting)?.[0]
}

/** RFC 5034, without initial response: it could make the line longer than servers take. */
async function sasl(connection: LineConnection, mechanism: SaslMechanism, { user, password }: Pop3LogOn): Promise<Reply> {
  const step = createSasl(mechanism, { user, password, token: password })
  let failure: unknown
  let hasBegun = false
  const answer = (challenge: string) => {
    if (failure) throw failure
    hasBegun = true
    try {
      return step(Buffer.from(challenge, 'base64')).toString('base64')
    } catch (error) {
      failure = error
      return '*'
    }
  }
  const onContinue = (line: string) => answer(line.slice(2))
  let reply = await connection.send({ text: `AUTH ${mechanism}`, onContinue })
  if (mechanism === 'NTLM' && !hasBegun) {
    if (!reply.isOk) return refuse(`The server refused NTLM: ${reply.line}`)
    // Exchange says "+OK" where RFC 5034 has an empty challenge (MS-POP3).
    reply = await connection.send({ text: answer(''), shown: '***', onContinue })
  }
  if (failure) throw failure
  if (reply.isOk) step.finish()
  return reply
}
