import type { CertificateFacts as Facts } from '../../../shared/domain/certificate.ts'
import { fingerprintText } from '../../../shared/domain/certificate.ts'
import { certificateText as text } from '../../text/certificates.ts'

interface CertificateFactsProps {
  readonly fingerprint: string
  /** null: only the fingerprint is known. */
  readonly facts: Facts | null
  readonly server?: string | undefined
  /** When it was accepted, ready to show. */
  readonly accepted?: string | undefined
}

/** For whom a certificate is, by whom, how long, and the fingerprint that people compare on the phone. */
export function CertificateFacts({ fingerprint, facts, server, accepted }: CertificateFactsProps) {
  const otherNames = facts?.names.filter((name) => name !== facts.subject) ?? []
  const lines: readonly (readonly [string, string | undefined])[] = [
    [text.server, server],
    [text.subject, facts?.subject],
    [text.names, otherNames.length > 0 ? facts?.names.join(', ') : undefined],
    [text.issuer, facts?.issuer],
    [text.valid, facts ? text.from(facts.validFrom, facts.validTo) : undefined],
    [text.accepted, accepted],
  ]
  return (
    <dl className="certificate-facts selectable" aria-label={text.facts}>
      {lines.map(([label, value]) =>
        value ? (
          <div key={label}>
            <dt>{label}</dt>
            <dd>{value}</dd>
          </div>
        ) : undefined,
      )}
      <div>
        <dt>{text.fingerprint}</dt>
        <dd className="certificate-fingerprint">{fingerprintText(fingerprint)}</dd>
      </div>
    </dl>
  )
}
