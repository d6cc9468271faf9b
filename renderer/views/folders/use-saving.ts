import { useState } from 'react'
import { type ErrorInfo, toErrorInfo } from '../../../shared/errors/mail-error.ts'

/** Work behind the OK of a dialog: once at a time, and a failure stays in the dialog. */
export function useSaving() {
  const [isBusy, setBusy] = useState(false)
  const [error, setError] = useState<ErrorInfo | undefined>()
  const start = (work: () => Promise<void>) => {
    if (isBusy) return
    setBusy(true)
    setError(undefined)
    work()
      .catch((reason: unknown) => setError(toErrorInfo(reason)))
      .finally(() => setBusy(false))
  }
  return { isBusy, error, start }
}
