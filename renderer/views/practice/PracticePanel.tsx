import { useEffect, useState } from 'react'
import { type PracticeFault, practiceFaults } from '../../../shared/domain/practice.ts'
import { type ErrorInfo, toErrorInfo } from '../../../shared/errors/mail-error.ts'
import { useObservable } from '../../live/observable.ts'
import { useServices } from '../../live/services.tsx'
import { practiceText as text } from '../../text/practice.ts'
import { Button } from '../../widgets/Button.tsx'
import { Dialog } from '../../widgets/Dialog.tsx'
import { ErrorReport } from '../../widgets/ErrorDialog.tsx'
import { RadioGroup } from '../../widgets/RadioGroup.tsx'
import { practicePanel } from '../../commands/practice-panel.ts'
import './practice.css'

/** Help > Practice Faults: stands beside the window, which meets the fault that is chosen. */
export function PracticePanel({ onSendReceive }: { readonly onSendReceive: () => void }) {
  return useObservable(practicePanel) && <OpenPanel onSendReceive={onSendReceive} />
}

const options = practiceFaults.map((value) => ({ value, label: text[value].label }))

function OpenPanel({ onSendReceive }: { readonly onSendReceive: () => void }) {
  const { fault, isBusy, error, choose } = useFault()
  const close = () => {
    if (fault !== 'none') choose('none')
    practicePanel.set(false)
  }
  return (
    <Dialog
      title={text.title}
      open
      isModeless
      width={23}
      onClose={close}
      footer={
        <>
          <Button onClick={onSendReceive} disabled={isBusy}>
            {text.sendReceive}
          </Button>
          <Button onClick={close}>{text.close}</Button>
        </>
      }
    >
      <div className="practice-panel">
        <p>{text.note}</p>
        <RadioGroup label={text.faults} hideLabel value={fault} options={options} onChange={choose} />
        <p className="practice-hint" role="status">
          {isBusy ? text.choosing : text[fault].hint} {text.closeNote}
        </p>
        {error && <ErrorReport title={text.failed} error={error} />}
      </div>
    </Dialog>
  )
}

function useFault() {
  const { engine } = useServices()
  const [fault, setFault] = useState<PracticeFault>('none')
  const [isBusy, setBusy] = useState(false)
  const [error, setError] = useState<ErrorInfo | undefined>()
  useEffect(() => {
    // A window that was loaded again finds the fault of before. Without an answer there is none to be found.
    engine.call('practice.fault', {}).then(
      (now) => setFault(now.fault),
      () => undefined,
    )
  }, [engine])
  const choose = (wanted: PracticeFault) => {
    const before = fault
    setFault(wanted)
    setBusy(true)
    setError(undefined)
    engine
      .call('practice.choose', { fault: wanted })
      .catch((reason: unknown) => {
        setFault(before)
        setError(toErrorInfo(reason))
      })
      .finally(() => setBusy(false))
  }
  return { fault, isBusy, error, choose }
}
