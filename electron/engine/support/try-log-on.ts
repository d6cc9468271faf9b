import { defaultImapOptions } from '../../../shared/domain/account.ts'
import { MailError, toErrorInfo } from '../../../shared/errors/mail-error.ts'
import { openPop3Session, type Pop3Session } from '../protocol/pop3/pop3-session.ts'
import { openImapSession, verifySmtp } from '../protocol/sessions-on-demand.ts'
import { isRefusal } from '../accounts/oauth/sign-in-by-token.ts'
import type { CheckedServer } from './doctor-patient.ts'
import { at, type Probe } from './probe-server.ts'

export interface LogOnTry extends Probe {
  readonly timeoutMs: number
  readonly trace: (line: string) => void
}

/** Logs on as the program itself does, once, and looks at what is there without changing anything. Throws StepFailure. */
export async function tryLogOn(attempt: LogOnTry): Promise<void> {
  const { server, steps } = attempt
  if (server.side === 'outgoing' && server.signIn === 'none') {
    steps.skip('outgoing', 'log-on', 'Mail is sent without logging on.')
    return
  }
  if (server.service === 'smtp')
    await logOn(attempt, (ready) => verifySmtp(smtpTarget({ ...attempt, server: ready }), attempt.signal, attempt.trace))
  else if (server.service === 'imap') await lookIntoImap(attempt)
  else await lookIntoPop3(attempt)
}

function logOn<T>(attempt: LogOnTry, open: (server: CheckedServer) => Promise<T>): Promise<T> {
  const { server, steps } = attempt
  return steps.run(at(attempt, 'log-on'), async () => {
    const accepted = `accepted as ${server.user}`
    const opened = await openAs(attempt, open)
    return [opened, server.signIn === 'oauth2' ? `${accepted}, signed in with the browser` : accepted]
  })
}

/** Opens something with the account's password or token. */
export async function openAs<T>(attempt: LogOnTry, open: (server: CheckedServer) => Promise<T>): Promise<T> {
  const { server } = attempt
  if (server.signIn === 'oauth2') return openWithToken(attempt, open)
  if (!server.password && server.signIn !== 'none') throw new MailError('sign-in-missing', 'There is no password to log on with.')
  return open(server)
}

/** As the program itself does it: a token that is refused is refreshed once. */
async function openWithToken<T>({ server, signal }: LogOnTry, open: (server: CheckedServer) => Promise<T>): Promise<T> {
  if (!server.token) throw new MailError('oauth-missing', 'Nobody has signed in yet.')
  const first = await server.token(signal)
  try {
    return await open({ ...server, password: first })
  } catch (error) {
    if (!isRefusal(error)) throw error
  }
  const password = await server.token(signal, first)
  return open({ ...server, password }).catch((error: unknown): never => {
    if (!isRefusal(error)) throw error
    throw new MailError('oauth-token-refused', 'The server takes no token of this account.', toErrorInfo(error).detail, error)
  })
}

async function lookIntoImap(attempt: LogOnTry): Promise<void> {
  const session = await logOn(attempt, (server) => openImapSession(target({ ...attempt, server }), attempt.signal, attempt.trace))
  try {
    await attempt.steps.run(at(attempt, 'mailbox'), async () => {
      const folders = await session.listFolders(defaultImapOptions)
      const { messages, unseen } = await session.status('INBOX')
      return [undefined, `${counted(messages, 'message')}, ${unseen} unread, in the Inbox; ${counted(folders.length, 'folder')}`]
    })
  } finally {
    session.destroy()
  }
}

async function lookIntoPop3(attempt: LogOnTry): Promise<void> {
  let locked: unknown
  const session = await logOn(attempt, (server) =>
    openPop3Session(target({ ...attempt, server }), attempt.signal, attempt.trace).catch((error: unknown): Pop3Session | undefined => {
      // Name and password were right: it is the mail that can't be had.
      if (toErrorInfo(error).code !== 'mailbox-locked') throw error
      locked = error
      return undefined
    }),
  )
  await attempt.steps.run(at(attempt, 'mailbox'), async () => {
    if (!session) throw locked
    const { count, bytes } = await session.stat()
    await session.quit()
    return [undefined, `${counted(count, 'message')}, ${Math.ceil(bytes / 1024)} KB`]
  })
}

export function target({ server, trust, proxy, timeoutMs, accountName }: LogOnTry) {
  const { host, port, security, user, signIn } = server
  return { host, port, security, user, signIn, password: server.password ?? '', trust, proxy, timeoutMs, accountName }
}

export function smtpTarget(attempt: LogOnTry) {
  const { user, password, ...rest } = target(attempt)
  return { ...rest, auth: { user, password }, signIn: signInOf(attempt.server) }
}

const signInOf = ({ signIn }: CheckedServer) => (signIn === 'none' ? 'password' : signIn)

function counted(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? '' : 's'}`
}
