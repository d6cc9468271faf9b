import type { Calls, Client, Events, InputOf, OutputOf, PayloadOf } from '../../shared/contract/define.ts'
import { MailError } from '../../shared/errors/mail-error.ts'

interface Waiting {
  readonly start: (client: Client<Calls, Events>) => void
  readonly fail: (error: unknown) => void
}

/**
 * A client that outlives its connection. Calls made before there is one wait for it; a query that was cut off is asked again,
 * an action is not, because it may have been done. Listeners stay.
 */
export interface SteadyClient<C extends Calls, E extends Events> extends Client<C, E> {
  /** Goes to a fresh connection; null while there is none. */
  use(client: Client<C, E> | null): void
}

export function steadyClient<C extends Calls, E extends Events>(calls: C, events: E): SteadyClient<C, E> {
  type Current = Client<Calls, Events>
  let current: Current | null = null
  const waiting = new Set<Waiting>()
  const listeners = new Map<string, Set<(payload: never) => void>>()
  const closeListeners = new Set<() => void>()

  function run<N extends keyof C & string>(name: N, input: InputOf<C, N>, signal?: AbortSignal): Promise<OutputOf<C, N>> {
    return new Promise((resolve, reject) => {
      const start = (client: Current) => {
        client.call(name, input as never, signal).then(resolve as (value: unknown) => void, (error: unknown) => {
          const isCutOff = error instanceof MailError && error.code === 'engine-gone'
          if (isCutOff && calls[name]?.kind === 'query' && !signal?.aborted) enqueue()
          else reject(error)
        })
      }
      const enqueue = () => {
        if (current) return start(current)
        const entry: Waiting = { start, fail: reject }
        waiting.add(entry)
        signal?.addEventListener('abort', () => waiting.delete(entry) && reject(signal.reason), { once: true })
      }
      enqueue()
    })
  }

  return {
    call: run,
    on<N extends keyof E & string>(name: N, listener: (payload: PayloadOf<E, N>) => void) {
      const set = listeners.get(name) ?? new Set()
      listeners.set(name, set)
      set.add(listener)
      return () => set.delete(listener)
    },
    onClose(listener) {
      closeListeners.add(listener)
      return () => closeListeners.delete(listener)
    },
    close: () => current?.close(),
    use(client) {
      const wasOpen = current !== null
      current = client
      if (!client) {
        if (wasOpen) for (const listener of closeListeners) listener()
        return
      }
      for (const name of Object.keys(events)) {
        client.on(name, (payload) => {
          if (current !== (client as unknown)) return
          for (const listener of listeners.get(name) ?? []) listener(payload as never)
        })
      }
      const entries = [...waiting]
      waiting.clear()
      for (const entry of entries) entry.start(client)
    },
  }
}
