import { useState } from 'react'
import { type ErrorInfo, toErrorInfo } from '../../../shared/errors/mail-error.ts'
import type { MessageState } from '../../live/use-message.ts'
import { useServices } from '../../live/services.tsx'
import { useSettings } from '../../live/use-live.ts'
import { mainWords } from '../../text/main.ts'
import { offlineText as text } from '../../text/offline.ts'
import { Button } from '../../widgets/Button.tsx'
import { ErrorReport } from '../../widgets/ErrorDialog.tsx'
import { Icon } from '../../widgets/Icon.tsx'
import { Spinner } from '../../widgets/Spinner.tsx'
import { MessageContent } from './MessageContent.tsx'
import './reading-pane.css'

/** A message in each of its states: on its way, here, or not to be had. */
export function MessagePane({ state }: { readonly state: Exclude<MessageState, { status: 'none' }> }) {
  switch (state.status) {
    case 'loading':
      return (
        <p className="message-note message-loading">
          <Spinner label={mainWords.loadingMessage} />
        </p>
      )
    case 'ready':
      return <MessageContent message={state.message} />
    case 'failed':
      return <Failed key={state.id} state={state} />
  }
}

/** Nobody answered: that is told apart from a server that refuses. */
const unreachable: ReadonlySet<ErrorInfo['code']> = new Set([
  'offline',
  'host-not-found',
  'connection-refused',
  'connection-lost',
  'timed-out',
  'proxy-unreachable',
])

function Failed({ state }: { readonly state: Extract<MessageState, { status: 'failed' }> }) {
  const isOffline = useSettings()?.offline ?? false
  const { error } = state
  if (isOffline && (error.code === 'body-not-here' || error.code === 'offline')) return <NotHere state={state} isOffline />
  if (unreachable.has(error.code)) return <NotHere state={state} isOffline={false} />
  return (
    <div className="message-failed">
      <ErrorReport title={mainWords.openFailed} error={error} />
    </div>
  )
}

interface NotHereProps {
  readonly state: Extract<MessageState, { status: 'failed' }>
  readonly isOffline: boolean
}

/** Only the header is here, and the server is out of reach: by choice, or because nobody answers. */
function NotHere({ state, isOffline }: NotHereProps) {
  const { engine } = useServices()
  const { id, error, row, retry } = state
  const [isWanted, setWanted] = useState(false)
  const [failure, setFailure] = useState<ErrorInfo | undefined>()
  const isMarked = row ? row.mark !== null : isWanted
  const attempt = (work: Promise<unknown>) => void work.catch((reason: unknown) => setFailure(toErrorInfo(reason)))
  // Once online the message is asked for again by itself.
  const connect = () => (isOffline ? attempt(engine.call('settings.set', { offline: false })) : retry())
  const mark = () => {
    setWanted(!isMarked)
    attempt(engine.call('messages.setForOffline', { ids: [id], wanted: !isMarked }))
  }
  return (
    <div className="message-elsewhere">
      <Icon name={isMarked ? 'mail-download' : 'cloud-down'} />
      <p className="message-elsewhere-title">{text.notHere}</p>
      <p>{isOffline ? text.notHereOffline : text.notHereUnreachable}</p>
      {isMarked && <p role="status">{text.marked}</p>}
      <div className="message-elsewhere-buttons">
        <Button onClick={connect}>{isOffline ? text.connect : text.tryAgain}</Button>
        <Button onClick={mark}>{isMarked ? text.unmark : text.mark}</Button>
      </div>
      {(failure ?? !isOffline) && (
        <div className="message-elsewhere-error">
          <ErrorReport title={mainWords.openFailed} error={failure ?? error} />
        </div>
      )}
    </div>
  )
}
