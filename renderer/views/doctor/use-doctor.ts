import { useEffect, useRef, useState } from 'react'
import type { AccountSettings } from '../../../shared/domain/account.ts'
import type { AccountId } from '../../../shared/domain/ids.ts'
import type { DoctorReport, DoctorStep } from '../../../shared/doctor/doctor.ts'
import { type ErrorInfo, toErrorInfo } from '../../../shared/errors/mail-error.ts'
import type { routeOf } from '../accounts/account-form.ts'
import { useServices } from '../../live/services.tsx'

/** What is to be checked: an account that is stored, or settings that are not yet. */
export interface DoctorQuestion {
  /** Its stored passwords are used where none is given. */
  readonly account: AccountId | null
  /** null: as they are stored. */
  readonly settings: AccountSettings | null
  readonly password: string | null
  readonly outgoingPassword: string | null
  /** Of a browser sign-in for an account that is not stored yet. */
  readonly oauthTicket?: string
  /** Also sends a message to the account's own address. */
  readonly testMessage?: boolean
  /** Secrets of the way to the servers; left out: as they are stored. */
  readonly route?: ReturnType<typeof routeOf>
}

export interface DoctorState {
  /** In the order in which they are done, incoming mail first. */
  readonly steps: readonly DoctorStep[]
  readonly isBusy: boolean
  readonly report: DoctorReport | undefined
  /** The check itself could not be made, or was stopped. */
  readonly error: ErrorInfo | undefined
}

const idle: DoctorState = { steps: [], isBusy: false, report: undefined, error: undefined }
const nothingYet: DoctorState = { steps: [], isBusy: true, report: undefined, error: undefined }

/** Checks as soon as there is a question, and again when asked. Going away, or no question any more, stops the check. */
export function useDoctor(question: DoctorQuestion | undefined): DoctorState & { readonly again: () => void; readonly stop: () => void } {
  const { engine } = useServices()
  const [state, setState] = useState(idle)
  const [attempt, setAttempt] = useState(0)
  const controller = useRef<AbortController | undefined>(undefined)
  const asked = useRef(question)
  asked.current = question
  const isAsked = question !== undefined

  useEffect(() => {
    if (!isAsked || !asked.current) {
      setState(idle)
      return
    }
    const current = new AbortController()
    controller.current = current
    const run = crypto.randomUUID()
    setState(nothingYet)
    const stopListening = engine.on('doctorStep', ({ run: of, step }) => {
      if (of === run) setState((before) => ({ ...before, steps: withStep(before.steps, step) }))
    })
    // Unmounting aborts, too, and then nobody is left to be told.
    const isLeft = () => controller.current !== current
    const ended = (end: Partial<DoctorState>) => {
      stopListening()
      if (!isLeft()) setState((before) => ({ ...before, ...end, isBusy: false }))
    }
    engine.call('doctor.run', { run, ...asked.current }, current.signal).then(
      (report) => ended({ report, steps: report.steps }),
      (reason: unknown) => ended({ error: toErrorInfo(reason) }),
    )
    return () => {
      controller.current = undefined
      stopListening()
      current.abort()
    }
  }, [engine, attempt, isAsked])

  return { ...state, again: () => setAttempt(attempt + 1), stop: () => controller.current?.abort() }
}

function withStep(steps: readonly DoctorStep[], step: DoctorStep): readonly DoctorStep[] {
  const at = steps.findIndex(({ side, name }) => side === step.side && name === step.name)
  return at < 0 ? [...steps, step] : steps.with(at, step)
}
