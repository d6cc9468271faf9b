import { useEffect, useRef } from 'react'
import { wizardText } from '../../text/accounts.ts'
import { doctorText as text } from '../../text/doctor.ts'
import { Button } from '../../widgets/Button.tsx'
import { CopyReport } from '../doctor/CopyReport.tsx'
import type { useDoctor } from '../doctor/use-doctor.ts'

interface CheckFooterProps {
  readonly doctor: ReturnType<typeof useDoctor>
  readonly isSaving: boolean
  readonly onBack: () => void
  readonly onFinish: () => void
}

/** The buttons of the wizard's page that checks the settings. */
export function CheckFooter({ doctor, isSaving, onBack, onFinish }: CheckFooterProps) {
  const footer = useRef<HTMLSpanElement>(null)
  const isWell = doctor.report !== undefined && doctor.report.problem === null
  useEffect(() => {
    // Enter does what comes next: finish when all is well, else check again.
    footer.current?.closest('.dialog')?.querySelector<HTMLElement>('.dialog-footer .button-primary')?.focus()
  }, [isWell])
  return (
    <>
      <CopyReport report={doctor.report} />
      <span ref={footer} hidden />
      <Button disabled={isSaving} onClick={onBack}>
        {wizardText.back}
      </Button>
      <Button kind={isWell ? 'plain' : 'primary'} disabled={isSaving} onClick={doctor.isBusy ? doctor.stop : doctor.again}>
        {doctor.isBusy ? text.stop : text.again}
      </Button>
      <Button kind={isWell ? 'primary' : 'plain'} disabled={isSaving} onClick={onFinish}>
        {isWell ? wizardText.finish : text.finishAnyway}
      </Button>
    </>
  )
}
