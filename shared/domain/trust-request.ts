import type { ErrorCode } from '../errors/mail-error.ts'
import type { PinnedCertificate, RefusedCertificate } from './certificate.ts'
import type { AccountId } from './ids.ts'

/** A server showed a certificate that nothing vouches for, and somebody is waiting for what the user says. */
export interface TrustRequest {
  readonly request: number
  readonly account: AccountId
  readonly question: CertificateQuestion
}

/** What people must know to decide about a certificate. */
export interface CertificateQuestion {
  readonly accountName: string
  readonly host: string
  readonly port: number
  readonly code: ErrorCode
  readonly certificate: RefusedCertificate
  /** What was accepted for this server before; null: nothing. */
  readonly replaces: PinnedCertificate | null
}
