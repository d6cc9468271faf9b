import { useState } from 'react'
import type { PinnedCertificate } from '../../../shared/domain/certificate.ts'
import type { DoctorAction } from '../../../shared/doctor/doctor.ts'
import { useServices } from '../../live/services.tsx'
import { doctorText as text } from '../../text/doctor.ts'
import { Button } from '../../widgets/Button.tsx'
import { Checkbox } from '../../widgets/Checkbox.tsx'
import { Dialog } from '../../widgets/Dialog.tsx'
import { CopyReport } from './CopyReport.tsx'
import { DoctorFindings } from './DoctorFindings.tsx'
import { type DoctorQuestion, useDoctor } from './use-doctor.ts'

interface DoctorDialogProps {
  /** The account's name, for the title. */
  readonly name: string
  readonly question: DoctorQuestion
  readonly onClose: () => void
  readonly onAction?: (action: DoctorAction) => void
  /** Keeps a certificate with settings that are not stored yet; left out: the stored account keeps it at once. */
  readonly onTrust?: (pin: PinnedCertificate) => unknown
}

/** The connection doctor for an account that there is already. */
export function DoctorDialog({ name, question, onClose, onAction, onTrust }: DoctorDialogProps) {
  const [sendsTest, setSendsTest] = useState(false)
  const { engine } = useServices()
  const { account } = question
  // What could not be kept, the check that follows shows again.
  const pinStored = (pin: PinnedCertificate) => account && engine.call('trust.pin', { id: account, pin }).catch(() => undefined)
  const doctor = useDoctor({ ...question, testMessage: sendsTest })
  return (
    <Dialog
      title={text.dialogTitle(name)}
      open
      width={40}
      height={36}
      onClose={onClose}
      footer={
        <>
          <CopyReport report={doctor.report} />
          <Button kind="primary" autoFocus onClick={doctor.isBusy ? doctor.stop : doctor.again}>
            {doctor.isBusy ? text.stop : text.again}
          </Button>
          <Button onClick={onClose}>{text.close}</Button>
        </>
      }
    >
      <div className="doctor-and-test">
        <DoctorFindings doctor={doctor} onAction={onAction} onTrust={onTrust ?? pinStored} />
        <Checkbox label={text.sendTest} checked={sendsTest} disabled={doctor.isBusy} onChange={setSendsTest} />
      </div>
    </Dialog>
  )
}
