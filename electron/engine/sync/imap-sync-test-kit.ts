// A scripted server and a store that synchronises with it.
import { onTestFinished } from 'vitest'
import type { Account, ImapOptions } from '../../../shared/domain/account.ts'
import { defaultImapOptions } from '../../../shared/domain/account.ts'
import type { Folder } from '../../../shared/domain/folder.ts'
import { type ErrorInfo, toErrorInfo } from '../../../shared/errors/mail-error.ts'
import { type ImapServerOptions, type RunningImapServer, startImapServer } from '../../practice/imap-server.ts'
import { silentLogger } from '../log.ts'
import type { ImapSession } from '../protocol/imap/imap-session.ts'
import { openImapSession } from '../protocol/imap/imap-session.ts'
import type { MessageDetails } from '../store/message-rows.ts'
import type { Store } from '../store/store.ts'
import { accountSettings, openTestStore } from '../store/test-store.ts'
import { type ImapJob, ImapWork } from './imap-work.ts'
import { silentProgress } from './progress.ts'

export interface ScriptedWorld {
  readonly server: RunningImapServer
  readonly store: Store
  readonly account: Account
  readonly session: () => Promise<ImapSession>
  /** A pass; afterwards `sent` has its commands. */
  sync(job?: ImapJob): Promise<void>
  /** The failure of a pass. */
  failedSync(): Promise<ErrorInfo>
  sent: readonly string[]
  readonly notes: string[]
  folder(path: string): Folder
  rows(path?: string): readonly MessageDetails[]
  subjects(path?: string): readonly string[]
}

const clock = { now: () => 1_700_000_000_000 }

export function mail(subject: string, text = 'Hello'): Buffer {
  return Buffer.from(
    `From: Bob <bob@example.org>\r\nMessage-ID: <${subject.replaceAll(' ', '.')}@example.org>\r\n` +
      `Date: Tue, 2 Jan 2024 10:00:00 +0000\r\nSubject: ${subject}\r\n\r\n${text}\r\n`,
  )
}

export async function startScriptedWorld(
  options: Partial<ImapServerOptions> = {},
  imap: Partial<ImapOptions> = {},
): Promise<ScriptedWorld> {
  const server = await startImapServer({ users: [{ user: 'anna', password: 'secret' }], ...options })
  onTestFinished(server.close)
  const store = openTestStore()
  const account = store.accounts.add({ ...accountSettings('Work', 'imap'), imap: { ...defaultImapOptions, ...imap } })
  const work = new ImapWork({ store, clock, log: silentLogger })
  let session: ImapSession | undefined
  onTestFinished(() => session?.destroy())
  const world: ScriptedWorld = {
    server,
    store,
    account,
    sent: [],
    notes: [],
    session: async () => {
      if (!session?.isUsable) session = await openSession(server.port, account)
      return session
    },
    sync: async (job = { kind: 'receive' }) => {
      const open = await world.session()
      const before = server.commands.length
      try {
        await work.receive({ account, session: open, progress: { ...silentProgress, note: (text) => void world.notes.push(text) } }, job)
      } finally {
        world.sent = server.commands.slice(before).map(({ text }) => text.replace(/^\S+ /, ''))
      }
    },
    failedSync: async () => {
      try {
        await world.sync()
      } catch (error) {
        return toErrorInfo(error)
      }
      throw new Error('It did not fail.')
    },
    folder: (path) => {
      const found = store.folders.find(account.id, path)
      if (!found) throw new Error(`no folder ${path}`)
      return found
    },
    rows: (path = 'INBOX') =>
      store.messages
        .idsInFolder(world.folder(path).id)
        .map((id) => store.messages.details(id))
        .sort((a, b) => (a.uid ?? 0) - (b.uid ?? 0)),
    subjects: (path = 'INBOX') => world.rows(path).map((row) => row.summary.subject),
  }
  return world
}

function openSession(port: number, account: Account): Promise<ImapSession> {
  return openImapSession(
    {
      host: '127.0.0.1',
      port,
      security: 'none',
      user: 'anna',
      password: 'secret',
      signIn: 'password',
      trust: { certificates: [], ca: null },
      timeoutMs: 2000,
      accountName: 'Work',
      switchedOff: account.imap.switchedOff,
    },
    new AbortController().signal,
  )
}
