import type { FlagName, Flags } from '../../../../shared/domain/message.ts'
import type { FolderContent } from '../../../../shared/domain/folder.ts'
import { MailError } from '../../../../shared/errors/mail-error.ts'
import { openTunnel } from '../tunnel.ts'
import { type Capabilities, capabilitiesFrom } from './imap-capabilities.ts'
import { ImapChanges } from './imap-changes.ts'
import type { ImapClient } from './imap-client.ts'
import { ImapConnection } from './imap-connection.ts'
import { canKeep, flagsForServer } from './imap-flags.ts'
import type {
  FetchedSummary,
  FetchProgress,
  FolderListing,
  FolderStatus,
  ImapTarget,
  KnownState,
  SelectedFolder,
  ServerFolder,
  UidRange,
} from './imap-types.ts'
import { leftAlone } from './imap-quirks.ts'
import { type News, watchOpenFolder, type WatchOptions } from './imap-watching.ts'
import { folderStatuses, folderTypes, listFolders } from './list-folders.ts'
import { MessageFetching } from './message-fetching.ts'
import { OpenFolder } from './open-folder.ts'
import { selectFolder } from './select-folder.ts'
import { toStatus } from './server-folders.ts'
import { fetchTextFirst, type PartialMessage } from './text-first.ts'
import { chunksOf, packUids } from './uid-sets.ts'

export type {
  FetchedSummary,
  KnownState,
  FetchProgress,
  FolderStatus,
  ImapTarget,
  News,
  PartialMessage,
  SelectedFolder,
  ServerFolder,
  UidRange,
  WatchOptions,
}

const messagesPerStore = 500
/** From such a round trip on, the line is what takes time; on a faster one, packing and unpacking costs more than it saves (measured). */
const slowLineMs = 15

const signingIn = { action: 'connect and sign in' }

/** Connects, secures the connection and signs in. Aborting `signal` later ends the session, too: IMAP can't take a command back. */
export async function openImapSession(target: ImapTarget, signal: AbortSignal, trace?: (line: string) => void): Promise<ImapSession> {
  if (signal.aborted) throw new MailError('cancelled', 'The work was stopped.')
  const { host: server, port, security: secure, user, accountName: account } = target
  const facts = { account, server, port, protocol: 'IMAP', secure, user, ...signingIn } as const
  const tunnel = await openTunnel(target, facts, signal)
  const connection = new ImapConnection({ ...target, tunnel }, signal, trace)
  try {
    if (target.signIn === 'password' && target.password === '') throw connection.fail(noPassword(), signingIn)
    await connection.run(signingIn, async (client) => {
      await client.connect()
      client.forgetNamespacePrefix()
      client.leaveAlone(featuresLeftAlone(client, target))
      const asked = performance.now()
      await client.enableExtensions()
      if (performance.now() - asked >= slowLineMs) await client.compressLine()
    })
  } catch (error) {
    connection.destroy()
    tunnel?.destroy()
    throw error
  }
  return new ImapSession(connection)
}

/** A signed-in connection. Calls made at once are done one after the other; every failure is a MailError. */
export class ImapSession {
  /** What changes folders, and where messages are. */
  readonly changes: ImapChanges
  readonly #connection: ImapConnection
  readonly #folder: OpenFolder
  readonly #fetching: MessageFetching

  constructor(connection: ImapConnection) {
    this.#connection = connection
    this.#folder = new OpenFolder(connection)
    this.#fetching = new MessageFetching(this.#folder)
    this.changes = new ImapChanges(connection)
  }

