import { useState } from 'react'
import { type ErrorInfo, toErrorInfo } from '../../shared/errors/mail-error.ts'

export interface Answering<Answer> {
  readonly isBusy: boolean
  /** Why the last answer did not get to the engine. */
  readonly error: ErrorInfo | undefined
  readonly answer: (answer: Answer) => void
}

/** Sends the user's answer to a question of the engine; a failure leaves the question open. */
export function useAnswer<Answer>(send: (answer: Answer) => Promise<unknown>, onAnswered: () => void): Answering<Answer> {
  const [isBusy, setBusy] = useState(false)
  const [error, setError] = useState<ErrorInfo>()
  return {
    isBusy,
    error,
    answer(answer) {
      setBusy(true)
      setError(undefined)
      send(answer).then(onAnswered, (reason: unknown) => {
        setBusy(false)
        setError(toErrorInfo(reason))
      })
    },
  }
}
