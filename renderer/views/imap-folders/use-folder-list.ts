import { useCallback, useEffect, useRef, useState } from 'react'
import type { AccountId } from '../../../shared/domain/ids.ts'
import { type ErrorInfo, toErrorInfo } from '../../../shared/errors/mail-error.ts'
import { useServices } from '../../live/services.tsx'
import { useFolderMap, useSettings } from '../../live/use-live.ts'

type Download =
  | { readonly state: 'none' }
  | { readonly state: 'asking' }
  | { readonly state: 'running'; readonly account: AccountId }
  | { readonly state: 'failed'; readonly account: AccountId; readonly error: ErrorInfo }

/** Asking the server for its folders: on demand, and by itself where there is no list yet. While offline the user is asked first. */
export function useFolderList(account: AccountId | null) {
  const { engine } = useServices()
  const isOffline = useSettings()?.offline
  const folders = useFolderMap()
  const [download, setDownload] = useState<Download>({ state: 'none' })
  const stopping = useRef<AbortController | undefined>(undefined)
  const stop = useCallback(() => {
    stopping.current?.abort()
    setDownload({ state: 'none' })
  }, [])

  const fetchNow = useCallback(
    (id: AccountId) => {
      stopping.current?.abort()
      const abort = new AbortController()
      stopping.current = abort
      setDownload({ state: 'running', account: id })
      engine.call('folders.download', { id }, abort.signal).then(
        () => abort.signal.aborted || setDownload({ state: 'none' }),
        (error: unknown) => abort.signal.aborted || setDownload({ state: 'failed', account: id, error: toErrorInfo(error) }),
      )
    },
    [engine],
  )
  const fetch = () => {
    if (account === null) return
    if (isOffline) setDownload({ state: 'asking' })
    else fetchNow(account)
  }
  const goOnline = async () => {
    if (account === null) return
    try {
      await engine.call('settings.set', { offline: false })
      fetchNow(account)
    } catch (error) {
      setDownload({ state: 'failed', account, error: toErrorInfo(error) })
    }
  }

  const isMissing = folders !== null && account !== null && ![...folders.values()].some((folder) => folder.account === account)
  const tried = useRef(new Set<AccountId>())
  useEffect(() => {
    if (!isMissing || account === null || isOffline !== false || tried.current.has(account)) return
    tried.current.add(account)
    fetchNow(account)
  }, [isMissing, account, isOffline, fetchNow])
  useEffect(() => () => stopping.current?.abort(), [])
  return { download, fetch, goOnline: () => void goOnline(), stop }
}
