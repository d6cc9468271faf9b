import type { PayloadOf } from '../../shared/contract/define.ts'
import type { EngineEvents } from '../../shared/contract/engine-contract.ts'
import type { Logger } from './log.ts'

type Name = keyof EngineEvents
type Listener<N extends Name> = (payload: PayloadOf<EngineEvents, N>) => void

/** Announces facts to every connected window. A listener that throws hurts nobody else. */
export class EventBus {
  readonly #listeners = new Map<Name, Set<Listener<never>>>()
  readonly #log: Logger

  constructor(log: Logger) {
    this.#log = log
  }

  on<N extends Name>(name: N, listener: Listener<N>): () => void {
    const set = this.#listeners.get(name) ?? new Set()
    this.#listeners.set(name, set)
    set.add(listener)
    return () => set.delete(listener)
  }

  emit<N extends Name>(name: N, payload: PayloadOf<EngineEvents, N>): void {
    for (const listener of this.#listeners.get(name) ?? []) {
      try {
        ;(listener as Listener<N>)(payload)
      } catch (error) {
        this.#log.error('an event listener failed', { event: name, reason: String(error) })
      }
    }
  }
}
