import { useState } from 'react'
import type { Account } from '../../../shared/domain/account.ts'
import { type ErrorInfo, toErrorInfo } from '../../../shared/errors/mail-error.ts'
import { useServices } from '../../live/services.tsx'
import { findText as text } from '../../text/find.ts'
import { Button } from '../../widgets/Button.tsx'
import { Dialog } from '../../widgets/Dialog.tsx'
import { ErrorReport } from '../../widgets/ErrorDialog.tsx'
import { RadioGroup } from '../../widgets/RadioGroup.tsx'

/** An account as a file to give away: which kind, then the system's own Save dialog or the browser's downloads. */
export function ExportDialog({ account, onClose }: { readonly account: Account; readonly onClose: () => void }) {
  const { engine } = useServices()
  const [format, setFormat] = useState<'json' | 'autoconfig'>('json')
  const [error, setError] = useState<ErrorInfo | undefined>()
  const save = async () => {
    try {
      const file = await engine.call('presets.write', { id: account.id, format })
      saveText(file.name, file.text)
      onClose()
    } catch (failure) {
      setError(toErrorInfo(failure))
    }
  }
  return (
    <Dialog
      title={text.exportTitle(account.name)}
      open
      width={28}
      onClose={onClose}
      footer={
        <>
          <Button kind="primary" onClick={() => void save()}>
            {text.save}
          </Button>
          <Button onClick={onClose}>{text.cancel}</Button>
        </>
      }
    >
      {error && <ErrorReport title={text.exportFailed} error={error} />}
      <RadioGroup
        label={text.exportFormat}
        value={format}
        options={[
          { value: 'json', label: text.formats.json },
          { value: 'autoconfig', label: text.formats.autoconfig },
        ]}
        onChange={setFormat}
        autoFocus
      />
      <p className="field-hint">{text.exportNote}</p>
    </Dialog>
  )
}

function saveText(name: string, content: string): void {
  const link = document.createElement('a')
  link.href = URL.createObjectURL(new Blob([content]))
  link.download = name
  link.click()
  // Later: the download takes the address when this task has ended.
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000)
}
