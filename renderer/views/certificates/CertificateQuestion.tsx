import type { ReactNode } from 'react'
import { serverKey } from '../../../shared/domain/certificate.ts'
import type { CertificateQuestion as Question } from '../../../shared/domain/trust-request.ts'
import { certificateText as text } from '../../text/certificates.ts'
import { Button } from '../../widgets/Button.tsx'
import { Dialog } from '../../widgets/Dialog.tsx'
import { Icon } from '../../widgets/Icon.tsx'
import { CertificateFacts } from './CertificateFacts.tsx'
import './certificates.css'

interface CertificateQuestionProps {
  readonly question: Question
  readonly isBusy?: boolean
  /** Left out: nothing can be accepted from here, it is only shown. */
  readonly onAccept?: (() => void) | undefined
  readonly onDecline: () => void
  /** What else there is to say below. */
  readonly children?: ReactNode
}

/** What is wrong with a server's certificate, in words, and the choice to trust exactly this one. No is the default. */
export function CertificateQuestion({ question, isBusy = false, onAccept, onDecline, children }: CertificateQuestionProps) {
  const { host, port, certificate, replaces, accountName } = question
  const server = serverKey(host, port)
  return (
    <Dialog
      title={text.title}
      open
      isAlert
      width={36}
      onClose={onDecline}
      footer={
        onAccept ? (
          <>
            <Button disabled={isBusy} onClick={onAccept}>
              {text.accept}
            </Button>
            {/* It may come while somebody types: Enter must not accept what nobody has read. */}
            <Button kind="primary" autoFocus disabled={isBusy} onClick={onDecline}>
              {text.decline}
            </Button>
          </>
        ) : (
          <Button kind="primary" autoFocus onClick={onDecline}>
            {text.close}
          </Button>
        )
      }
    >
      <div className="certificate" role="group" aria-label={text.problems} tabIndex={0}>
        <Icon name="alert" className="certificate-sign" />
        <div>
          <p className="certificate-doubt">{text.doubt(host)}</p>
          {replaces && (
            <p className="certificate-changed">
              <strong>{text.changed(replaces.since)}</strong> {text.changedNote}
            </p>
          )}
          <ul className="certificate-problems">
            {certificate.problems.map((problem) => (
              <li key={problem}>{text.problem[problem](certificate, host)}</li>
            ))}
          </ul>
          <CertificateFacts fingerprint={certificate.fingerprint} facts={certificate} server={server} />
          <p>{text.advice}</p>
          {onAccept && <p>{text.scope(accountName, server)}</p>}
          {children}
        </div>
      </div>
    </Dialog>
  )
}
