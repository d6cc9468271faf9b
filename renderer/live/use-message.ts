import { useEffect, useState } from 'react'
import type { MessageId } from '../../shared/domain/ids.ts'
import type { Message, MessageSummary } from '../../shared/domain/message.ts'
import { type ErrorInfo, toErrorInfo } from '../../shared/errors/mail-error.ts'
import { findReadMessage, rememberMessage } from '../cache/mirror.ts'
import { useLiveData, useSettings } from './use-live.ts'
import { useServices } from './services.tsx'

export type MessageState =
  | { readonly status: 'none' }
  | { readonly status: 'loading'; readonly id: MessageId }
  | { readonly status: 'ready'; readonly id: MessageId; readonly message: Message }
  | {
      readonly status: 'failed'
      readonly id: MessageId
      readonly error: ErrorInfo
      /** As last seen; null: not known. Its body, or a mark for it, may come while the failure is shown. */
      readonly row: MessageSummary | null
      readonly retry: () => void
    }

/** One message, opened. Its flags follow the change feed; a body that was not here is asked for again once one goes online. */
export function useMessage(id: MessageId | null): MessageState {
  const { engine } = useServices()
  const live = useLiveData()
  const offline = useSettings()?.offline
  const [state, setState] = useState<MessageState>({ status: 'none' })
  // oxlint-disable-next-line react/exhaustive-deps -- going online or offline is a reason to ask again
  useEffect(() => {
    if (id === null) return setState({ status: 'none' })
    const abort = new AbortController()
    const show = (message: Message) => !abort.signal.aborted && setState({ status: 'ready', id, message })
    // What was read before is on screen at once; the engine's answer replaces it.
    void findReadMessage(id).then((kept) => kept && setState((now) => (isAnswered(now, id) ? now : { status: 'ready', id, message: kept })))
    setState((now) => (now.status === 'ready' && now.id === id ? now : { status: 'loading', id }))
    let hasFailed = false
    const fail = (error: unknown) => {
      if (abort.signal.aborted) return
      hasFailed = true
      // A message that is gone meanwhile stays readable as long as it is open.
      setState((now) => (isShown(now, id) ? now : { status: 'failed', id, error: toErrorInfo(error), row: null, retry }))
    }
    const load = () => {
      hasFailed = false
      return engine.call('messages.open', { id }, abort.signal).then((message) => {
        show(message)
        rememberMessage(message)
      }, fail)
    }
    const retry = () => {
      setState({ status: 'loading', id })
      void load()
    }
    void load()
    const stops = [
      engine.on('changes', (batch) => {
        const row = batch.changed.find((changed) => changed.id === id)
        if (!row) return
        setState((now) => withRow(now, row))
        if (hasFailed && row.state === 'downloaded') void load()
      }),
      live.onRefresh(() => void load()),
    ]
    return () => {
      abort.abort()
      for (const stop of stops) stop()
    }
  }, [id, engine, live, offline])
  // The effect runs after the paint: until then the state may still speak of the message before.
  if (id === null) return { status: 'none' }
  return 'id' in state && state.id === id ? state : { status: 'loading', id }
}

function withRow(state: MessageState, row: MessageSummary): MessageState {
  if (state.status === 'ready') return { ...state, message: { ...state.message, summary: row } }
  return state.status === 'failed' ? { ...state, row } : state
}

const isShown = (state: MessageState, id: MessageId) => state.status === 'ready' && state.id === id
const isAnswered = (state: MessageState, id: MessageId) => 'id' in state && (state.id !== id || state.status !== 'loading')
