/** Everything that can be wrong with a server's certificate; one can have several faults. */
export type CertificateProblem = 'untrusted' | 'self-signed' | 'expired' | 'not-yet-valid' | 'wrong-name'

/** What people are shown of a certificate. */
export interface CertificateFacts {
  /** `sha256:` and 64 lower-case hex digits. */
  readonly fingerprint: string
  readonly subject: string
  readonly issuer: string
  /** Days as `2026-11-22`. */
  readonly validFrom: string
  readonly validTo: string
  /** Server names and addresses that it is for. */
  readonly names: readonly string[]
}

/** A certificate as a server showed it, and why we do not trust it. */
export interface RefusedCertificate extends CertificateFacts {
  readonly problems: readonly CertificateProblem[]
}

/** One certificate that the user accepts although nothing vouches for it: for one account and one server. */
export interface PinnedCertificate {
  readonly fingerprint: string
  /** `mail.example.org:993`; '' for any server of the account, as preset files may have it. */
  readonly server: string
  /** When it was accepted, epoch ms; null: it came with a preset. */
  readonly since: number | null
  /** null: only the fingerprint is known. */
  readonly facts: CertificateFacts | null
}

/** `mail.example.org:993`, as pins name servers. */
export const serverKey = (host: string, port: number): string => `${host.toLowerCase()}:${port}`

/** Whether a pin counts for a server. */
export const isPinFor = (pin: Pick<PinnedCertificate, 'server'>, host: string, port: number): boolean =>
  pin.server === '' || pin.server === serverKey(host, port)

/** The pins once a certificate is accepted: whatever was accepted for that server before goes. */
export function withPin(pins: readonly PinnedCertificate[], pin: PinnedCertificate): readonly PinnedCertificate[] {
  return [...pins.filter(({ server, fingerprint }) => server !== pin.server && fingerprint !== pin.fingerprint), pin]
}

/** `sha256:0a1b…` as people compare it: `0A:1B:…`. */
export function fingerprintText(fingerprint: string): string {
  return (fingerprint.replace(/^sha256:/, '').match(/../g) ?? []).join(':').toUpperCase()
}

/** A client certificate without its key, which the host's secret port keeps. */
export type ClientCertificateFacts = Pick<CertificateFacts, 'fingerprint' | 'subject' | 'issuer' | 'validTo'>
