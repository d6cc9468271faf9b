import type { ErrorInfo } from '../../../shared/errors/mail-error.ts'
import type { MessageState } from '../../live/use-message.ts'
import { useServices } from '../../live/services.tsx'
import { useSettings } from '../../live/use-live.ts'
import { mainWords } from '../../text/main.ts'
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
      return <Failed error={state.error} />
  }
}

function Failed({ error }: { readonly error: ErrorInfo }) {
  const { engine } = useServices()
  const isOffline = useSettings()?.offline ?? false
  if (!isOffline || (error.code !== 'body-not-here' && error.code !== 'offline')) {
    return (
      <div className="message-failed">
        <ErrorReport title={mainWords.openFailed} error={error} />
      </div>
    )
  }
  return (
    <div className="message-elsewhere">
      <Icon name="download" />
      <p className="message-elsewhere-title">{mainWords.bodyElsewhere}</p>
      <p>{mainWords.bodyElsewhereHint}</p>
      {/* Once online the message is asked for again by itself. */}
      <Button onClick={() => void engine.call('settings.set', { offline: false }).catch(() => undefined)}>{mainWords.goOnline}</Button>
    </div>
  )
}
