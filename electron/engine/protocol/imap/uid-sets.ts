import type { UidRange, UidSet } from './imap-types.ts'

/** RFC 2683 3.2.1.5: servers need not read longer command lines. */
const longestSet = 7_500
const highestUid = 4_294_967_295

/** `1,2,3,7` as `1:3,7`: command lines stay short even for thousands of messages. */
export function packUids(uids: readonly number[]): string {
  const sorted = [...new Set(uids)].sort((a, b) => a - b)
  const runs: { first: number; last: number }[] = []
  for (const uid of sorted) {
    const run = runs.at(-1)
    if (run && run.last + 1 === uid) run.last = uid
    else runs.push({ first: uid, last: uid })
  }
  return runs.map(({ first, last }) => (first === last ? `${first}` : `${first}:${last}`)).join(',')
}

/** As few sets as possible that each fit into one command. */
export function packInLines(uids: readonly number[]): readonly string[] {
  const packed = packUids(uids)
  if (packed.length <= longestSet) return packed === '' ? [] : [packed]
  const middle = Math.ceil(uids.length / 2)
  return [...packInLines(uids.slice(0, middle)), ...packInLines(uids.slice(middle))]
}

/** Of `3:1,7`, as VANISHED (RFC 7162 3.2.10) and ESEARCH (RFC 4731) have it. undefined: that is none. */
export function readUidSet(text: string): UidSet | undefined {
  const ranges: { from: number; to: number }[] = []
  for (const part of text.split(',')) {
    const found = /^(\d{1,10})(?::(\d{1,10}))?$/.exec(part.trim())
    if (!found) return undefined
    const ends = [Number(found[1]), Number(found[2] ?? found[1])]
    const [from, to] = [Math.min(...ends), Math.max(...ends)]
    if (from < 1 || to > highestUid) return undefined
    ranges.push({ from, to })
  }
  return joined(ranges)
}

export function joined(ranges: UidSet): UidSet {
  const result: { from: number; to: number }[] = []
  for (const range of [...ranges].sort((a, b) => a.from - b.from)) {
    const last = result.at(-1)
    if (last && range.from <= last.to + 1) last.to = Math.max(last.to, range.to)
    else result.push({ ...range })
  }
  return result
}

/** At most `most` numbers, from the lowest. */
export function uidsOf(set: UidSet, most: number): readonly number[] {
  const uids: number[] = []
  for (const { from, to } of set) for (let uid = from; uid <= to && uids.length < most; uid++) uids.push(uid)
  return uids
}

export function chunksOf<T>(items: readonly T[], size: number): readonly (readonly T[])[] {
  const count = Math.ceil(items.length / size)
  return Array.from({ length: count }, (_, index) => items.slice(index * size, (index + 1) * size))
}

export function rangeText({ from, to }: UidRange): string {
  return `${from}:${to}`
}

/** `500:*` also names the newest message when its UID is below 500 (RFC 3501 6.4.8). */
export function isInRange(uid: number, { from, to }: UidRange): boolean {
  return uid >= from && (to === '*' || uid <= to)
}
