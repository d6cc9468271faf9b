import { useEffect, useState } from 'react'
import { composeText as text } from '../../text/compose.ts'
import { Button } from '../../widgets/Button.tsx'
import { ErrorReport } from '../../widgets/ErrorDialog.tsx'
import { Spinner } from '../../widgets/Spinner.tsx'
import { ComposeEditor } from './ComposeEditor.tsx'
import { readComposeRoute } from './compose-route.ts'
import { composeWindowId } from './compose-window-id.ts'
import { useComposeStart } from './use-compose-start.ts'
import './compose.css'

/**
 * A window in which one message is written: new, an answer, a draft, or a text found again after a crash.
 * `params` is its address: see `readComposeRoute`.
 */
export function ComposeWindow({ params }: { readonly params: URLSearchParams }) {
  const [route] = useState(() => readComposeRoute(params))
  const [windowId] = useState(composeWindowId)
  const starting = useComposeStart(route, windowId)
  useEffect(() => {
    document.title = text.newMessage
  }, [])
  switch (starting.state) {
    case 'loading':
      return (
        <div className="compose-waiting" role="status">
          <Spinner label={text.loading} />
        </div>
      )
    case 'failed':
      return (
        <div className="compose-waiting">
          <div className="compose-failed">
            <ErrorReport title={text.startFailed} error={starting.error} />
            <div className="compose-failed-buttons">
              <Button kind="primary" onClick={starting.again}>
                {text.tryAgain}
              </Button>
              <Button onClick={() => window.close()}>{text.close}</Button>
            </div>
          </div>
        </div>
      )
    case 'ready':
      return <ComposeEditor kind={route.kind} start={starting.start} windowId={windowId} />
  }
}
