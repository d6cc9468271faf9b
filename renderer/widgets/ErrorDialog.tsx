import { type ReactNode, useState } from 'react'
import { errorText } from '../../shared/errors/error-text.ts'
import type { ErrorInfo } from '../../shared/errors/mail-error.ts'
import { openHelp } from '../commands/open-help.ts'
import { words } from '../text/widgets.ts'
import { Button } from './Button.tsx'
import { Dialog } from './Dialog.tsx'
import { Icon } from './Icon.tsx'
import './error-dialog.css'

interface ErrorDialogProps {
  /** What did not happen: "The message could not be deleted." */
  readonly title: string
  readonly error: ErrorInfo
  /** A button that leads on from here. */
  readonly action?: ReactNode
  readonly onClose: () => void
}

/** What did not happen, why, what to do, a code to say on the phone, and the details for somebody who helps. */
export function ErrorDialog({ title, error, action, onClose }: ErrorDialogProps) {
  return (
    <Dialog
      title={words.productName}
      open
      isAlert
      onClose={onClose}
      footer={
        <>
          {action}
          <Button kind="primary" onClick={onClose} autoFocus>
            {words.ok}
          </Button>
        </>
      }
    >
      <ErrorReport title={title} error={error} />
    </Dialog>
  )
}

/** The same inside a pane. F1 explains its code. */
export function ErrorReport({ title, error }: Pick<ErrorDialogProps, 'title' | 'error'>) {
  const text = errorText(error)
  const [showsDetails, setShowsDetails] = useState(false)
  const [copied, setCopied] = useState(false)
  const copy = () => {
    const lines = [title, `${text.why} ${text.what}`, ...text.details.map(([label, value]) => `${label}: ${value}`)]
    void navigator.clipboard.writeText(lines.join('\n')).then(() => setCopied(true))
  }
  return (
    <div className="error-report" data-help={`errors#${text.spoken}`}>
      <Icon name="error" className="error-report-icon" />
      <div className="error-report-text">
        <p className="error-report-title">{title}</p>
        <p>
          {text.why} {text.what}
        </p>
        <div className="error-report-actions">
          <span className="error-report-code selectable">{words.code(text.spoken)}</span>
          <button type="button" className="button button-link" aria-expanded={showsDetails} onClick={() => setShowsDetails(!showsDetails)}>
            <Icon name={showsDetails ? 'chevron-down' : 'chevron-right'} />
            {words.details}
          </button>
          <Button kind="link" onClick={copy}>
            {copied ? words.copied : words.copy}
          </Button>
          <Button kind="link" onClick={() => openHelp('errors', text.spoken)}>
            {words.help}
          </Button>
        </div>
        {showsDetails && (
          <dl className="error-report-details selectable">
            {text.details.map(([label, value]) => (
              <div key={label}>
                <dt>{label}:</dt>
                <dd>{value}</dd>
              </div>
            ))}
          </dl>
        )}
      </div>
    </div>
  )
}
