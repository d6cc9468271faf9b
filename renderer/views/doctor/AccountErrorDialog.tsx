import { useState } from 'react'
import type { ErrorInfo } from '../../../shared/errors/mail-error.ts'
import { useAccounts } from '../../live/use-live.ts'
import { runsText } from '../../text/runs.ts'
import { Button } from '../../widgets/Button.tsx'
import { ErrorDialog } from '../../widgets/ErrorDialog.tsx'
import { DoctorDialog } from './DoctorDialog.tsx'

interface AccountErrorDialogProps {
  readonly title: string
  readonly error: ErrorInfo
  readonly onClose: () => void
}

/** An error dialog that offers to check the account, where the error is about the servers of one. */
export function AccountErrorDialog({ title, error, onClose }: AccountErrorDialogProps) {
  const account = useAccounts()?.find(({ name }) => error.detail.server !== undefined && name === error.detail.account)
  const [isChecking, setChecking] = useState(false)
  const check = account && <Button onClick={() => setChecking(true)}>{runsText.checkAccount}</Button>
  return (
    <>
      <ErrorDialog title={title} error={error} action={check} onClose={onClose} />
      {isChecking && account && (
        <DoctorDialog
          name={account.name}
          question={{ account: account.id, settings: null, password: null, outgoingPassword: null }}
          onClose={() => setChecking(false)}
        />
      )}
    </>
  )
}
