// A store, a practice server, and a way between them that can break at any command.
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { connect, createServer, type AddressInfo, type Socket } from 'node:net'
import { onTestFinished } from 'vitest'
import type { Account } from '../../../shared/domain/account.ts'
import type { FolderId, MessageId } from '../../../shared/domain/ids.ts'
import { allCapabilities, startImapServer, type RunningImapServer } from '../../practice/imap-server.ts'
import { silentLogger } from '../log.ts'
import { messageFacts } from '../mime/facts.ts'
import { parseMessage } from '../mime/parse-message.ts'
import { openImapSession, type ImapSession } from '../protocol/imap/imap-session.ts'
import type { Store } from '../store/store.ts'
import { accountSettings, localFolder, openTestStore } from '../store/test-store.ts'
import { ImapWork } from '../sync/imap-work.ts'
import { silentProgress } from '../sync/progress.ts'

const logon = { user: 'anna', password: 'secret' }

/** `before`: the command does not reach the server; `after`: it is done, and nobody hears of it. */
export interface Cut {
  /** Counts the commands of all connections, log-ons left out, from 0. */
  readonly at: number
  readonly when: 'before' | 'after'
}

export interface TestServer {
  readonly running: RunningImapServer
  readonly account: Account
  /** `heard` is told of each command after the log-on, and may break the connection at it. */
  connect(heard?: () => Cut['when'] | undefined): Promise<ImapSession>
}

export function mail(name: string, { hasMessageId = true, text = 'Hello' } = {}): Buffer {
  const id = hasMessageId ? `Message-ID: <${name}@example.org>\r\n` : ''
  return Buffer.from(
    `From: Bob <bob@example.org>\r\nTo: anna@example.org\r\n${id}Subject: ${name}\r\nDate: Fri, 20 Nov 2026 10:00:00 +0000\r\n\r\n${text}\r\n`,
  )
}

/** Where the system has a file system in memory: hundreds of stores, each with its commits, would keep a disk busy for minutes. */
export function openStoreInMemory(): Store {
  if (!existsSync('/dev/shm')) return openTestStore()
  const folder = mkdtempSync('/dev/shm/postrider-')
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  return openTestStore({ folder })
}

export interface ServerOptions {
  readonly name?: string
  /** Offered by a full server, but not by this one. */
  readonly without?: readonly string[]
  readonly imap?: Partial<Account['imap']>
  readonly namespacePrefix?: string
}

/** A server with an account for it. Folders are made by the test. */
export async function addServer(
  store: Store,
  { name = 'Work', without = [], imap = {}, namespacePrefix = '' }: ServerOptions = {},
): Promise<TestServer> {
  const capabilities = allCapabilities.filter((each) => !without.includes(each))
  const running = await startImapServer({ users: [logon], capabilities, namespacePrefix })
  onTestFinished(running.close)
  const settings = accountSettings(name, 'imap')
  const account = store.accounts.add({ ...settings, imap: { ...settings.imap, ...imap } })
  return {
    running,
    account,
    async connect(heard) {
      delete running.faults.onCommand
      const way = await breakableWay(running.port)
      const session = await openImapSession(
        { ...settings.incoming, ...logon, host: '127.0.0.1', port: way.port, security: 'none', ...rest },
        new AbortController().signal,
      )
      onTestFinished(() => session.destroy())
      running.faults.onCommand = () => {
        const when = heard?.()
        if (when) way.breakOff(when === 'before')
        return when === 'before' ? 'handled' : undefined
      }
      return session
    },
  }
}

const rest = { signIn: 'password', trust: { certificates: [], ca: null }, timeoutMs: 5000, accountName: 'Work' } as const

