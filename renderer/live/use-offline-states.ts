import { useEffect, useState } from 'react'
import type { OfflineState } from '../../shared/domain/folder.ts'
import type { AccountId, FolderId } from '../../shared/domain/ids.ts'
import { useLiveData } from './use-live.ts'
import { useServices } from './services.tsx'

/** Counting takes the engine a moment, and while it downloads there is a change ten times a second. */
const pause = 700

/** How much of each folder of an account is on this computer; null until the engine has answered. */
export function useOfflineStates(account: AccountId): ReadonlyMap<FolderId, OfflineState> | null {
  const { engine } = useServices()
  const live = useLiveData()
  const [states, setStates] = useState<ReadonlyMap<FolderId, OfflineState> | null>(null)
  useEffect(() => {
    let isGone = false
    let timer: ReturnType<typeof setTimeout> | undefined
    const load = () => {
      timer = undefined
      engine.call('folders.offlineStates', { id: account }).then(
        (list) => isGone || setStates(new Map(list.map((state) => [state.folder, state]))),
        () => undefined, // The engine is gone: the banner says so.
      )
    }
    const soon = () => {
      timer ??= setTimeout(load, pause)
    }
    setStates(null)
    load()
    const stops = [
      engine.on('changes', (batch) => {
        const isConcerned = batch.changed.length > 0 || batch.folders.some((folder) => folder.account === account)
        if (isConcerned) soon()
      }),
      live.onRefresh(load),
    ]
    return () => {
      isGone = true
      clearTimeout(timer)
      for (const stop of stops) stop()
    }
  }, [engine, live, account])
  return states
}
