import type { Candidate, Renumbering } from './pop3-presume.ts'
import { mostHeaderShare, presume, sampled, strides } from './pop3-presume.ts'

export interface HeaderReader {
  /** Of all messages whose headers have been read. */
  readonly hashes: ReadonlyMap<number, string>
  readonly bytesRead: () => number
  readonly look: (numbers: readonly number[]) => Promise<void>
}

/**
 * P17: looks at the headers of mail under new UIDLs; where those are a large part of it, only at as many as needed to tell what the
 * others are. Returns what was presumed.
 */
export async function lookAtRenumbered(renumbering: Renumbering, reader: HeaderReader): Promise<ReadonlyMap<number, Candidate>> {
  const { messages } = renumbering
  const numbers = messages.map(({ number }) => number)
  const room = mostHeaderShare * messages.reduce((sum, { size }) => sum + size, 0)
  const asked = new Set<number>()
  const before = reader.bytesRead()
  const look = async (wanted: readonly number[]) => {
    for (const number of wanted) asked.add(number)
    await reader.look(wanted)
  }
  const rest = (of: readonly number[]) => of.filter((number) => !asked.has(number))
  const isAffordable = (count: number) => {
    const read = reader.bytesRead() - before
    return asked.size === 0 || read + (read / asked.size) * count <= room
  }
  for (const stride of strides) {
    const next = rest(sampled(messages, stride))
    if (!isAffordable(next.length)) break
    await look(next)
    if (isAffordable(rest(numbers).length)) await look(rest(numbers))
  }
  // What is read may tell that something else was presumed wrongly.
  for (;;) {
    const presumed = presume(renumbering, reader.hashes)
    const open = rest(numbers).filter((number) => !presumed.has(number))
    if (open.length === 0) return presumed
    await look(open)
  }
}