/** What the server says after `breakOff` does not get through any more. */
async function breakableWay(target: number) {
  const sockets: Socket[] = []
  let isBroken = false
  const end = () => sockets.forEach((socket) => socket.destroy())
  const server = createServer((client) => {
    const upstream = connect(target, '127.0.0.1')
    sockets.push(client, upstream)
    for (const [source, sink] of [[client, upstream] as const, [upstream, client] as const]) {
      source.setNoDelay(true)
      source.on('error', () => source.destroy())
      source.on('close', () => sink.destroy())
      source.on('data', (bytes) => (isBroken ? end() : sink.write(bytes)))
    }
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => {
    end()
    server.close()
  })
  const breakOff = (now: boolean) => {
    isBroken = true
    if (now) end()
  }
  return { port: (server.address() as AddressInfo).port, breakOff }
}

export function workOn(store: Store): ImapWork {
  return new ImapWork({ store, clock: { now: () => 0 }, log: silentLogger })
}

/** Folders, then headers and flags of each. */
export async function synchronize(store: Store, server: TestServer, session: ImapSession): Promise<void> {
  const work = workOn(store)
  await work.downloadFolders({ account: server.account, session })
  for (const folder of store.folders.list().filter(({ account, selectable }) => account === server.account.id && selectable)) {
    await work.refresh({ account: server.account, session, progress: silentProgress }, folder)
  }
}

/** Tells all servers, over and over, until nothing waits. Returns how many commands that took. */
export async function replayUntilDone(store: Store, servers: readonly TestServer[], cut?: Cut): Promise<number> {
  let commands = 0
  const heard = () => (commands++ === cut?.at ? cut.when : undefined)
  for (let round = 0; store.operations.listAll().length > 0; round++) {
    if (round > 6) throw new Error(`still waiting: ${JSON.stringify(store.operations.listAll())}`)
    for (const server of servers) {
      if (store.operations.list(server.account.id).length === 0) continue
      const session = await server.connect(heard)
      await workOn(store)
        .replay({ account: server.account, session })
        .catch((error: unknown) => {
          if (session.isUsable) throw error
        })
      session.destroy()
    }
  }
  return commands
}

/** `Subject flags` of each folder, sorted, as the server has it. */
export function onServer({ running }: TestServer): Readonly<Record<string, readonly string[]>> {
  const line = (raw: Buffer, flags: Iterable<string>) =>
    `${/^Subject: (.*)\r$/m.exec(raw.toString())?.[1]} ${[...flags].sort().join(' ')}`.trim()
  return Object.fromEntries(
    storeOf(running)
      .list()
      .map(({ path, messages }) => [path, messages.map(({ raw, flags }) => line(raw, flags)).sort()]),
  )
}

const flagNames = {
  answered: '\\Answered',
  deleted: '\\Deleted',
  draft: '\\Draft',
  flagged: '\\Flagged',
  forwarded: '$Forwarded',
  seen: '\\Seen',
}

/** The same as it is here. Every row of a server's folder must have its UID. */
export function inStore(store: Store, { account, running }: TestServer): Readonly<Record<string, readonly string[]>> {
  const folders = store.folders.list().filter((folder) => folder.account === account.id)
  return Object.fromEntries(
    folders.map(({ id, path }) => [
      path,
      store.messages
        .idsInFolder(id)
        .map((message) => rowLine(store, message, { path, running }))
        .sort(),
    ]),
  )
}

function rowLine(store: Store, message: MessageId, { path, running }: { path: string; running: RunningImapServer }): string {
  const { summary, uid } = store.messages.details(message)
  const isThere = storeOf(running)
    .find(path)
    ?.messages.some((each) => each.uid === uid)
  const flags = Object.entries(flagNames).flatMap(([name, onWire]) => (summary.flags[name as keyof typeof flagNames] ? onWire : []))
  return `${summary.subject} ${flags.sort().join(' ')}`.trim() + (isThere ? '' : ` (UID ${uid} is not there)`)
}

export function subjectsIn(store: Store, folder: FolderId): readonly string[] {
  return store.messages
    .getMany(store.messages.idsInFolder(folder))
    .map(({ subject }) => subject)
    .sort()
}

/** A message with its text in Local Folders. */
export function addLocal(store: Store, raw: Buffer): MessageId {
  const body = store.bodies.put(raw)
  const folder = localFolder(store, 'inbox')
  return store.messages.add({
    folder,
    account: null,
    facts: messageFacts(parseMessage(raw)),
    flags: { seen: true },
    size: raw.length,
    receivedAt: Date.UTC(2026, 10, 20),
    body,
  })
}

/** The row with this subject; the test fails when there are more or none. */
export function rowOf(store: Store, subject: string): MessageId {
  const found = store.folders
    .list()
    .flatMap(({ id }) => store.messages.getMany(store.messages.idsInFolder(id)).filter((row) => row.subject === subject))
  const [row] = found
  if (!row || found.length > 1) throw new Error(`${found.length} rows with the subject ${subject}`)
  return row.id
}

export function folderAt(store: Store, { account }: TestServer, path: string): FolderId {
  const folder = store.folders.find(account.id, path)
  if (!folder) throw new Error(`no folder ${path}`)
  return folder.id
}

function storeOf(running: RunningImapServer): RunningImapServer['mailboxes'] {
  return running.mailboxes // words: the practice server's
}
