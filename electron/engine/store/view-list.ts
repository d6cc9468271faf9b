import type { MessageId } from '../../../shared/domain/ids.ts'
import { compareText } from './sort-keys.ts'
import { type Query, type Sql, sql } from './sql.ts'
import type { ViewQuery } from './view-query.ts'

/** What decides the place of a message in a list. */
interface Place {
  readonly id: MessageId
  readonly key: number | string
  readonly receivedAt: number
}

/** Ids read at a stretch while the list is built: a few milliseconds. */
const sliceLength = 20_000
/** From here on, as a share of all messages, reading the whole list in order and crossing out is faster than sorting the hits (measured with 100,000). */
const manyHits = 0.4

/**
 * The ids of one list in their order. An indexed list answers from the index until its ids are read, slice by slice;
 * every other list is read whole.
 */
export class ViewList {
  readonly #sql: Sql
  readonly #query: ViewQuery
  #ids: Float64Array<ArrayBuffer> = new Float64Array(0)
  /** The last place that was read: what lies behind it is still to come. */
  #readTo: Place | undefined
  #isComplete = false
  /** No id in the list is higher. */
  #highest = 0

  constructor(db: Sql, query: ViewQuery) {
    this.#sql = db
    this.#query = query
    if (!query.isIndexed) this.#readAll()
  }

  get isComplete(): boolean {
    return this.#isComplete
  }

  get total(): number {
    return this.#isComplete ? this.#ids.length : this.#counted()
  }

  slice(from: number, count: number): MessageId[] {
    if (this.#isComplete || from + count <= this.#ids.length) return [...this.#ids.subarray(from, from + count)] as MessageId[]
    return this.#readAt(from, count)
  }

  /** -1: not in this list. */
  position(message: MessageId): number {
    const known = this.#ids.indexOf(message)
    if (known >= 0 || this.#isComplete) return known
    const [place] = this.#placesOf([message])
    return place ? this.#countBefore(place) : -1
  }

  /** Begins again, for so many changes that putting each in its place would take longer. */
  rebuild(): void {
    this.#ids = new Float64Array(0)
    this.#readTo = undefined
    this.#isComplete = false
    if (!this.#query.isIndexed) this.#readAll()
  }

  /** Reads the next slice of an indexed list. Between two slices messages may come, go and move: see `apply`. */
  readSlice(): void {
    const { where } = this.#query
    const rest = this.#readTo ? sql`AND ${this.#isBehind(this.#readTo)}` : sql``
    const ids = this.#readIds(sql`SELECT m.id AS id FROM message AS m WHERE ${where} ${rest} ${this.#order(false)} LIMIT ${sliceLength}`)
    this.#ids = concat([this.#ids, Float64Array.from(ids)])
    this.#noteHighest(ids)
    const last = ids.at(-1)
    if (ids.length < sliceLength || last === undefined) this.#isComplete = true
    else this.#readTo = this.#place(last)
  }

  /** Takes the given messages out and puts those that belong here in their present place. Returns whether any position moved. */
  apply(touched: ReadonlySet<MessageId>): boolean {
    // Ids only rise: a new message needs no look through the list for where it was before.
    const kept = without(this.#ids, new Set([...touched].filter((id) => id <= this.#highest)))
    for (const id of touched) this.#highest = Math.max(this.#highest, id)
    const arriving = this.#placesOf([...touched])
      .filter((place) => this.#isRead(place))
      .sort((a, b) => this.#compare(a, b))
    const before = this.#ids
    this.#ids = this.#insert(kept, arriving)
    return !this.#isComplete || !isSame(before, this.#ids)
  }

  #insert(kept: Float64Array, arriving: readonly Place[]): Float64Array<ArrayBuffer> {
    const pieces: Float64Array[] = []
    let at = 0
    for (const place of arriving) {
      const next = this.#findPlace(kept, place, at)
      pieces.push(kept.subarray(at, next), Float64Array.of(place.id))
      at = next
    }
    return concat([...pieces, kept.subarray(at)])
  }

  /** As `search`. Mail mostly arrives at one end, and many of it next to each other: those places are looked at first. */
  #findPlace(ids: Float64Array, place: Place, start: number): number {
    if (start === ids.length || this.#isBefore(place, ids[start])) return start
    if (!this.#isBefore(place, ids.at(-1))) return ids.length
    return this.#search(ids, place, start + 1)
  }

  #isBefore(place: Place, id: number | undefined): boolean {
    const other = id === undefined ? undefined : this.#place(id as MessageId)
    return other !== undefined && this.#compare(place, other) < 0
  }

  /** Index of the first id that belongs behind the given place. */
  #search(ids: Float64Array, place: Place, start: number): number {
    let low = start
    let high = ids.length
    while (low < high) {
      const middle = (low + high) >>> 1
      const other = this.#place(ids[middle] as MessageId)
      if (other && this.#compare(other, place) < 0) low = middle + 1
      else high = middle
    }
    return low
  }

  #compare(a: Place, b: Place): number {
    const difference = compareKeys(a.key, b.key) || a.receivedAt - b.receivedAt || a.id - b.id
    return this.#query.request.descending ? -difference : difference
  }

  #isRead(place: Place): boolean {
    return this.#isComplete || (this.#readTo !== undefined && this.#compare(place, this.#readTo) <= 0)
  }

  #place(id: MessageId): Place | undefined {
    return this.#sql.get<Place>(
      sql`SELECT m.id AS id, ${this.#query.key} AS key, m.received_at AS receivedAt FROM message AS m WHERE m.id = ${id}`,
    )
  }

  /** Places of those messages that are in this list. The join's order is fixed: the few first, never the folder first. */
  #placesOf(ids: readonly MessageId[]): Place[] {
    const { key, whereOfFew } = this.#query
    return this.#sql.all<Place>(sql`
      SELECT m.id AS id, ${key} AS key, m.received_at AS receivedAt
      FROM json_each(${JSON.stringify(ids)}) AS few CROSS JOIN message AS m ON m.id = few.value WHERE ${whereOfFew}`)
  }

  #readAll(): void {
    const { hits, where } = this.#query
    const ids = (hits && this.#readCommonWords(hits)) ?? this.#readIds(this.#wholeList(where))
    this.#ids = Float64Array.from(ids)
    this.#noteHighest(ids)
    this.#isComplete = true
  }

  #noteHighest(ids: readonly MessageId[]): void {
    for (const id of ids) if (id > this.#highest) this.#highest = id
  }

  /** Of words in many messages: the list in the order of its index, without the others. undefined: they are in few. */
  #readCommonWords(hits: Query): MessageId[] | undefined {
    const ids = this.#readIds(hits)
    if (ids.length < manyHits * this.#counted()) return undefined
    const isHit = new Uint8Array(ids.reduce((highest, id) => Math.max(highest, id), 0) + 1)
    for (const id of ids) isHit[id] = 1
    return this.#readIds(this.#wholeList(this.#query.whereWithoutWords)).filter((id) => isHit[id] === 1)
  }

  #wholeList(where: Query): Query {
    return sql`SELECT m.id AS id FROM message AS m WHERE ${where} ${this.#order(false)}`
  }

  /** A stretch of an indexed list, from the nearer end of the index. */
  #readAt(from: number, count: number): MessageId[] {
    const total = this.#counted()
    const rows = Math.max(0, Math.min(count, total - from))
    const isNearEnd = from > total / 2
    const skipped = isNearEnd ? total - from - rows : from
    const ids = this.#readIds(sql`
      SELECT m.id AS id FROM message AS m WHERE ${this.#query.where} ${this.#order(isNearEnd)} LIMIT ${rows} OFFSET ${skipped}`)
    return isNearEnd ? ids.reverse() : ids
  }

  #countBefore(place: Place): number {
    const { where, request } = this.#query
    const isBefore = request.descending
      ? sql`(m.received_at, m.id) > (${place.receivedAt}, ${place.id})`
      : sql`(m.received_at, m.id) < (${place.receivedAt}, ${place.id})`
    const row = this.#sql.get<{ count: number }>(sql`SELECT count(*) AS count FROM message AS m WHERE ${where} AND ${isBefore}`)
    return row?.count ?? 0
  }

