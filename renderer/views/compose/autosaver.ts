import type { Draft } from '../../../shared/domain/draft.ts'

/** Where unsent text is kept: Dexie in the program, a list in tests. */
export interface AutosaveStore {
  save(key: string, draft: Draft): Promise<void>
  drop(key: string): Promise<void>
}

export interface Autosaver {
  /** Keeps this text at the next pause in typing. */
  later(key: string, draft: Draft): void
  /** Keeps at once what still waits: the window may be about to go. */
  flush(): void
  /** The text is safe elsewhere, or was thrown away. What was on its way is not kept any more. */
  drop(key: string): Promise<void>
}

const pause = 700

/** Keeps unsent text one step behind the typing. Steps happen in order, so that a late one never brings back what was dropped. */
export function createAutosaver(store: AutosaveStore, onKept: (problem: unknown) => void): Autosaver {
  let timer: ReturnType<typeof setTimeout> | undefined
  let waiting: { readonly key: string; readonly draft: Draft } | undefined
  let queue: Promise<void> = Promise.resolve()

  const flush = () => {
    clearTimeout(timer)
    const next = waiting
    waiting = undefined
    if (!next) return
    queue = queue
      .then(() => store.save(next.key, next.draft))
      .then(
        () => onKept(undefined),
        (problem: unknown) => onKept(problem ?? new Error('not kept')),
      )
  }
  return {
    flush,
    later(key, draft) {
      waiting = { key, draft }
      clearTimeout(timer)
      timer = setTimeout(flush, pause)
    },
    async drop(key) {
      clearTimeout(timer)
      waiting = undefined
      const dropped = queue.then(() => store.drop(key))
      queue = dropped.catch(() => undefined) // the caller hears of it
      await dropped
    },
  }
}
