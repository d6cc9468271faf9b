import { type FetchItems, isFetchAnswer, readFetchAnswer } from './fetch-answer.ts'

/** Takes FETCH answers, and where it wants them VANISHED ones (RFC 7162), while one command runs. */
export interface Collector {
  readonly onFetch: (items: FetchItems) => void
  /** With the set of UIDs as it stands there, whatever that is. */
  readonly onVanished?: (uids: string) => void
  /** An answer that nobody could read. */
  readonly onUnreadable?: () => void
  /** The first error of these functions: it belongs to the command, and must not end the connection. */
  failure: { readonly error: unknown } | undefined
}

export function collects(collector: Collector, { payload, literals }: { payload: Buffer; literals: readonly Buffer[] }): boolean {
  if (isFetchAnswer(payload)) {
    attempt(collector, () => {
      const items = readFetchAnswer(payload, literals)
      if (items) collector.onFetch(items)
      else collector.onUnreadable?.()
    })
    return true
  }
  if (!collector.onVanished || !isVanished(payload)) return false
  attempt(collector, () => collector.onVanished?.(payload.toString('latin1').replace(/^\* VANISHED( \(EARLIER\))? ?/i, '')))
  return true
}

function isVanished(payload: Buffer): boolean {
  return /^\* VANISHED\b/i.test(payload.toString('latin1', 0, 16))
}

function attempt(collector: Collector, work: () => void): void {
  if (collector.failure) return
  try {
    work()
  } catch (error) {
    collector.failure = { error }
  }
}
