import { setImmediate } from 'node:timers/promises'
import { toErrorInfo } from '../../../shared/errors/mail-error.ts'
import { headerFacts } from '../mime/facts.ts'
import type { Receiver } from '../protocol/pop3/fetch-in-order.ts'
import type { UidlRecord } from '../store/uidls-table.ts'
import type { Pop3SyncContext } from './pop3-context.ts'
import { isDue } from './pop3-forecast.ts'
import { headerHash, headerOf } from './pop3-header.ts'
import { doubtful, isReused, type Known, type ListedMessage, nameMessages, type NamedMessage } from './pop3-naming.ts'
import { type Candidate, findRenumbering, toProve } from './pop3-presume.ts'
import { type HeaderReader, lookAtRenumbered } from './pop3-renumbered.ts'

/** What is on the server, told apart from what we know. */
export interface Listing {
  readonly messages: readonly NamedMessage[]
  /** Headers that were read to find that out, of new messages only. */
  readonly headers: ReadonlyMap<number, Buffer>
  /** Known, and not on the server any more. */
  readonly missing: readonly UidlRecord[]
}

/** LIST and UIDL, and a look at the headers of what those do not settle. Keeps what it finds out about names. */
export async function readListing(context: Pop3SyncContext): Promise<Listing> {
  const { store, account, progress } = context
  progress.say('Receiving list of messages from server...')
  const { list, uidls } = await readLists(context)
  if (!uidls) progress.note(`${account.incoming.host} has no UIDL: messages are told apart by their headers, which takes longer.`)
  const known = store.uidls.known(account.id)
  const isStateLost = known.size === 0 && store.uidls.hasMail(account.id)
  const keepsHeaders = isStateLost || wantsHeaders(context)
  const headers = new Map<number, Buffer>()
  const hashes = new Map<number, string>()
  let bytes = 0
  const look = (numbers: readonly number[]) =>
    readHeaders(context, numbers, (number, header) => {
      bytes += header.length
      hashes.set(number, headerHash(header))
      if (keepsHeaders) headers.set(number, header)
    })
  const presumed = await lookAtDoubtful(context, { list, known, isStateLost }, { hashes, look, bytesRead: () => bytes })
  const told = new Map([...hashes, ...[...presumed].map(([number, record]) => [number, record.headerHash] as const)])
  const named = nameMessages(list, told, known)
  const messages = isStateLost ? await adopt(context, named, headers) : named
  keepNames(context, messages, { known, hashes })
  for (const { number, record } of messages) if (record) headers.delete(number)
  return { messages, headers, missing: missingOf(known, messages, uidls) }
}

interface Told {
  readonly list: readonly ListedMessage[]
  readonly known: Known
  readonly isStateLost: boolean
}

/** Reads the headers that tell what the UIDLs do not. Returns what is presumed without its header (P17). */
async function lookAtDoubtful(
  context: Pop3SyncContext,
  { list, known, isStateLost }: Told,
  reader: HeaderReader,
): Promise<ReadonlyMap<number, Candidate>> {
  const { account, clock } = context
  const mustBeProven = (record: UidlRecord) => record.mark !== null || isDue(record, account.pop3, clock.now())
  const inDoubt = doubtful(list, known, isStateLost)
  const renumbering = findRenumbering({ list, known, doubtful: inDoubt, mustBeProven })
  const later = new Set(renumbering?.messages.map(({ number }) => number))
  const proofs = toProve({ list, known, mustBeProven, most: proofsAtOnce(context) })
  await reader.look([...new Set([...inDoubt, ...proofs])].filter((number) => !later.has(number)))
  if (list.some((message) => isReused(message, reader.hashes, known))) {
    await reader.look(list.filter(({ number }) => !reader.hashes.has(number)).map(({ number }) => number))
    return new Map()
  }
  return renumbering ? lookAtRenumbered(renumbering, reader) : new Map()
}

/** P17: what was presumed is proven little by little, by connections that look for new mail as usual. */
function proofsAtOnce({ session, job, account }: Pop3SyncContext): number {
  if (job.newMail !== 'as-set' || account.pop3.headersOnly) return 0
  return session.isPipelining ? 100 : 10
}

/** Otherwise the headers of a large maildrop would be in memory for nothing. */
function wantsHeaders({ job, account, judgeHeader }: Pop3SyncContext): boolean {
  return job.newMail === 'headers' || (job.newMail === 'as-set' && (account.pop3.headersOnly || judgeHeader !== undefined))
}

async function readLists({ session }: Pop3SyncContext): Promise<{ readonly list: readonly ListedMessage[]; readonly uidls: UidlList }> {
  const sizes = session.list()
  // A server that takes one command at a time may lose the second.
  if (!session.isPipelining) await sizes
  const [list, uidls] = await Promise.all([sizes, session.uidl()])
  const names = uidls && new Map(uidls.map((entry) => [entry.number, entry.uidl]))
  const told = list.map((entry) => ({ ...entry, uidl: names?.get(entry.number) }))
  // What only one of the two lists has came or went in between; the next connection will see.
  return { list: names ? told.filter((message) => message.uidl !== undefined) : told, uidls }
}

