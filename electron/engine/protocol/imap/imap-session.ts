import type { FlagName, Flags } from '../../../../shared/domain/message.ts'
import { MailError } from '../../../../shared/errors/mail-error.ts'
import { mergeAnswers, summaryFields, toSummary } from './fetched-messages.ts'
import { openTunnel } from '../tunnel.ts'
import { type Capabilities, capabilitiesFrom } from './imap-capabilities.ts'
import type { FetchedMessage, FetchQuery, OpenedFolder } from './imap-client.ts'
import { ImapChanges } from './imap-changes.ts'
import { ImapConnection } from './imap-connection.ts'
import { canKeep, flagsForServer, flagsFromServer } from './imap-flags.ts'
import type { FetchedSummary, FetchProgress, FolderStatus, ImapTarget, SelectedFolder, ServerFolder, UidRange } from './imap-types.ts'
import { type News, watchOpenFolder, type WatchOptions } from './imap-watching.ts'
import { toServerFolders } from './server-folders.ts'
import { chunksOf, isInRange, packUids, rangeText } from './uid-sets.ts'

export type { FetchedSummary, FetchProgress, FolderStatus, ImapTarget, News, SelectedFolder, ServerFolder, UidRange, WatchOptions }

/** Long enough that round trips don't count, short enough that Stop and the first rows come soon. */
const messagesPerFetch = 300
const messagesPerStore = 500
/** An answer is held in memory as a whole, so larger messages come in pieces, with progress. */
const wholeFetchBytes = 4_000_000
const pieceBytes = 2_000_000

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
      await client.enableCondstore()
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
  #selected: SelectedFolder | undefined

  constructor(connection: ImapConnection) {
    this.#connection = connection
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
    return this.#selected !== undefined && canKeep(this.#selected.permanentFlags, 'forwarded')
  }

  /** What stands between the parts of a path; null: the server has no hierarchy, or did not say. */
  get delimiter(): string | null {
    return this.#connection.client.namespace?.delimiter || null
  }

  /** Called once when the session ends; `reason` is undefined after `close` and `destroy`. Returns how to stop listening. */
  onClosed(listener: (reason: MailError | undefined) => void): () => void {
    return this.#connection.onClosed(listener)
  }

  /** All folders, parents included. With `rootFolder` only INBOX and what lies below the root; '' for everything. */
  async listFolders(rootFolder: string): Promise<readonly ServerFolder[]> {
    const reference = rootFolder === '' || this.delimiter === null ? '' : rootFolder + this.delimiter
    const listed = await this.#connection.run({ action: 'list the folders' }, (client) => client.listBelow(reference))
    return toServerFolders(listed, rootFolder)
  }

  async status(path: string): Promise<FolderStatus> {
    const query = { messages: true, unseen: true, uidNext: true, uidValidity: true, highestModseq: true }
    const status = await this.#connection.accepted({ action: 'count the messages', path }, (client) => client.status(path, query))
    return {
      messages: status.messages ?? 0,
      unseen: status.unseen ?? 0,
      uidNext: status.uidNext ?? 1,
      uidValidity: String(status.uidValidity ?? 0),
      highestModSeq: modSeqText(status.highestModseq),
    }
  }

  /** Opens a folder for the calls below. Asks the server anew even when it is open already. */
  async select(path: string): Promise<SelectedFolder> {
    this.#selected = undefined
    const doing = { action: 'open the folder', path }
    const opened = await this.#connection.run(doing, (client) => client.openFolder(path))
    if (!opened.uidValidity) throw this.#connection.fail(new MailError('server-misbehaved', 'The server names no UIDVALIDITY.'), doing)
    this.#selected = {
      path,
      uidValidity: String(opened.uidValidity),
      uidNext: opened.uidNext || (await this.#findUidNext(opened)),
      exists: opened.exists ?? 0,
      highestModSeq: opened.noModseq ? null : modSeqText(opened.highestModseq),
      // Without PERMANENTFLAGS all flags are kept (RFC 3501 7.1).
      permanentFlags: opened.permanentFlags ?? opened.flags ?? new Set(),
      isReadOnly: opened.readOnly === true,
    }
    return this.#selected
  }

  /** Newest first, in batches of a few hundred. `onBatch` may call the session. */
  async fetchHeaders(range: UidRange, onBatch: (batch: readonly FetchedSummary[]) => void | Promise<void>): Promise<void> {
    const action = 'read the list of messages'
    const path = this.#opened(action).path
    const found = await this.#connection.accepted({ action, path }, (client) => client.search({ uid: rangeText(range) }, { uid: true }))
    const newestFirst = found.filter((uid) => isInRange(uid, range)).sort((a, b) => b - a)
    const query = { flags: true, size: true, internalDate: true, bodyStructure: true, headers: [...summaryFields] }
    for (const uids of chunksOf(newestFirst, messagesPerFetch)) {
      const answers = await this.#fetch(action, packUids(uids), query)
      const batch = answers.map(toSummary).filter((summary) => summary !== undefined)
      await onBatch(batch.sort((a, b) => b.uid - a.uid))
    }
  }

  /** The flags of every message in the range. With `changedSince`, a MODSEQ, only of those that changed after it (CONDSTORE). */
  async fetchFlags(range: UidRange, changedSince?: string): Promise<ReadonlyMap<number, Flags>> {
    const since = changedSince === undefined ? {} : { changedSince: BigInt(changedSince) }
    const answers = await this.#fetch('read the flags', rangeText(range), { flags: true }, since)
    const inRange = answers.filter((answer) => answer.flags && isInRange(answer.uid, range))
    return new Map(inRange.map((answer) => [answer.uid, flagsFromServer(answer.flags ?? [])]))
  }

  /** The whole message, byte for byte. Does not mark it as read. */
  async fetchRaw(uid: number, onProgress?: FetchProgress): Promise<Buffer> {
    const raw = await this.#findRaw(uid, onProgress)
    if (raw) return raw
    throw this.#connection.fail(new MailError('message-missing', 'The server has no such message.'), { action: 'read a message' })
  }

  /** Many messages with few round trips; those that are gone are left out. `handle` may call the session. */
  async fetchRawMany(uids: readonly number[], handle: (uid: number, raw: Buffer) => void | Promise<void>): Promise<void> {
    for (const chunk of chunksOf(uids, messagesPerFetch)) {
      const sizes = await this.#fetch('read messages', packUids(chunk), { size: true })
      for (const group of groupBySize(sizes)) {
        for (const { uid, source } of await this.#fetchGroup(group)) if (source) await handle(uid, source)
      }
    }
  }

  /** Flags that the selected folder can't keep are left out, as are messages that are gone. */
  async setFlags(uids: readonly number[], add: readonly FlagName[], remove: readonly FlagName[]): Promise<void> {
    const action = 'change flags'
    const { path, permanentFlags, isReadOnly } = this.#opened(action)
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
    await this.#connection.run({ action: 'create a folder', path }, (client) => client.mailboxCreate(path))
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

  #opened(action: string): SelectedFolder {
    if (this.#selected) return this.#selected
    throw this.#connection.fail(new MailError('bug', 'No folder is selected.'), { action })
  }

  async #findUidNext({ path, exists }: OpenedFolder): Promise<number> {
    if (!exists) return 1
    const doing = { action: 'open the folder', path }
    const newest = await this.#connection.run(doing, (client) => client.fetchOne('*', { uid: true }))
    return newest ? newest.uid + 1 : 1
  }

  async #fetchGroup(uids: readonly number[]): Promise<readonly { readonly uid: number; readonly source?: Buffer | undefined }[]> {
    const [first] = uids
    if (uids.length > 1 || first === undefined) return this.#fetch('read messages', packUids(uids), { source: true })
    return [{ uid: first, source: await this.#findRaw(first) }]
  }

  async #findRaw(uid: number, onProgress?: FetchProgress): Promise<Buffer | undefined> {
    const pieces: Buffer[] = []
    let received = 0
    let total = 0
    // Until a piece is shorter than asked for: the announced size is only an estimate on some servers.
    for (let wanted = wholeFetchBytes, isLast = false; !isLast; wanted = pieceBytes) {
      const query = { size: received === 0, source: { start: received, maxLength: wanted } }
      const [answer] = await this.#fetch('read a message', String(uid), query)
      if (!answer || (!answer.source && received === 0)) return undefined
      const piece = answer.source || Buffer.alloc(0)
      pieces.push(piece)
      received += piece.length
      total = Math.max(total, answer.size ?? 0, received)
      onProgress?.(received, total)
      isLast = piece.length !== wanted
    }
    return pieces.length === 1 ? pieces[0] : Buffer.concat(pieces)
  }

  /** Collects before it returns: a command issued while answers are still coming would wait for ever. */
  #fetch(
    action: string,
    range: string,
    query: FetchQuery,
    more: { readonly changedSince?: bigint } = {},
  ): Promise<readonly FetchedMessage[]> {
    const { path } = this.#opened(action)
    return this.#connection.run({ action, path }, async (client) =>
      mergeAnswers(await client.fetchAll(range, { uid: true, ...query }, { uid: true, ...more })),
    )
  }
}

/** Groups whose messages fit into memory together. */
function groupBySize(messages: readonly FetchedMessage[]): readonly (readonly number[])[] {
  const groups: { uids: number[]; bytes: number }[] = []
  for (const { uid, size = 0 } of messages) {
    const group = groups.at(-1)
    if (group && group.bytes + size <= wholeFetchBytes) {
      group.uids.push(uid)
      group.bytes += size
    } else {
      groups.push({ uids: [uid], bytes: size })
    }
  }
  return groups.map(({ uids }) => uids)
}

function noPassword(): MailError {
  return new MailError('sign-in-missing', 'There is no password.')
}

function modSeqText(modSeq: bigint | undefined): string | null {
  return modSeq === undefined ? null : String(modSeq)
}
