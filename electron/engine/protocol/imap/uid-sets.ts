import type { UidRange } from './imap-types.ts'

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
