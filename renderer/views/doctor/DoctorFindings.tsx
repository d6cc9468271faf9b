import { useEffect, useRef, useState } from 'react'
import { type PinnedCertificate, serverKey } from '../../../shared/domain/certificate.ts'
import type { CertificateQuestion as CertificateQuestionData } from '../../../shared/domain/trust-request.ts'
import type { DoctorAction, DoctorProblem, DoctorSide, DoctorStep } from '../../../shared/doctor/doctor.ts'
import { actionText, durationText, sideTexts, stateTexts, stepTexts } from '../../../shared/doctor/doctor-text.ts'
import { errorText } from '../../../shared/errors/error-text.ts'
import { openHelp } from '../../commands/open-help.ts'
import { doctorText as text } from '../../text/doctor.ts'
import { words } from '../../text/widgets.ts'
import { Button } from '../../widgets/Button.tsx'
import { ErrorReport } from '../../widgets/ErrorDialog.tsx'
import { Icon } from '../../widgets/Icon.tsx'
import { Spinner } from '../../widgets/Spinner.tsx'
import { CertificateQuestion } from '../certificates/CertificateQuestion.tsx'
import type { DoctorState } from './use-doctor.ts'
import './doctor.css'

interface FindingsProps {
  readonly doctor: DoctorState & { readonly again: () => void }
  /** Keeps a certificate that the user accepts, before the check is made again; left out: it is only shown. */
  readonly onTrust?: ((pin: PinnedCertificate) => unknown) | undefined
  /** Does what is advised; undefined: nothing can be changed from here. */
  readonly onAction?: ((action: DoctorAction) => void) | undefined
  /** Advice that `onAction` can follow; the other is only said. */
  readonly canDo?: (action: DoctorAction) => boolean
}

/** The steps of a check with what they found, and below them what is to be done. */
export function DoctorFindings({ doctor, onAction, onTrust, canDo = isAct }: FindingsProps) {
  const { steps, report, error } = doctor
  const body = useRef<HTMLDivElement>(null)
  const [question, setQuestion] = useState<CertificateQuestionData | undefined>()
  const act = (action: DoctorAction) => (action.kind === 'show-certificate' ? setQuestion(action.question) : onAction?.(action))
  useEffect(() => {
    if (!report) return
    // On a small screen the table scrolls in itself, and the page as well.
    for (const what of ['.doctor-failed', '.doctor-outcome']) body.current?.querySelector(what)?.scrollIntoView({ block: 'nearest' })
  }, [report])
  return (
    <div ref={body} className="doctor">
      <div className="doctor-steps selectable" role="region" aria-label={text.steps} tabIndex={0}>
        <table>
          <thead className="visually-hidden">
            <tr>
              <th scope="col">{text.columns.step}</th>
              <th scope="col">{text.columns.result}</th>
              <th scope="col">{text.columns.time}</th>
            </tr>
          </thead>
          {(['incoming', 'outgoing'] as const).map((side) => (
            <Half key={side} side={side} server={report?.servers[side]} steps={steps.filter((step) => step.side === side)} />
          ))}
        </table>
      </div>
      <div className="doctor-outcome" role="status">
        {report?.problem && (
          <Advice
            problem={report.problem}
            onAction={act}
            canDo={(action) => isShown(action) || (onAction !== undefined && canDo(action))}
          />
        )}
        {report && !report.problem && (
          <p>
            <Icon name="success" className="doctor-well" /> {text.well}
          </p>
        )}
        {error?.code === 'cancelled' && <p>{text.stoppedByUser}</p>}
        {error && error.code !== 'cancelled' && <ErrorReport title={text.failed} error={error} />}
      </div>
      {question && (
        <CertificateQuestion
          question={question}
          onDecline={() => setQuestion(undefined)}
          onAccept={
            onTrust &&
            (() => {
              setQuestion(undefined)
              void Promise.resolve(onTrust(pinOf(question))).then(doctor.again)
            })
          }
        />
      )}
    </div>
  )
}

/** Where the check stands, for the heading above the table. */
export function doctorSummary({ steps, report, error }: DoctorState): string {
  if (error) return error.code === 'cancelled' ? text.stoppedByUser : text.failed
  if (!report) return text.running
  const { problem } = report
  if (!problem) return text.well
  const needed = steps.filter(({ state }) => state !== 'skipped')
  const at = needed.findIndex(({ side, name }) => side === problem.side && name === problem.step)
  return text.stoppedAt(at + 1, needed.length)
}

const isShown = ({ kind }: DoctorAction): boolean => kind === 'show-certificate'

function pinOf({ host, port, certificate }: CertificateQuestionData): PinnedCertificate {
  const { problems: _problems, ...facts } = certificate
  return { fingerprint: facts.fingerprint, server: serverKey(host, port), since: Date.now(), facts }
}

/** Advice that changes a setting. */
function isAct({ kind }: DoctorAction): boolean {
  return kind !== 'ask' && kind !== 'try-later'
}

interface HalfProps {
  readonly side: DoctorSide
  readonly server: string | undefined
  readonly steps: readonly DoctorStep[]
}

function Half({ side, server, steps }: HalfProps) {
  if (steps.length === 0) return undefined
  return (
    <tbody>
      <tr>
        <th className="doctor-half" colSpan={3} scope="rowgroup">
          {sideTexts[side]}
          {server && <span>{server}</span>}
        </th>
      </tr>
      {steps.map((step) => (
        <tr key={step.name} className={`doctor-${step.state}`}>
          <th scope="row">
            <Sign state={step.state} />
            {stepTexts[step.name]}
          </th>
          <td>{step.text}</td>
          <td>{step.ms === null ? '' : durationText(step.ms)}</td>
        </tr>
      ))}
    </tbody>
  )
}

function Sign({ state }: Pick<DoctorStep, 'state'>) {
  return (
    <span className="doctor-sign">
      {state === 'running' && <Spinner label={stateTexts.running} />}
      {state === 'passed' && <Icon name="check" label={stateTexts.passed} />}
      {state === 'failed' && <Icon name="close" label={stateTexts.failed} />}
      {(state === 'waiting' || state === 'skipped') && <span className="visually-hidden">{stateTexts[state]}</span>}
    </span>
  )
}

function Advice({
  problem,
  onAction,
  canDo,
}: { readonly problem: DoctorProblem } & Pick<FindingsProps, 'onAction'> & Required<Pick<FindingsProps, 'canDo'>>) {
  const { spoken, why, what } = errorText(problem.error)
  const { reply } = problem.error.detail
  return (
    <>
      <p className="selectable" data-help={`errors#${spoken}`}>
        <strong>{spoken}</strong> {why} {what}{' '}
        <Button kind="link" onClick={() => openHelp('errors', spoken)}>
          {words.help}
        </Button>
      </p>
      {reply && <p className="doctor-reply selectable">{text.serverSaid(reply)}</p>}
      <p className="doctor-actions">
        {problem.actions.map((action) =>
          onAction && canDo(action) ? (
            <Button key={action.kind} kind="link" onClick={() => onAction(action)}>
              {actionText(action)}
            </Button>
          ) : (
            <span key={action.kind}>{actionText(action)}</span>
          ),
        )}
      </p>
    </>
  )
}
