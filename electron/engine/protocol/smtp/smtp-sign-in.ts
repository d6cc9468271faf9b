// Signs in to SMTP (RFC 4954): PLAIN and LOGIN by nodemailer, all other mechanisms by ours.
import type SMTPConnection from 'nodemailer/lib/smtp-connection'
import { MailError } from '../../../../shared/errors/mail-error.ts'
import { chooseMechanism, type SignInSettings } from '../sasl/choose-mechanism.ts'
import { createSasl, type SaslMechanism } from '../sasl/sasl.ts'

export interface SmtpLogOn extends SignInSettings {
  readonly user: string
  readonly password: string
}

/** Not among nodemailer's types: its own list holds only what it can do itself. */
interface Announced {
  readonly _ehloLines?: readonly string[]
}

/** Throws MailError or what nodemailer throws. */
export async function signInSmtp(connection: SMTPConnection, logOn: SmtpLogOn): Promise<void> {
  const { user, password } = logOn
  const method = chooseMechanism(offeredBy(connection), logOn)
  if (method === undefined && logOn.signIn !== 'password') {
    const what =
      logOn.signIn === 'spa' ? 'Secure Password Authentication (NTLM)' : 'a log-on with the token of a browser sign-in (OAuth 2.0)'
    throw new MailError('sign-in-unsupported', `The server does not offer ${what}.`)
  }
  await new Promise<void>((resolve, reject) => {
    // Without a method nodemailer tries PLAIN, for servers that name none.
    connection.login({ user, pass: password, ...(method && { method }) }, (error) => (error ? reject(causeOf(error)) : resolve()))
  })
}

/** For the options of nodemailer's connection. */
export const saslHandlers = Object.fromEntries(
  (['CRAM-MD5', 'SCRAM-SHA-1', 'SCRAM-SHA-256', 'NTLM', 'XOAUTH2', 'OAUTHBEARER'] as const satisfies readonly SaslMechanism[]).map(
    (mechanism) => [mechanism, (context: SMTPConnection.CustomAuthenticationContext) => exchange(mechanism, context)],
  ),
)

async function exchange(mechanism: SaslMechanism, { auth, sendCommand }: SMTPConnection.CustomAuthenticationContext): Promise<void> {
  const step = createSasl(mechanism, { user: auth.credentials.user, password: auth.credentials.pass, token: auth.credentials.pass })
  // Without initial response: it could make the line longer than servers take.
  let reply = await sendCommand(`AUTH ${mechanism}`)
  while (reply.response.startsWith('334')) {
    const challenge = Buffer.from(reply.response.slice(4), 'base64')
    const answer = await attempt(
      () => step(challenge),
      () => sendCommand('*'),
    )
    reply = await sendCommand(answer.toString('base64'))
  }
  if (reply.status < 200 || reply.status > 299) throw new Error('The server refused the log-on')
  await attempt(step.finish)
}

/** nodemailer writes its own code over that of every error, so ours travels inside of another. */
async function attempt<T>(work: () => T, undo?: () => Promise<unknown>): Promise<T> {
  try {
    return work()
  } catch (error) {
    await undo?.()
    throw new Error('The log-on was given up', { cause: error })
  }
}

function causeOf(error: Error): Error {
  return error.cause instanceof MailError ? error.cause : error
}

function offeredBy(connection: SMTPConnection): readonly string[] {
  const { _ehloLines: lines = [] } = connection as unknown as Announced
  // "AUTH=LOGIN" is how it was written before it had an RFC.
  return lines.flatMap((line) => /^AUTH[ =](.*)/i.exec(line)?.[1]?.split(/[ =]+/) ?? [])
}
