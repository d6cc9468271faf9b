import { useEffect, useState } from 'react'
import { type ErrorInfo, toErrorInfo } from '../../../shared/errors/mail-error.ts'
import { useServices } from '../../live/services.tsx'
import { doctorText } from '../../text/doctor.ts'
import { Button } from '../../widgets/Button.tsx'
import { Dialog } from '../../widgets/Dialog.tsx'
import { ErrorReport } from '../../widgets/ErrorDialog.tsx'
import { Spinner } from '../../widgets/Spinner.tsx'
import './support.css'

const text = doctorText.support

/** Help > Create Support Information: everything is seen before it is saved or copied. */
export function SupportDialog({ onClose }: { readonly onClose: () => void }) {
  const { engine } = useServices()
  const [information, setInformation] = useState<string | undefined>()
  const [error, setError] = useState<ErrorInfo | undefined>()
  const [isCopied, setCopied] = useState(false)
  useEffect(() => {
    engine.call('support.information', {}).then(
      (answer) => setInformation(answer.text),
      (reason: unknown) => setError(toErrorInfo(reason)),
    )
  }, [engine])
  const copy = () => void navigator.clipboard.writeText(information ?? '').then(() => setCopied(true))
  return (
    <Dialog
      title={text.title}
      open
      width={48}
      height={36}
      resizable
      onClose={onClose}
      footer={
        <>
          <Button disabled={information === undefined} onClick={copy}>
            {isCopied ? text.copied : text.copy}
          </Button>
          <Button kind="primary" autoFocus disabled={information === undefined} onClick={() => save(information ?? '')}>
            {text.save}
          </Button>
          <Button onClick={onClose}>{doctorText.close}</Button>
        </>
      }
    >
      <div className="support">
        <p>{text.note}</p>
        {error && <ErrorReport title={text.failed} error={error} />}
        {!error && information === undefined && <Spinner label={text.preview} />}
        {information !== undefined && (
          <pre className="support-preview selectable" role="region" aria-label={text.preview} tabIndex={0}>
            {information}
          </pre>
        )}
      </div>
    </Dialog>
  )
}

function save(information: string): void {
  const url = URL.createObjectURL(new Blob([information], { type: 'text/plain' }))
  const link = document.createElement('a')
  link.href = url
  link.download = text.fileName
  link.click()
  URL.revokeObjectURL(url)
}
