import { MailError, toErrorInfo } from '../../../shared/errors/mail-error.ts'
import { openPop3Session, type Pop3Session } from '../protocol/pop3/pop3-session.ts'
import { openImapSession, verifySmtp } from '../protocol/sessions-on-demand.ts'
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
  if (server.service === 'smtp') await logOn(attempt, () => verifySmtp(smtpTarget(attempt), attempt.signal, attempt.trace))
  else if (server.service === 'imap') await lookIntoImap(attempt)
  else await lookIntoPop3(attempt)
}

function logOn<T>(attempt: LogOnTry, open: () => Promise<T>): Promise<T> {
  const { server, steps } = attempt
  return steps.run(at(attempt, 'log-on'), async () => {
    if (!server.password && server.signIn !== 'none') throw new MailError('sign-in-missing', 'There is no password to log on with.')
    return [await open(), `accepted as ${server.user}`]
  })
}

async function lookIntoImap(attempt: LogOnTry): Promise<void> {
  const session = await logOn(attempt, () => openImapSession(target(attempt), attempt.signal, attempt.trace))
  try {
    await attempt.steps.run(at(attempt, 'mailbox'), async () => {
      const folders = await session.listFolders('')
      const { messages, unseen } = await session.status('INBOX')
      return [undefined, `${counted(messages, 'message')}, ${unseen} unread, in the Inbox; ${counted(folders.length, 'folder')}`]
    })
  } finally {
    session.destroy()
  }
}

async function lookIntoPop3(attempt: LogOnTry): Promise<void> {
  let locked: unknown
  const session = await logOn(attempt, () =>
    openPop3Session(target(attempt), attempt.signal, attempt.trace).catch((error: unknown): Pop3Session | undefined => {
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

function target({ server, trust, timeoutMs, accountName }: LogOnTry) {
  const { host, port, security, user, signIn } = server
  return { host, port, security, user, signIn, password: server.password ?? '', trust, timeoutMs, accountName }
}

function smtpTarget(attempt: LogOnTry) {
  const { user, password, ...rest } = target(attempt)
  return { ...rest, auth: { user, password }, signIn: signInOf(attempt.server) }
}

const signInOf = ({ signIn }: CheckedServer) => (signIn === 'spa' ? ('spa' as const) : ('password' as const))

function counted(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? '' : 's'}`
}
