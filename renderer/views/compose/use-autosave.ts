import { useEffect, useMemo, useRef, useState } from 'react'
import { dropAutosave, saveAutosave } from '../../cache/autosave.ts'
import { createAutosaver } from './autosaver.ts'
import { type ComposeState, isUnsaved } from './compose-state.ts'
import { autosaveKey, holdComposeWindow } from './compose-window-id.ts'

export interface Autosave {
  /** When the text was last kept, epoch ms. */
  readonly keptAt: number | undefined
  readonly hasFailed: boolean
  /** The text is in Drafts or in the Outbox, or was thrown away. */
  readonly drop: () => Promise<void>
}

/** Keeps the text at each pause in typing, and takes it away once it is safe elsewhere. */
export function useAutosave(windowId: string, state: ComposeState, recoveredFrom: string | undefined): Autosave {
  const [kept, setKept] = useState<{ readonly at?: number; readonly hasFailed: boolean }>({ hasFailed: false })
  const autosaver = useMemo(
    () =>
      createAutosaver({ save: (key, draft) => saveAutosave(key, draft), drop: (key) => dropAutosave(key) }, (problem) =>
        setKept(problem === undefined ? { at: Date.now(), hasFailed: false } : { hasFailed: true }),
      ),
    [],
  )
  const key = autosaveKey(windowId, state.stored)
  const used = useRef(new Set<string>())
  const unsaved = isUnsaved(state)
  const { draft, kept: savedDraft } = state

  useEffect(() => holdComposeWindow(windowId), [windowId])
  useEffect(() => {
    if (recoveredFrom !== undefined) used.current.add(recoveredFrom)
  }, [recoveredFrom])
  useEffect(() => {
    if (unsaved) {
      used.current.add(key)
      autosaver.later(key, draft)
    }
    // What is typed while a draft is being saved must be kept again afterwards: hence `savedDraft`.
  }, [autosaver, key, draft, savedDraft, unsaved])
  useEffect(() => {
    const flush = () => autosaver.flush()
    window.addEventListener('pagehide', flush)
    document.addEventListener('visibilitychange', flush)
    return () => {
      window.removeEventListener('pagehide', flush)
      document.removeEventListener('visibilitychange', flush)
    }
  }, [autosaver])

  const drop = async () => {
    const keys = [...used.current]
    used.current.clear()
    // The text is safe elsewhere by now; a leftover is only offered once more.
    await Promise.all(keys.map((each) => autosaver.drop(each).catch(() => undefined)))
    setKept({ hasFailed: false })
  }
  return { keptAt: kept.at, hasFailed: kept.hasFailed, drop }
}
