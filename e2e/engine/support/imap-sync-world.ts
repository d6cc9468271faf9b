// A store and a connection that synchronise with a real IMAP server, and what was said on it.
import { silentLogger } from '../../../electron/engine/log.ts'
import type { ImapSession, ImapTarget } from '../../../electron/engine/protocol/imap/imap-session.ts'
import { openImapSession } from '../../../electron/engine/protocol/imap/imap-session.ts'
import { openStore, type Store } from '../../../electron/engine/store/store.ts'
import { ImapWork, type ImapJob } from '../../../electron/engine/sync/imap-work.ts'
import { silentProgress } from '../../../electron/engine/sync/progress.ts'
import type { Account, ImapOptions } from '../../../shared/domain/account.ts'
import { defaultImapOptions } from '../../../shared/domain/account.ts'
import type { Folder } from '../../../shared/domain/folder.ts'
import type { MessageDetails } from '../../../electron/engine/store/message-rows.ts'
import { accountSettings } from './test-engine.ts'

export interface ImapServerAt {
  readonly port: number
  readonly user: string
  readonly password: string
}

export interface ImapSyncWorld {
  readonly store: Store
  readonly account: Account
  readonly work: ImapWork
  /** The open connection; made anew when the last one ended. */
  session(): Promise<ImapSession>
  /** A pass as Send and Receive does it. Returns the commands that it took. */
  sync(job?: ImapJob): Promise<readonly string[]>
  folder(path: string): Folder
  rows(path: string): readonly MessageDetails[]
  disconnect(): Promise<void>
  close(): Promise<void>
}

const clock = { now: () => Date.now() }

export function openImapSyncWorld(server: ImapServerAt, folder: string, options: Partial<ImapOptions> = {}): ImapSyncWorld {
  const store = openStore({ folder, clock, log: silentLogger })
  const settings = accountSettings({ protocol: 'imap', user: server.user, port: server.port })
  const account = store.accounts.add({ ...settings, imap: { ...defaultImapOptions, ...options } })
  const work = new ImapWork({ store, clock, log: silentLogger })
  const said: string[] = []
  let session: ImapSession | undefined
  const target: ImapTarget = {
    host: '127.0.0.1',
    port: server.port,
    security: 'none',
    user: server.user,
    password: server.password,
    signIn: 'password',
    trust: { certificates: [], ca: null },
    timeoutMs: 10_000,
    accountName: 'Lab',
    switchedOff: account.imap.switchedOff,
  }
  const world: ImapSyncWorld = {
    store,
    account,
    work,
    session: async () => {
      if (!session?.isUsable) session = await openImapSession(target, new AbortController().signal, (line) => said.push(line))
      return session
    },
    sync: async (job = { kind: 'receive' }) => {
      const open = await world.session()
      said.length = 0
      await work.receive({ account, session: open, progress: silentProgress }, job)
      return said.filter((line) => line.startsWith('C: ')).map((line) => line.replace(/^C: \S+ /, ''))
    },
    folder: (path) => {
      const found = store.folders.find(account.id, path)
      if (!found) throw new Error(`no folder ${path}`)
      return found
    },
    rows: (path) =>
      store.messages
        .idsInFolder(world.folder(path).id)
        .map((id) => store.messages.details(id))
        .sort((a, b) => (a.uid ?? 0) - (b.uid ?? 0)),
    disconnect: async () => {
      await session?.close()
      session = undefined
    },
    close: async () => {
      await world.disconnect()
      store.close()
    },
  }
  return world
}
