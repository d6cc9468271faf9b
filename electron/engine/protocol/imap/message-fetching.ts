import type { Flags } from '../../../../shared/domain/message.ts'
import { MailError } from '../../../../shared/errors/mail-error.ts'
import type { FetchItems } from './fetch-answer.ts'
import { flagsOf, sizeOf, sourceOf, summaryItems, toSummary, uidOf, wholeItems } from './fetched-messages.ts'
import type { FetchedSummary, FetchProgress, UidRange } from './imap-types.ts'
import type { OpenFolder } from './open-folder.ts'
import { chunksOf, isInRange, packInLines, packUids, rangeText, readUidSet, uidsOf } from './uid-sets.ts'

/** The first screen comes at once; then long enough that round trips don't count. */
const messagesPerFetch = [100, 400, 1500, 2000]
/** Stored while the next ones are on their way, in pieces small enough that nobody else has to wait. */
const messagesPerBatch = 50
const bodiesPerFetch = 300
const sizesPerFetch = 5000
/** An answer is held in memory as a whole, so larger messages come in pieces, with progress. */
const wholeFetchBytes = 4_000_000
const pieceBytes = 2_000_000
/** Two groups are in memory at once. */
const groupBytes = 2_000_000

type OnBatch = (batch: readonly FetchedSummary[]) => void

/** Reads messages of the open folder. No command is issued while answers to another still come. */
export class MessageFetching {
  readonly #folder: OpenFolder

  constructor(folder: OpenFolder) {
    this.#folder = folder
  }