type UidlList = readonly { readonly number: number; readonly uidl: string }[] | undefined

/** By TOP; a server without it has to send whole messages, of which only the header is kept. */
async function readHeaders(
  { session, progress }: Pop3SyncContext,
  numbers: readonly number[],
  handle: (number: number, header: Buffer) => void,
): Promise<void> {
  if (numbers.length === 0) return
  progress.say(`Looking at the headers of ${numbers.length} messages...`)
  const skip = () => {
    // It went while we looked; the next connection will not list it.
  }
  try {
    await session.topAll(numbers, handle, skip)
  } catch (error) {
    if (toErrorInfo(error).code !== 'unsupported') throw error
    await session.retrieveTo({ numbers, receive: onlyHeader, handle, onRefused: skip })
  }
}

const mostHeader = 1024 * 1024

function onlyHeader(): Receiver<Buffer> {
  let header = Buffer.alloc(0)
  let isComplete = false
  return {
    write(piece) {
      if (isComplete) return header.length
      header = Buffer.concat([header, piece])
      isComplete = header.includes('\r\n\r\n') || header.length > mostHeader
      return header.length
    },
    end: () => headerOf(header),
    discard() {},
  }
}

/** P12: the account was made anew, or its list was lost. Mail that is here is found again by its Message-ID and its whole header. */
async function adopt(
  { store, clock, account, signal }: Pop3SyncContext,
  messages: readonly NamedMessage[],
  headers: ReadonlyMap<number, Buffer>,
): Promise<readonly NamedMessage[]> {
  const taken = new Set<number>()
  const found: NamedMessage[] = []
  for (const [index, message] of messages.entries()) {
    if (index % 100 === 99) {
      await setImmediate()
      signal.throwIfAborted()
    }
    const header = headers.get(message.number)
    const id = header && message.headerHash && held(header, message.headerHash)
    if (!id) {
      found.push(message)
      continue
    }
    taken.add(id)
    const { uidl, size, headerHash: hash } = message
    const record = {
      uidl,
      size,
      headerHash: hash ?? null,
      message: id,
      downloadedAt: clock.now(),
      mark: null,
      goneAt: null,
      isPresumed: false,
    } as const
    found.push({ ...message, record: { ...record, state: 'downloaded' } })
  }
  return found

  function held(header: Buffer, hash: string) {
    const ids = store.messages.findByMessageIdHeader(null, headerFacts(header).envelope.messageIdHeader)
    return ids.find((id) => {
      const { body, summary } = store.messages.details(id)
      // The same letter in another maildrop is another letter.
      if (summary.account !== null && summary.account !== account.id) return false
      if (taken.has(id) || !body || store.folders.get(summary.folder).account !== null) return false
      return headerHash(headerOf(store.bodies.read(body))) === hash
    })
  }
}

interface Looked {
  readonly known: Known
  /** Of headers that were read, and nothing else. */
  readonly hashes: ReadonlyMap<number, string>
}

function keepNames({ store, account }: Pop3SyncContext, messages: readonly NamedMessage[], { known, hashes }: Looked): void {
  const isRead = ({ number }: NamedMessage) => hashes.has(number)

  const renamed = new Map(messages.flatMap(({ uidl, renamedFrom }) => (renamedFrom === undefined ? [] : [[uidl, renamedFrom] as const])))
  const adopted = messages.flatMap(({ uidl, record, renamedFrom }) =>
    record && renamedFrom === undefined && !known.has(uidl) ? record : [],
  )
  const back = messages.flatMap(({ uidl, record }) => (record && record.goneAt !== null ? uidl : []))
  const resized = messages.filter(({ record, size }) => record && record.size !== size)
  const presumed = new Set(messages.filter((message) => message.renamedFrom !== undefined && !isRead(message)).map(({ uidl }) => uidl))
  const proven = messages.filter((message) => message.record?.isPresumed && message.renamedFrom === undefined && isRead(message))
  if (renamed.size + adopted.length + back.length + resized.length + proven.length === 0) return
  store.transaction(() => {
    store.uidls.rename(account.id, renamed, presumed)
    store.uidls.setProven(
      account.id,
      proven.map(({ uidl }) => uidl),
    )
    store.uidls.adopt(account.id, adopted)
    store.uidls.setGone(account.id, back, null)
    for (const { uidl, size } of resized) store.uidls.setSize(account.id, uidl, size)
  })
}

function missingOf(known: Known, messages: readonly NamedMessage[], uidls: UidlList): readonly UidlRecord[] {
  const present = new Set(messages.flatMap(({ uidl, record }) => [uidl, record?.uidl ?? uidl]))
  // Named by UIDL, though LIST did not have them: they are not missing.
  for (const { uidl } of uidls ?? []) present.add(uidl)
  return [...known.values()].filter(({ uidl }) => !present.has(uidl))
}
