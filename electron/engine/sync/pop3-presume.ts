import type { MessageId } from '../../../shared/domain/ids.ts'
import type { UidlRecord } from '../store/uidls-table.ts'
import type { Known, ListedMessage } from './pop3-naming.ts'

/** So much of the bytes of renumbered mail may be read again as headers; beyond it size and place have to do. */
export const mostHeaderShare = 0.045
/** Fewer are looked at all: what could be saved is nothing. */
const fewest = 200

/** Messages under new UIDLs, and what they may be, both in the order of the server's list. */
export interface Renumbering {
  readonly messages: readonly ListedMessage[]
  /** Known and not in the list any more. */
  readonly records: readonly Candidate[]
}

export interface Candidate extends UidlRecord {
  readonly message: MessageId
  readonly size: number
  readonly headerHash: string
}

export interface RenumberingInput {
  readonly list: readonly ListedMessage[]
  readonly known: Known
  /** Whose header would be looked at. */
  readonly doubtful: ReadonlySet<number>
  /** Never presumed: what is done with it can't be taken back. */
  readonly mustBeProven: (record: UidlRecord) => boolean
}

/** Mail that may be known by size and place, if headers around it are: undefined when there is too little of it. Pure. */
export function findRenumbering({ list, known, doubtful, mustBeProven }: RenumberingInput): Renumbering | undefined {
  const counts = new Map<string | undefined, number>()
  for (const { uidl } of list) counts.set(uidl, (counts.get(uidl) ?? 0) + 1)
  const messages = list.filter(
    ({ number, uidl }) => uidl !== undefined && doubtful.has(number) && !known.has(uidl) && counts.get(uidl) === 1,
  )
  const records = [...known.values()]
    .filter((record): record is Candidate => isCandidate(record) && !counts.has(record.uidl) && !mustBeProven(record))
    // Rows were made in the order of the server's list.
    .sort((a, b) => a.message - b.message)
  return messages.length < fewest || records.length < fewest ? undefined : { messages, records }
}

function isCandidate({ message, size, headerHash, state, goneAt }: UidlRecord): boolean {
  return message !== null && size !== null && headerHash !== null && state === 'downloaded' && goneAt === null
}

/** Every so many messages the header is read; ever closer, as long as there is room for it. */
export const strides = [8, 4, 2] as const

/** The first, the last, and every `stride`-th in between. Pure. */
export function sampled(messages: readonly ListedMessage[], stride: number): readonly number[] {
  return messages.filter((_, index) => index % stride === 0 || index === messages.length - 1).map(({ number }) => number)
}

/**
 * P17. Between two messages whose headers are those of two records stand as many others as between those records, of the same sizes in
 * the same order, no two alike: those are taken for the records in between. New mail comes behind the last message that was known, so
 * it can't get in between; should a server do otherwise, it would have to be of the size of one that went from the same place. Pure.
 */
export function presume({ messages, records }: Renumbering, hashes: ReadonlyMap<number, string>): ReadonlyMap<number, Candidate> {
  const ranks = ranksByHeader(records)
  const anchors = messages.flatMap(({ number, size }, index) => {
    const hash = hashes.get(number)
    return hash === undefined ? [] : { index, rank: ranks.get(keyOf(hash, size)) }
  })
  const claimed = new Set(anchors.map(({ rank }) => rank))
  const found = new Map<number, Candidate>()
  for (const [at, to] of anchors.entries()) {
    const from = anchors[at - 1]
    if (from?.rank === undefined || to.rank === undefined || to.rank - from.rank !== to.index - from.index) continue
    const between = messages.slice(from.index + 1, to.index)
    const held = records.slice(from.rank + 1, to.rank)
    if (!areAlike(between, held) || held.some((_, next) => claimed.has((from.rank ?? 0) + 1 + next))) continue
    for (const [next, { number }] of between.entries()) {
      const record = held[next]
      if (record) found.set(number, record)
    }
  }
  return found
}

function areAlike(messages: readonly ListedMessage[], records: readonly Candidate[]): boolean {
  return new Set(messages.map(({ size }) => size)).size === messages.length && messages.every(({ size }, at) => size === records[at]?.size)
}

/** Only of records that no other looks like. */
function ranksByHeader(records: readonly Candidate[]): ReadonlyMap<string, number> {
  const ranks = new Map<string, number>()
  const twins = new Set<string>()
  for (const [rank, { headerHash, size }] of records.entries()) {
    const key = keyOf(headerHash, size)
    if (ranks.has(key)) twins.add(key)
    ranks.set(key, rank)
  }
  for (const key of twins) ranks.delete(key)
  return ranks
}

function keyOf(headerHash: string, size: number): string {
  return `${headerHash}-${size}`
}

export interface ProofInput extends Pick<RenumberingInput, 'list' | 'known' | 'mustBeProven'> {
  readonly most: number
}

/** Presumed messages whose headers are to be looked at now: all that something is to be done with, and `most` of the others. Pure. */
export function toProve({ list, known, mustBeProven, most }: ProofInput): readonly number[] {
  const presumed = list.flatMap(({ number, uidl }) => {
    const record = uidl === undefined ? undefined : known.get(uidl)
    return record?.isPresumed ? { number, isUrgent: mustBeProven(record) } : []
  })
  const urgent = presumed.filter(({ isUrgent }) => isUrgent)
  const others = presumed.filter(({ isUrgent }) => !isUrgent).slice(0, most)
  return [...urgent, ...others].map(({ number }) => number)
}