  /** Which messages there are, rising. */
  async listUids(range: UidRange): Promise<readonly number[]> {
    const action = 'read the list of messages'
    const { path, exists } = this.#folder.get(action)
    const found = await this.#folder.connection.accepted({ action, path }, (client) =>
      client.search({ uid: rangeText(range) }, { uid: true, returnOptions: ['ALL'] }),
    )
    // A server without ESEARCH (RFC 4731) gives the numbers one by one.
    const set = Array.isArray(found) || found.all === undefined ? [] : readUidSet(found.all)
    if (!set)
      throw this.#folder.connection.fail(new MailError('server-misbehaved', 'The list of messages can not be read.'), { action, path })
    const uids = Array.isArray(found) ? found : uidsOf(set, Math.max(exists, 1) * 2 + 10_000)
    return uids.filter((uid) => isInRange(uid, range)).sort((a, b) => a - b)
  }

  /** Newest first as a whole, in small batches; those that are gone are left out. `onBatch` must not call the session. */
  async fetchHeaders(uids: readonly number[], onBatch: OnBatch): Promise<void> {
    const newestFirst = [...uids].sort((a, b) => b - a)
    for (let at = 0, round = 0; at < newestFirst.length; round++) {
      const count = messagesPerFetch[Math.min(round, messagesPerFetch.length - 1)] ?? 100
      const part = newestFirst.slice(at, at + count)
      const here = await this.#fetchSummaries(part, 'BODYSTRUCTURE', onBatch)
      // Some servers fail at the structure of odd mail, some answers can't be read: the header is enough.
      const missing = part.filter((uid) => !here.has(uid))
      if (missing.length > 0) await this.#fetchSummaries(missing, '', onBatch)
      at += count
    }
  }

  /**
   * The same in larger groups with all bytes of each message, but for very large ones, which come as headers. While one group is
   * handled, the next is on its way.
   */
  async fetchWhole(uids: readonly number[], handle: (group: readonly FetchedSummary[]) => Promise<void>): Promise<void> {
    const newestFirst = [...uids].sort((a, b) => b - a)
    let coming: Promise<readonly FetchedSummary[]> = Promise.resolve([])
    const next = async (ask: () => Promise<readonly FetchedSummary[]>) => {
      const arrived = await coming
      coming = ask()
      // Thrown where it is waited for.
      coming.catch(() => {})
      if (arrived.length > 0) await handle(arrived)
    }
    for (const part of chunksOf(newestFirst, sizesPerFetch)) {
      const sizes = new Map<number, number>()
      await this.#fetchAll('read the list of messages', packUids(part), 'RFC822.SIZE', (uid, items) => sizes.set(uid, sizeOf(items) ?? 0))
      const here = new Map(part.flatMap((uid) => (sizes.has(uid) ? [[uid, sizes.get(uid) ?? 0] as const] : [])))
      for (const group of groupBySize(here)) await next(() => this.#fetchWholeGroup(group, here))
    }
    await next(async () => [])
  }

  /** The flags of every message in the range. With `changedSince`, a MODSEQ, only of those that changed after it (CONDSTORE). */
  async fetchFlags(range: UidRange, changedSince?: string): Promise<ReadonlyMap<number, Flags>> {
    const found = new Map<number, Flags>()
    await this.#fetch('read the flags', { range: rangeText(range), items: 'FLAGS', changedSince }, (items) => {
      const uid = uidOf(items)
      const flags = flagsOf(items)
      if (uid !== undefined && flags && isInRange(uid, range)) found.set(uid, flags)
    })
    return found
  }

  /** The whole message, byte for byte. Does not mark it as read. */
  async fetchRaw(uid: number, onProgress?: FetchProgress): Promise<Buffer> {
    const raw = await this.#findRaw(uid, onProgress)
    if (raw) return raw
    const missing = new MailError('message-missing', 'The server has no such message.')
    throw this.#folder.connection.fail(missing, { action: 'read a message' })
  }

  /**
   * Many messages with few round trips; those that are gone are left out. `sizes`: in bytes, as the server counts them. While some are
   * handled, the next ones are on their way.
   */
  async fetchRawMany(sizes: ReadonlyMap<number, number>, handle: (uid: number, raw: Buffer) => void | Promise<void>): Promise<void> {
    let coming: Promise<readonly FetchedBody[]> = Promise.resolve([])
    for (const group of [...groupBySize(sizes), []]) {
      const arrived = await coming
      coming = this.#fetchGroup(group)
      // Thrown where it is waited for; `handle` may fail before.
      coming.catch(() => {})
      for (const { uid, raw } of arrived) if (raw) await handle(uid, raw)
    }
    await coming
  }

  async #fetchWholeGroup(uids: readonly number[], sizes: ReadonlyMap<number, number>): Promise<readonly FetchedSummary[]> {
    const [first] = uids
    const isLarge = uids.length === 1 && first !== undefined && (sizes.get(first) ?? 0) > groupBytes
    const found = new Map<number, FetchedSummary>()
    const items = `FLAGS ${isLarge ? summaryItems : wholeItems} ${this.#identityItem()}`.trim()
    await this.#fetchAll('read messages', packUids(uids), items, (uid, answer) => {
      const summary = toSummary(answer)
      if (summary) found.set(uid, summary)
    })
    return uids.flatMap((uid) => found.get(uid) ?? [])
  }

  /** Of messages that one answer can hold; none for those that are gone. */
  async #fetchGroup(uids: readonly number[]): Promise<readonly FetchedBody[]> {
    const [first] = uids
    if (first === undefined) return []
    if (uids.length === 1) return [{ uid: first, raw: await this.#findRaw(first) }]
    const found = new Map<number, Buffer>()
    await this.#fetchAll('read messages', packUids(uids), 'BODY.PEEK[]', (uid, items) => {
      const raw = sourceOf(items)
      if (raw) found.set(uid, raw)
    })
    return [...found].map(([uid, raw]) => ({ uid, raw }))
  }

  async #fetchSummaries(uids: readonly number[], more: string, onBatch: OnBatch): Promise<ReadonlySet<number>> {
    const here = new Set<number>()
    const wanted = new Set(uids)
    const identity = this.#identityItem()
    let batch: FetchedSummary[] = []
    for (const range of packInLines(uids)) {
      await this.#fetchAll(
        'read the list of messages',
        range,
        ['FLAGS', summaryItems, identity, more].filter(Boolean).join(' '),
        (uid, items) => {
          const summary = here.has(uid) || !wanted.has(uid) ? undefined : toSummary(items)
          if (!summary) return
          here.add(uid)
          if (batch.push(summary) < messagesPerBatch) return
          onBatch(batch)
          batch = []
        },
      )
    }
    if (batch.length > 0) onBatch(batch)
    return here
  }

  #identityItem(): string {
    const { capabilities } = this.#folder.connection.client
    if (capabilities.has('OBJECTID')) return 'EMAILID'
    return capabilities.has('X-GM-EXT-1') ? 'X-GM-MSGID' : ''
  }

  async #findRaw(uid: number, onProgress?: FetchProgress): Promise<Buffer | undefined> {
    const pieces: Buffer[] = []
    let received = 0
    let total = 0
    // Until a piece is shorter than asked for: the announced size is only an estimate on some servers.
    for (let wanted = wholeFetchBytes, isLast = false; !isLast; wanted = pieceBytes) {
      let answer: FetchItems | undefined
      const items = `${received === 0 ? 'RFC822.SIZE ' : ''}BODY.PEEK[]<${received}.${wanted}>`
      await this.#fetchAll('read a message', String(uid), items, (found, all) => {
        if (found === uid) answer = all
      })
      const source = answer && sourceOf(answer)
      if (!answer || (!source && received === 0)) return undefined
      const piece = source ?? Buffer.alloc(0)
      pieces.push(piece)
      received += piece.length
      total = Math.max(total, sizeOf(answer) ?? 0, received)
      onProgress?.(received, total)
      isLast = piece.length !== wanted
    }
    return pieces.length === 1 ? pieces[0] : Buffer.concat(pieces)
  }

  /** Servers may split the answer for one message (RFC 3501 7.4.2): `onMessage` gets all that is known of it so far. */
  async #fetchAll(action: string, range: string, items: string, onMessage: (uid: number, items: FetchItems) => void): Promise<void> {
    const parts = new Map<number, FetchItems>()
    await this.#fetch(action, { range, items }, (answer) => {
      const uid = uidOf(answer)
      if (uid === undefined) return
      const earlier = parts.get(uid)
      const known = earlier ? new Map([...earlier, ...answer]) : answer
      // What is held back for the next part of an answer is never a body.
      if (!sourceOf(answer)) parts.set(uid, known)
      onMessage(uid, known)
    })
  }

  async #fetch(action: string, query: FetchQuery, onAnswer: (items: FetchItems) => void): Promise<void> {
    const { path } = this.#folder.get(action)
    await this.#folder.connection.run({ action, path }, (client) => client.fetchItems(query, onAnswer))
  }
}

interface FetchedBody {
  readonly uid: number
  readonly raw: Buffer | undefined
}

interface FetchQuery {
  readonly range: string
  readonly items: string
  readonly changedSince?: string | undefined
}

/** Groups that are worth a round trip, and whose messages fit into memory together. */
function groupBySize(sizes: ReadonlyMap<number, number>): readonly (readonly number[])[] {
  const groups: { uids: number[]; bytes: number }[] = []
  for (const [uid, size] of sizes) {
    const group = groups.at(-1)
    if (group && group.uids.length < bodiesPerFetch && group.bytes + size <= groupBytes) {
      group.uids.push(uid)
      group.bytes += size
    } else {
      groups.push({ uids: [uid], bytes: size })
    }
  }
  return groups.map(({ uids }) => uids)
}