  /** Without reading the list: the folders know how many messages they have. */
  #counted(): number {
    const { folder } = this.#query.request
    const here = folder === null ? sql`TRUE` : sql`id = ${folder}`
    return this.#sql.get<{ total: number }>(sql`SELECT ifnull(sum(total), 0) AS total FROM folder WHERE ${here}`)?.total ?? 0
  }

  #isBehind(place: Place): Query {
    return this.#query.request.descending
      ? sql`(m.received_at, m.id) < (${place.receivedAt}, ${place.id})`
      : sql`(m.received_at, m.id) > (${place.receivedAt}, ${place.id})`
  }

  #order(isReversed: boolean): Query {
    const direction = this.#query.request.descending !== isReversed ? sql`DESC` : sql`ASC`
    if (this.#query.request.sort === 'received') return sql`ORDER BY m.received_at ${direction}, m.id ${direction}`
    return sql`ORDER BY ${this.#query.key} ${direction}, m.received_at ${direction}, m.id ${direction}`
  }

  /** One text of all ids is many times faster to fetch than a row for each. */
  #readIds(query: Query): MessageId[] {
    const row = this.#sql.get<{ ids: string }>(sql`SELECT json_group_array(id) AS ids FROM (${query})`)
    return row ? (JSON.parse(row.ids) as MessageId[]) : []
  }
}

function compareKeys(a: number | string, b: number | string): number {
  return typeof a === 'number' && typeof b === 'number' ? a - b : compareText(String(a), String(b))
}

function without(ids: Float64Array<ArrayBuffer>, unwanted: ReadonlySet<number>): Float64Array<ArrayBuffer> {
  // Searching a whole list for one number is far quicker than asking a set about each of a million.
  const present = unwanted.size > 4 ? unwanted : new Set([...unwanted].filter((id) => ids.includes(id)))
  return present.size === 0 ? ids : ids.filter((id) => !present.has(id))
}

function concat(pieces: readonly Float64Array[]): Float64Array<ArrayBuffer> {
  const whole = new Float64Array(pieces.reduce((length, piece) => length + piece.length, 0))
  let at = 0
  for (const piece of pieces) {
    whole.set(piece, at)
    at += piece.length
  }
  return whole
}

function isSame(a: Float64Array, b: Float64Array): boolean {
  return a.length === b.length && a.every((id, index) => id === b[index])
}
