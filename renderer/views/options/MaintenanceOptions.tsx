import { useState } from 'react'
import { type ErrorInfo, toErrorInfo } from '../../../shared/errors/mail-error.ts'
import { useServices } from '../../live/services.tsx'
import { optionsText as text } from '../../text/options.ts'
import { Button } from '../../widgets/Button.tsx'
import { ErrorReport } from '../../widgets/ErrorDialog.tsx'
import { FormGroup } from '../../widgets/FormGroup.tsx'
import { OptionBox } from './OptionBox.tsx'
import type { OptionsPage } from './options-page.ts'

export function MaintenanceOptions(page: OptionsPage) {
  return (
    <>
      <FormGroup title={text.cleaning}>
        <OptionBox {...page} option="purgeOnLeave" label={text.purgeOnLeave} hint={text.purgeOnLeaveHint} />
      </FormGroup>
      <FormGroup title={text.logs}>
        <p className="options-note">{text.logsNote}</p>
        <div className="options-logs">
          <OptionBox {...page} option="logPop3" label={text.logPop3} />
          <OptionBox {...page} option="logImap" label={text.logImap} />
          <OptionBox {...page} option="logSmtp" label={text.logSmtp} />
        </div>
        <p className="option-hint">{text.logsHint}</p>
        <LogFolder />
      </FormGroup>
    </>
  )
}

/** The folder is also said in words: not every computer can show it. */
function LogFolder() {
  const { host } = useServices()
  const [folder, setFolder] = useState<string | undefined>()
  const [error, setError] = useState<ErrorInfo | undefined>()
  const show = () => {
    setError(undefined)
    host.call('host.showLogs', {}).then(
      (shown) => setFolder(shown.folder),
      (reason: unknown) => setError(toErrorInfo(reason)),
    )
  }
  return (
    <div className="options-folder">
      <Button onClick={show}>{text.showLogs}</Button>
      <p className="options-path selectable" role="status">
        {folder !== undefined && text.logsAt(folder)}
      </p>
      {error && <ErrorReport title={text.showFailed} error={error} />}
    </div>
  )
}