  get capabilities(): Capabilities {
    return capabilitiesFrom(this.#connection.client.capabilities)
  }

  get isUsable(): boolean {
    return this.#connection.isUsable
  }

  /** Whether the selected folder keeps $Forwarded; false when none is selected. */
  get canStoreForwarded(): boolean {
    const { selected } = this.#folder
    return selected !== undefined && canKeep(selected.permanentFlags, 'forwarded')
  }

  /** Messages in the selected folder, as far as the server has told; 0 when none is selected. */
  get exists(): number {
    const { mailbox } = this.#connection.client
    return (mailbox && mailbox.exists) || 0
  }

  /** What stands between the parts of a path; null: the server has no hierarchy, or did not say. */
  get delimiter(): string | null {
    return this.#connection.client.namespace?.delimiter || null
  }

  /** Called once when the session ends; `reason` is undefined after `close` and `destroy`. Returns how to stop listening. */
  onClosed(listener: (reason: MailError | undefined) => void): () => void {
    return this.#connection.onClosed(listener)
  }

  /** All folders, parents included. With a root folder only INBOX and what lies below the root. No folder is open afterwards. */
  async listFolders(listing: FolderListing): Promise<readonly ServerFolder[]> {
    this.#folder.selected = undefined
    return listFolders(this.#connection, listing)
  }

  /** What some folders hold instead of mail, where the server keeps notes about it. */
  folderTypes(): Promise<ReadonlyMap<string, FolderContent>> {
    return folderTypes(this.#connection)
  }

  /** Counts of many folders in few round trips. No folder is open afterwards. */
  async statuses(paths: readonly string[]): Promise<ReadonlyMap<string, FolderStatus>> {
    this.#folder.selected = undefined
    return folderStatuses(this.#connection, paths)
  }

  async status(path: string): Promise<FolderStatus> {
    const query = { messages: true, unseen: true, uidNext: true, uidValidity: true, highestModseq: true }
    const status = await this.#connection.accepted({ action: 'count the messages', path }, (client) => client.status(path, query))
    return toStatus(status)
  }

  /**
   * Opens a folder for the calls below. Asks the server anew even when it is open already. With `known`, the state in which it was
   * when we last looked, a server with QRESYNC tells what has happened since.
   */
  async select(path: string, known?: KnownState): Promise<SelectedFolder> {
    this.#folder.selected = undefined
    const selected = await selectFolder(this.#connection, path, known)
    this.#folder.selected = selected
    return selected
  }

  /** See `MessageFetching`, as for the next ones. */
  listUids(range: UidRange): Promise<readonly number[]> {
    return this.#fetching.listUids(range)
  }

  fetchHeaders(uids: readonly number[], onBatch: (batch: readonly FetchedSummary[]) => void): Promise<void> {
    return this.#fetching.fetchHeaders(uids, onBatch)
  }

  fetchFlags(range: UidRange, changedSince?: string): Promise<ReadonlyMap<number, Flags>> {
    return this.#fetching.fetchFlags(range, changedSince)
  }

  fetchRaw(uid: number, onProgress?: FetchProgress): Promise<Buffer> {
    return this.#fetching.fetchRaw(uid, onProgress)
  }

  /** Newest first with all bytes of each message; very large ones come as headers. */
  fetchWhole(uids: readonly number[], handle: (group: readonly FetchedSummary[]) => Promise<void>): Promise<void> {
    return this.#fetching.fetchWhole(uids, handle)
  }

  /** The texts of a large message without its attachments; undefined: it is better fetched whole. */
  fetchTextFirst(uid: number): Promise<PartialMessage | undefined> {
    return fetchTextFirst(this.#folder, uid)
  }

  /** Many messages, given with their sizes in bytes, with few round trips; those that are gone are left out. `handle` may call the session. */
  fetchRawMany(sizes: ReadonlyMap<number, number>, handle: (uid: number, raw: Buffer) => void | Promise<void>): Promise<void> {
    return this.#fetching.fetchRawMany(sizes, handle)
  }

  /** Flags that the selected folder can't keep are left out, as are messages that are gone. */
  async setFlags(uids: readonly number[], add: readonly FlagName[], remove: readonly FlagName[]): Promise<void> {
    const action = 'change flags'
    const { path, permanentFlags, isReadOnly } = this.#folder.get(action)
    if (isReadOnly) throw this.#connection.fail(new MailError('permission-denied', 'The folder is read-only.'), { action, path })
    const keeps = (name: FlagName) => canKeep(permanentFlags, name)
    const adding = flagsForServer(add.filter(keeps))
    const removing = flagsForServer(remove.filter(keeps))
    const how = { uid: true, silent: true }
    for (const chunk of chunksOf(uids, messagesPerStore)) {
      const range = packUids(chunk)
      if (adding.length > 0) await this.#connection.accepted({ action, path }, (client) => client.messageFlagsAdd(range, adding, how))
      if (removing.length > 0)
        await this.#connection.accepted({ action, path }, (client) => client.messageFlagsRemove(range, removing, how))
    }
  }

  /**
   * Stores a message, whose lines must end in CRLF. `date` in epoch ms becomes its INTERNALDATE. The uid is null where the server
   * does not tell it (no UIDPLUS). Throws `folder-missing` when the folder must be created first.
   */
  async append(path: string, raw: Buffer, flags: readonly FlagName[], date: number): Promise<{ readonly uid: number | null }> {
    const doing = { action: 'store a message', path }
    // Not allowed in a literal (RFC 3501 4.3), and servers replace it without a word.
    if (raw.includes(0)) throw this.#connection.fail(new MailError('bad-input', 'The message contains a NUL byte.'), doing)
    const when = new Date(date)
    const appended = await this.#connection.accepted(doing, (client) => client.append(path, raw, flagsForServer(flags), when))
    return { uid: appended.uid ?? null }
  }

  /** Also subscribes to it. A folder that is there already is left as it is. */
  async createFolder(path: string): Promise<void> {
    try {
      await this.#connection.run({ action: 'create a folder', path }, (client) => client.mailboxCreate(path))
    } catch (error) {
      if (!isThereAlready(error)) throw error
    }
  }

  async subscribe(path: string): Promise<void> {
    await this.#connection.accepted({ action: 'show a folder', path }, (client) => client.mailboxSubscribe(path))
  }

  /** Opens a folder and waits in it for news, until the connection ends: it never returns, only throws. */
  async watch(options: WatchOptions): Promise<never> {
    await this.select(options.path)
    return watchOpenFolder(this.#connection, options)
  }

  /** Says good-bye, and hangs up even if the server does not answer that. Never throws. */
  close(): Promise<void> {
    return this.#connection.close()
  }

  /** Ends the session at once; what is still waiting fails with `connection-lost`. */
  destroy(): void {
    this.#connection.destroy()
  }
}

function featuresLeftAlone(client: ImapClient, { host, switchedOff = [] }: ImapTarget): ReadonlySet<string> {
  const { greeting = '', serverInfo, capabilities } = client
  const identity = Object.values(serverInfo ?? {}).join(' ')
  return leftAlone(switchedOff, { host, greeting, identity, has: (name) => capabilities.has(name) })
}

function noPassword(): MailError {
  return new MailError('sign-in-missing', 'There is no password.')
}

/** The library knows the response code ALREADYEXISTS only, and Cyrus says it in words. */
function isThereAlready(error: unknown): boolean {
  return error instanceof MailError && /\balready exists\b/i.test(error.detail.reply ?? '')
}
