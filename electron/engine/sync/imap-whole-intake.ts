import { setImmediate } from 'node:timers/promises'
import type { MessageFacts } from '../message-facts.ts'
import type { FetchedSummary } from '../protocol/imap/imap-session.ts'
import { chunksOf } from '../protocol/imap/uid-sets.ts'
import type { BodyRef } from '../store/message-bodies.ts'
import type { Store } from '../store/store.ts'
import type { Digest } from './digest.ts'
import { Digester } from './digest-thread.ts'

/** A message that came whole, ready for its row. */
export interface WholeMessage {
  readonly summary: FetchedSummary
  readonly facts: MessageFacts
  readonly body: BodyRef
}

export interface WholeIntakeOptions {
  readonly store: Store
  /** Epoch ms. */
  readonly now: number
  /** How many messages will come. */
  readonly expected: number
  /** Makes rows, in one transaction. Those without `raw` come as they are. */
  readonly record: (batch: readonly (WholeMessage | FetchedSummary)[]) => void
}

/** Rows in one transaction: the search index grows cheaper in larger steps, but others wait longer. */
const rowsAtOnce = 100

/** Takes groups of whole messages: while one is parsed and packed, perhaps in a thread of its own, the one before is stored. */
export class WholeIntake {
  readonly #options: WholeIntakeOptions
  readonly #digester: Digester
  #before: { readonly group: readonly FetchedSummary[]; readonly digests: Promise<readonly Digest[]> } | undefined

  constructor(options: WholeIntakeOptions) {
    this.#options = options
    this.#digester = new Digester(options.expected)
  }

  async take(group: readonly FetchedSummary[]): Promise<void> {
    const before = this.#before
    const digests = this.#digester.digest(
      group.flatMap(({ raw }) => raw ?? []),
      this.#options.now,
    )
    digests.catch(() => {}) // Thrown where it is waited for.
    this.#before = { group, digests }
    if (before) await this.#store(before.group, await before.digests)
  }

  /** Stores what is left, also of a fetch that broke off. */
  async finish(): Promise<void> {
    const last = this.#before
    this.#before = undefined
    try {
      if (last) await this.#store(last.group, await last.digests)
    } finally {
      this.#digester.close()
    }
  }

  /** Bodies first, with one flush to the disk for all of them. */
  async #store(group: readonly FetchedSummary[], digests: readonly Digest[]): Promise<void> {
    const { store, record } = this.#options
    const bodies = store.bodies.putPacked(digests.map(({ body }) => body))
    let next = 0
    const ready = group.map((summary) => {
      if (!summary.raw) return summary
      const [facts, body] = [digests[next]?.facts, bodies[next]]
      next += 1
      return facts && body ? { summary, facts, body } : summary
    })
    for (const batch of chunksOf(ready, rowsAtOnce)) {
      record(batch)
      await setImmediate()
    }
  }
}
