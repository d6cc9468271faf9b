import type { UidlRecord } from '../store/uidls-table.ts'
import { fingerprint } from './pop3-header.ts'

/** One line of LIST, with what UIDL says about it. */
export interface ListedMessage {
  readonly number: number
  /** Bytes as the server's LIST says. */
  readonly size: number
  /** undefined: the server has no UIDL. */
  readonly uidl: string | undefined
}

/** A message on the server that we can tell from all others. */
export interface NamedMessage {
  readonly number: number
  readonly size: number
  /** The UIDL; where that does not tell messages apart, a name made from the header. */
  readonly uidl: string
  readonly headerHash: string | undefined
  /** undefined: new. */
  readonly record: UidlRecord | undefined
  /** The record is to be found under this name, which the server no longer uses. */
  readonly renamedFrom?: string
}

export type Known = ReadonlyMap<string, UidlRecord>

/** More unknown messages than that are compared with what went long ago, too: the server may have brought it back. */
const fewUnknown = 3

/**
 * Whose header must be looked at, because the UIDL alone does not say what it is: there is none (P5), it repeats (P6), the message
 * under it has another size or was deleted, or UIDLs are new while known ones are missing (P12). Pure.
 */
export function doubtful(list: readonly ListedMessage[], known: Known, isStateLost: boolean): ReadonlySet<number> {
  const counts = new Map<string, number>()
  for (const { uidl } of list) if (uidl !== undefined) counts.set(uidl, (counts.get(uidl) ?? 0) + 1)
  const repeated = new Set([...known.keys()].flatMap((name) => baseOf(name) ?? []))
  const unknown: number[] = []
  const result = new Set<number>()
  for (const { number, uidl, size } of list) {
    if (uidl === undefined || (counts.get(uidl) ?? 0) > 1 || repeated.has(uidl)) result.add(number)
    else {
      const record = known.get(uidl)
      if (!record) unknown.push(number)
      else if (record.headerHash !== null && (record.state === 'deleted' || (record.size !== null && record.size !== size)))
        result.add(number)
    }
  }
  if (isStateLost || hasMissing(known, counts, unknown.length > fewUnknown)) for (const number of unknown) result.add(number)
  return result
}

function hasMissing(known: Known, listed: ReadonlyMap<string, number>, withLongGone: boolean): boolean {
  for (const { uidl, headerHash, state, goneAt } of known.values()) {
    if (headerHash !== null && state !== 'deleted' && (withLongGone || goneAt === null) && !listed.has(uidl)) return true
  }
  return false
}

/** Gives each message its name and finds what is known of it. `hashes` holds the headers of the doubtful ones. Pure. */
export function nameMessages(list: readonly ListedMessage[], hashes: ReadonlyMap<number, string>, known: Known): readonly NamedMessage[] {
  const counts = new Map<string, number>()
  for (const { uidl } of list) if (uidl !== undefined) counts.set(uidl, (counts.get(uidl) ?? 0) + 1)
  const repeated = new Set([...known.keys()].flatMap((name) => baseOf(name) ?? []))
  const names = new Names(known)
  const first = list.map((message) => {
    const { number, size, uidl } = message
    const headerHash = hashes.get(number)
    if (uidl === undefined) {
      // Without header and UIDL nothing can be told about it.
      return headerHash === undefined ? undefined : { number, size, headerHash, uidl: names.next(fingerprint(headerHash, size)) }
    }
    const isRepeated = (counts.get(uidl) ?? 0) > 1 || repeated.has(uidl)
    if (!isRepeated) return { number, size, headerHash, uidl: names.next(uidl) }
    return headerHash === undefined ? undefined : { number, size, headerHash, uidl: names.next(`${uidl}#${headerHash.slice(0, 16)}`) }
  })
  return names.findAll(first.filter((message) => message !== undefined))
}

/** `uidl#<hash>`, made by `nameMessages`. */
function baseOf(name: string): string | undefined {
  return /^(.*)#[0-9a-f]{16}(?:#\d+)?$/s.exec(name)?.[1]
}

type Unfound = Omit<NamedMessage, 'record' | 'renamedFrom'>

class Names {
  readonly #known: Known
  readonly #taken = new Set<string>()

  constructor(known: Known) {
    this.#known = known
  }

  /** Two messages with one and the same header are still two. */
  next(name: string): string {
    let free = name
    for (let times = 2; this.#taken.has(free); times++) free = `${name}#${times}`
    this.#taken.add(free)
    return free
  }

  /** First those that stand under their own name; the others are looked for among what is left. */
  findAll(messages: readonly Unfound[]): readonly NamedMessage[] {
    const own = messages.map(({ uidl, headerHash }) => {
      const record = this.#known.get(uidl)
      return record && isSame(record, headerHash) ? record : undefined
    })
    const left = new Map<string, UidlRecord[]>()
    const claimed = new Set(own)
    for (const record of this.#known.values()) {
      if (claimed.has(record) || record.headerHash === null || record.size === null) continue
      const key = keyOf(record.headerHash, record.size)
      const same = left.get(key)
      if (same) same.push(record)
      else left.set(key, [record])
    }
    return messages.map((message, index) => {
      const { headerHash, size } = message
      const record = own[index]
      if (record) return { ...message, record }
      const moved = headerHash === undefined ? undefined : left.get(keyOf(headerHash, size))?.shift()
      return moved ? { ...message, record: moved, renamedFrom: moved.uidl } : { ...message, record: undefined }
    })
  }
}

/** Whether a UIDL stands for another message than before: then none of this server's UIDLs can be trusted. Pure. */
export function isReused({ number, uidl }: ListedMessage, hashes: ReadonlyMap<number, string>, known: Known): boolean {
  const record = uidl === undefined ? undefined : known.get(uidl)
  return record !== undefined && record.state !== 'deleted' && !isSame(record, hashes.get(number))
}

/** A UIDL that now names something else (some servers count them anew) must not hide a message that we never had. */
function isSame(record: UidlRecord, headerHash: string | undefined): boolean {
  return headerHash === undefined || record.headerHash === null || record.headerHash === headerHash
}

function keyOf(headerHash: string, size: number): string {
  return `${headerHash}-${size}`
}
