import { useEffect, useState } from 'react'
import type { EngineClient } from '../../../shared/contract/engine-contract.ts'
import type { Draft } from '../../../shared/domain/draft.ts'
import type { MessageId } from '../../../shared/domain/ids.ts'
import { type ErrorInfo, toErrorInfo } from '../../../shared/errors/mail-error.ts'
import { listAutosaves } from '../../cache/autosave.ts'
import { useServices } from '../../live/services.tsx'
import type { ComposeRoute } from './compose-route.ts'
import { readAutosaveKey } from './compose-window-id.ts'

/** What a compose window begins with. */
export interface ComposeStart {
  readonly draft: Draft
  readonly stored: MessageId | null
  /** The text comes from an earlier window or an earlier life of this one; kept under this key. */
  readonly recoveredFrom: string | undefined
}

export type ComposeStarting =
  | { readonly state: 'loading' }
  | { readonly state: 'failed'; readonly error: ErrorInfo; readonly again: () => void }
  | { readonly state: 'ready'; readonly start: ComposeStart }

export function useComposeStart(route: ComposeRoute, windowId: string): ComposeStarting {
  const { engine } = useServices()
  const [attempt, setAttempt] = useState(1)
  const [starting, setStarting] = useState<ComposeStarting>({ state: 'loading' })
  const { kind, message, draft, recover } = route
  useEffect(() => {
    const stop = new AbortController()
    const again = () => {
      setStarting({ state: 'loading' })
      setAttempt(attempt + 1)
    }
    findStart(engine, { kind, message, draft, recover }, windowId).then(
      (start) => stop.signal.aborted || setStarting({ state: 'ready', start }),
      (error: unknown) => stop.signal.aborted || setStarting({ state: 'failed', error: toErrorInfo(error), again }),
    )
    return () => stop.abort()
  }, [engine, kind, message, draft, recover, windowId, attempt])
  return starting
}

async function findStart(engine: EngineClient, route: ComposeRoute, windowId: string): Promise<ComposeStart> {
  // Without its cache a window can still write; there is only nothing to recover.
  const autosaves = await listAutosaves().catch(() => [])
  const kept = autosaves.find(({ key }) => key === route.recover || readAutosaveKey(key).windowId === windowId)
  if (kept) return { draft: kept.draft, stored: readAutosaveKey(kept.key).stored, recoveredFrom: kept.key }
  if (route.draft !== null) {
    return { draft: await engine.call('compose.reopen', { id: route.draft }), stored: route.draft, recoveredFrom: undefined }
  }
  const draft = await engine.call('compose.start', { kind: route.kind, message: route.message, folder: null })
  return { draft, stored: null, recoveredFrom: undefined }
}
