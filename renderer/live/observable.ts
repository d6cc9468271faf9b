import { useSyncExternalStore } from 'react'

/** A value that tells when it is replaced. Values are never changed in place. */
export interface Observable<T> {
  get(): T
  subscribe(listener: () => void): () => void
}

export interface Writable<T> extends Observable<T> {
  set(value: T): void
}

/** `onFirstUse` runs once, when somebody first listens: what nobody shows is not loaded. */
export function observable<T>(initial: T, onFirstUse?: () => void): Writable<T> {
  let value = initial
  let isUsed = false
  const listeners = new Set<() => void>()
  return {
    get: () => value,
    set(next) {
      if (Object.is(next, value)) return
      value = next
      for (const listener of [...listeners]) listener()
    },
    subscribe(listener) {
      listeners.add(listener)
      if (!isUsed) {
        isUsed = true
        onFirstUse?.()
      }
      return () => listeners.delete(listener)
    },
  }
}

export function useObservable<T>(source: Observable<T>): T {
  return useSyncExternalStore(source.subscribe, source.get)
}
