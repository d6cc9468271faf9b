import { AuthorizationResponseError, OperationProcessingError, ResponseBodyError, WWWAuthenticateChallengeError } from 'oauth4webapi'
import { type ErrorCode, type ErrorDetail, MailError } from '../../../../shared/errors/mail-error.ts'
import { toNetworkError } from '../../protocol/connect-tls.ts'

export interface OAuthFailureContext {
  /** The provider's host. */
  readonly server: string
  /** Whoever asked has lost interest. */
  readonly isStopped: boolean
}

/** Clocks that differ by more make providers refuse what was signed a moment ago. */
const toleratedClockMs = 5 * 60_000

/** Only the user can help, by signing in. */
const needsUser: ReadonlySet<ErrorCode> = new Set([
  'oauth-missing',
  'oauth-revoked',
  'oauth-refused',
  'oauth-admin',
  'oauth-clock',
  'oauth-not-finished',
  'oauth-client-missing',
  'oauth-client-refused',
  'oauth-token-refused',
])

export const isForTheUser = (error: unknown): error is MailError => error instanceof MailError && needsUser.has(error.code)

/** The one place that knows what the library's errors and OAuth's error codes mean (RFC 6749 sections 4.1.2.1 and 5.2, RFC 8628). */
export function toOAuthError(error: unknown, { server, isStopped }: OAuthFailureContext): MailError {
  if (error instanceof MailError) return error
  const detail: ErrorDetail = { server, action: 'sign in' }
  if (isStopped) return new MailError('cancelled', 'The work was stopped.', detail, error)
  if (error instanceof ResponseBodyError) {
    const words = { error: error.error, description: error.error_description ?? '' }
    return refused(words, { detail, status: error.status, date: error.response.headers.get('date') })
  }
  if (error instanceof AuthorizationResponseError) {
    return refused({ error: error.error, description: error.error_description ?? '' }, { detail, status: 200, date: null })
  }
  // The library reads no body when the refusal is in a header.
  if (error instanceof WWWAuthenticateChallengeError)
    return refused({ error: 'invalid_client', description: '' }, { detail, status: 401, date: null })
  if (error instanceof OperationProcessingError) return notUnderstood(error, detail)
  return unreachable(error, detail)
}

interface Refusal {
  readonly error: string
  readonly description: string
}

interface RefusalFacts {
  readonly detail: ErrorDetail
  readonly status: number
  readonly date: string | null
}

function refused({ error, description }: Refusal, { detail, status, date }: RefusalFacts): MailError {
  const reply = [error, description].filter(Boolean).join(': ').replaceAll(/\s+/g, ' ').slice(0, 400)
  const code = codeOf({ error, description }, status)
  const isClock = code === 'oauth-revoked' && isFarOff(date)
  return new MailError(isClock ? 'oauth-clock' : code, 'The provider refused the sign-in.', { ...detail, reply })
}

/** Microsoft's numbers and Google's words for "an administrator has to allow this program first". */
const administrator =
  /AADSTS(?:65001|90094|90008|650052|50105|53003|900941)\b|admin_policy_enforced|admin.?(?:approval|consent)|org_internal/i
/** The registration of the client is not as it should be: unknown, of another tenant, without this redirect or these permissions. */
const registration = /AADSTS(?:700016|7000218|7000215|50011|65005|65006|650053|900144|70011)\b|redirect_uri|disabled_client|deleted_client/i

const codes: Readonly<Record<string, ErrorCode>> = {
  access_denied: 'oauth-refused',
  authorization_declined: 'oauth-refused',
  consent_required: 'oauth-admin',
  invalid_grant: 'oauth-revoked',
  interaction_required: 'oauth-revoked',
  login_required: 'oauth-revoked',
  expired_token: 'oauth-not-finished',
  bad_verification_code: 'oauth-not-finished',
  invalid_client: 'oauth-client-refused',
  unauthorized_client: 'oauth-client-refused',
  invalid_scope: 'oauth-client-refused',
  unsupported_grant_type: 'oauth-client-refused',
  temporarily_unavailable: 'server-busy',
}

function codeOf({ error, description }: Refusal, status: number): ErrorCode {
  const words = `${error} ${description}`
  if (administrator.test(words)) return 'oauth-admin'
  if (registration.test(words)) return 'oauth-client-refused'
  return codes[error] ?? (status >= 500 || status === 429 ? 'server-busy' : 'server-misbehaved')
}

export function isFarOff(date: string | null): boolean {
  const theirs = Date.parse(date ?? '')
  return !Number.isNaN(theirs) && isClockFarOff((Date.now() - theirs) / 1000)
}

export const isClockFarOff = (seconds: number): boolean => Math.abs(seconds) * 1000 > toleratedClockMs

/** An error page instead of an answer is most often a provider that is down, or a sign-in page of the network between. */
function notUnderstood(error: OperationProcessingError, detail: ErrorDetail): MailError {
  const status = error.cause instanceof Response ? error.cause.status : 200
  const reply = status === 200 ? error.message : `HTTP ${status}`
  return new MailError(status >= 500 || status === 429 ? 'server-busy' : 'server-misbehaved', error.message, { ...detail, reply }, error)
}

const network: ReadonlySet<ErrorCode> = new Set(['host-not-found', 'connection-refused', 'connection-lost', 'timed-out'])

function unreachable(error: unknown, detail: ErrorDetail): MailError {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error
  const isLate = error instanceof Error && error.name === 'TimeoutError'
  const known = isLate ? new MailError('timed-out', 'The provider did not answer in time.', detail) : toNetworkError(cause, detail)
  if (known.code !== 'bug' && !network.has(known.code)) return known
  const isFetch = isLate || network.has(known.code) || (error instanceof TypeError && /fetch/.test(error.message))
  if (!isFetch) return new MailError('server-misbehaved', known.message, { ...detail, reply: known.message }, error)
  return new MailError('oauth-unreachable', known.message, { ...detail, reply: known.message }, error)
}
