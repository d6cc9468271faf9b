import { setImmediate } from 'node:timers/promises'
import type { MessageBodies } from './message-bodies.ts'
import type { MessagesTable } from './messages-table.ts'

/** A few milliseconds of work; other calls get in between two slices. */
const sliceLength = 500

/** Removes bodies that no message points to: what is left when the program dies between a body and its row. Returns how many. */
export async function sweepBodies(bodies: MessageBodies, messages: MessagesTable, signal: AbortSignal): Promise<number> {
  if (!bodies.isOwn) return 0
  let removed = 0
  const sweep = (hashes: readonly string[]) => {
    removed += bodies.removeMany(messages.unreferenced(hashes))
  }
  let after = 0
  for (let slice = bodies.listAfter(after, sliceLength); slice.length > 0; slice = bodies.listAfter(after, sliceLength)) {
    sweep(slice.map(({ hash }) => hash))
    after = slice.at(-1)?.id ?? after
    await setImmediate()
    if (signal.aborted) return removed
  }
  sweep(bodies.listFiles())
  return removed
}
