import type { MessageId } from '../../shared/domain/ids.ts'
import type { MessageSummary } from '../../shared/domain/message.ts'

/** Rows are fetched and kept in windows of this many. */
export const windowSize = 100
/** Beyond this many windows the ones farthest from the screen are forgotten. */
const keptWindows = 60

/** Rows of one version of a view, by position, with holes where nothing was fetched. Never changed in place. */
export interface RowWindows {
  readonly version: number
  readonly total: number
  readonly windows: ReadonlyMap<number, readonly MessageSummary[]>
}

export function emptyWindows(version = 0, total = 0): RowWindows {
  return { version, total, windows: new Map() }
}

export function rowAt(rows: RowWindows, index: number): MessageSummary | undefined {
  return rows.windows.get(Math.floor(index / windowSize))?.[index % windowSize]
}

/** The windows that cover rows `first` to `last`, one more in the direction of scrolling. */
export function wantedWindows(range: { first: number; last: number; total: number; direction: -1 | 0 | 1 }): readonly number[] {
  const lastWindow = Math.floor(Math.max(0, range.total - 1) / windowSize)
  const from = Math.floor(range.first / windowSize) + (range.direction < 0 ? -1 : 0)
  const to = Math.floor(range.last / windowSize) + (range.direction > 0 ? 1 : 0)
  const wanted: number[] = []
  for (let number = Math.max(0, from); number <= Math.min(lastWindow, to); number++) wanted.push(number)
  return wanted
}

/** Puts rows that start at `from` into their windows. Only whole windows, or the last one, are kept: half a window is a hole. */
export function withRows(rows: RowWindows, from: number, fetched: readonly MessageSummary[]): RowWindows {
  const windows = new Map(rows.windows)
  const first = Math.ceil(from / windowSize)
  for (let number = first; number * windowSize < from + fetched.length; number++) {
    const start = number * windowSize - from
    const expected = Math.min(windowSize, rows.total - number * windowSize)
    const part = fetched.slice(start, start + windowSize)
    if (part.length >= expected) windows.set(number, part)
  }
  return { ...rows, windows: windows.size > keptWindows ? nearest(windows, Math.floor(from / windowSize)) : windows }
}

function nearest(windows: ReadonlyMap<number, readonly MessageSummary[]>, center: number) {
  const order = [...windows.keys()].sort((a, b) => Math.abs(a - center) - Math.abs(b - center))
  return new Map(order.slice(0, keptWindows / 2).map((number) => [number, windows.get(number) ?? []]))
}

/** Rows that look different now, where they stand. The same object when none of them is here. */
export function withChanges(rows: RowWindows, changed: readonly MessageSummary[]): RowWindows {
  const byId = new Map(changed.map((row) => [row.id, row]))
  let isDifferent = false
  const windows = new Map<number, readonly MessageSummary[]>()
  for (const [number, list] of rows.windows) {
    const touched = list.some((row) => byId.has(row.id))
    isDifferent ||= touched
    windows.set(number, touched ? list.map((row) => byId.get(row.id) ?? row) : list)
  }
  return isDifferent ? { ...rows, windows } : rows
}

/** Where a message stands among the rows that are here, or -1. */
export function indexOfId(rows: RowWindows, id: MessageId): number {
  for (const [number, list] of rows.windows) {
    const at = list.findIndex((row) => row.id === id)
    if (at >= 0) return number * windowSize + at
  }
  return -1
}

/** Ids of rows `from` to `to`, or undefined when some of them are not here. */
export function idsBetween(rows: RowWindows, from: number, to: number): readonly MessageId[] | undefined {
  const ids: MessageId[] = []
  for (let index = from; index <= to; index++) {
    const row = rowAt(rows, index)
    if (!row) return undefined
    ids.push(row.id)
  }
  return ids
}
