import type { TrustRequest } from '../../../shared/domain/trust-request.ts'
import { useServices } from '../../live/services.tsx'
import { useAnswer } from '../../live/use-answer.ts'
import { useTrustRequests } from '../../live/use-requests.ts'
import { certificateText as text } from '../../text/certificates.ts'
import { ErrorReport } from '../../widgets/ErrorDialog.tsx'
import { CertificateQuestion } from './CertificateQuestion.tsx'

/** Certificates that a connection under way has met and nothing vouches for, one at a time. */
export function TrustPrompts() {
  const { open, answered } = useTrustRequests()
  const [first] = open
  if (!first) return undefined
  return <TrustPrompt key={first.request} request={first} waiting={open.length - 1} onAnswered={() => answered(first.request)} />
}

interface TrustPromptProps {
  readonly request: TrustRequest
  readonly waiting: number
  readonly onAnswered: () => void
}

function TrustPrompt({ request: { request, question }, waiting, onAnswered }: TrustPromptProps) {
  const { engine } = useServices()
  const send = (accept: boolean) => engine.call('trust.answer', { request, accept })
  const { isBusy, error, answer } = useAnswer(send, onAnswered)
  return (
    <CertificateQuestion question={question} isBusy={isBusy} onAccept={() => answer(true)} onDecline={() => answer(false)}>
      {waiting > 0 && <p className="certificate-note">{text.more(waiting)}</p>}
      {error && <ErrorReport title={text.failed} error={error} />}
    </CertificateQuestion>
  )
}
