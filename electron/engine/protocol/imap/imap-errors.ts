import { type ErrorCode, type ErrorDetail, MailError } from '../../../../shared/errors/mail-error.ts'
import { toNetworkError } from '../connect-tls.ts'

/** What imapflow puts on its errors; everything but the message may be missing. */
export interface ImapFailure extends Error {
  readonly code?: string | undefined
  readonly authenticationFailed?: boolean | undefined
  readonly tlsFailed?: boolean | undefined
  readonly serverResponseCode?: string | undefined
  /** Words of a BYE that ended the connection. */
  readonly reason?: string | undefined
}

/** A tagged NO or BAD. */
export interface Refusal {
  readonly status: 'NO' | 'BAD'
  readonly command: string
  /** Response code in upper case (RFC 5530), as in `NO [OVERQUOTA] ...`. */
  readonly code: string | undefined
  /** The line after its tag, secrets removed. */
  readonly reply: string
}

export interface FailureContext {
  readonly detail: ErrorDetail
  readonly refusal: Refusal | undefined
  /** Removes secrets. */
  readonly hidden: (text: string) => string
}

const byResponseCode: Readonly<Record<string, ErrorCode>> = {
  AUTHENTICATIONFAILED: 'sign-in-refused',
  AUTHORIZATIONFAILED: 'sign-in-refused',
  EXPIRED: 'sign-in-expired',
  PRIVACYREQUIRED: 'encryption-unavailable',
  UNAVAILABLE: 'server-busy',
  INUSE: 'server-busy',
  LIMIT: 'server-busy',
  NOPERM: 'permission-denied',
  'READ-ONLY': 'permission-denied',
  CONTACTADMIN: 'permission-denied',
  NONEXISTENT: 'folder-missing',
  TRYCREATE: 'folder-missing',
  EXPUNGEISSUED: 'message-missing',
  OVERQUOTA: 'over-quota',
  TOOBIG: 'message-refused',
  APPENDLIMIT: 'message-refused',
  CORRUPTION: 'server-misbehaved',
  SERVERBUG: 'server-misbehaved',
  CLIENTBUG: 'unsupported',
  CANNOT: 'unsupported',
}

const byLibraryCode: Readonly<Record<string, ErrorCode>> = {
  NoConnection: 'connection-lost',
  EConnectionClosed: 'connection-lost',
  StateLogout: 'connection-lost',
  ClosedAfterConnectText: 'connection-lost',
  ClosedAfterConnectTLS: 'connection-lost',
  ProxyError: 'connection-lost',
  CONNECT_TIMEOUT: 'timed-out',
  GREETING_TIMEOUT: 'timed-out',
  UPGRADE_TIMEOUT: 'timed-out',
  ETIMEOUT: 'timed-out',
  ETHROTTLE: 'server-busy',
  NotFound: 'folder-missing',
  MissingServerExtension: 'unsupported',
  InvalidStringValue: 'bad-input',
  InvalidTokenValue: 'bad-input',
  STARTTLS_INJECTION: 'encryption-unavailable',
  UnexpectedTag: 'server-misbehaved',
  MissingTag: 'server-misbehaved',
  InvalidResponse: 'server-misbehaved',
  ResponseProcessingFailed: 'server-misbehaved',
  MAX_IMAP_NESTING_REACHED: 'server-misbehaved',
  LineTooLarge: 'server-misbehaved',
  LiteralTooLarge: 'server-misbehaved',
  ResponseTooLarge: 'server-misbehaved',
  TooManyTokens: 'server-misbehaved',
  TooManyResponses: 'server-misbehaved',
}

/** The one place that knows what imapflow's errors and IMAP's response codes mean. */
export function toImapError(error: unknown, context: FailureContext): MailError {
  if (error instanceof MailError) return new MailError(error.code, error.message, { ...context.detail, ...error.detail }, error)
  const failure: ImapFailure = error instanceof Error ? error : new Error(String(error))
  if (failure.name === 'AbortError') return fail('cancelled', 'The work was stopped.', failure, context)
  const { refusal } = context
  if (refusal) return fail(refusalCode(refusal), `The server refused ${refusal.command}.`, failure, context)
  return withoutRefusal(failure, context)
}

function withoutRefusal(failure: ImapFailure, context: FailureContext): MailError {
  const known = libraryCode(failure)
  if (known === 'connection-lost') return connectionLost(failure, context)
  if (known) return fail(known, failure.message, failure, context)
  // Before the network codes: a required STARTTLS that is not offered fails without any code.
  if (failure.tlsFailed && !failure.code) return fail('encryption-unavailable', failure.message, failure, context)
  if (failure.authenticationFailed) return fail('sign-in-unsupported', failure.message, failure, context)
  if (failure.code) return toNetworkError(failure, context.detail)
  return fail('bug', failure.message, failure, context)
}

function libraryCode({ code = '', serverResponseCode = '' }: ImapFailure): ErrorCode | undefined {
  return byLibraryCode[code] ?? byResponseCode[serverResponseCode] ?? (code.startsWith('ParserError') ? 'server-misbehaved' : undefined)
}

/** A BYE says why, and "too many connections" is no broken line. */
function connectionLost(failure: ImapFailure, context: FailureContext): MailError {
  const { reason = '' } = failure
  const code = isBusyText(reason) ? 'server-busy' : 'connection-lost'
  return fail(code, 'The server closed the connection.', failure, context)
}

function refusalCode(refusal: Refusal): ErrorCode {
  const known = refusal.code === undefined ? undefined : byResponseCode[refusal.code]
  if (known) return known
  const { command, reply, status } = refusal
  if (isBusyText(reply)) return 'server-busy'
  if (command === 'STARTTLS') return 'encryption-unavailable'
  if (command === 'LOGIN' || command === 'AUTHENTICATE') return 'sign-in-refused'
  if (status === 'BAD') return 'unsupported'
  if (/over ?quota|quota (is )?exceeded/i.test(reply)) return 'over-quota'
  // Cyrus knows no response code for these two.
  if (/\bpermission denied\b|\baccess denied\b/i.test(reply)) return 'permission-denied'
  if (namingCommands.has(command) && /\binvalid (mailbox|folder) name\b/i.test(reply)) return 'bad-input'
  if (folderCommands.has(command)) return 'folder-missing'
  return 'permission-denied'
}

/** Without a response code, a NO to these most often means that the folder is not there. */
const folderCommands: ReadonlySet<string> = new Set(['SELECT', 'EXAMINE', 'STATUS', 'APPEND', 'SUBSCRIBE'])

const namingCommands: ReadonlySet<string> = new Set(['CREATE', 'RENAME'])

/** Servers older than RFC 5530 say it in words only. */
function isBusyText(text: string): boolean {
  return /too many (simultaneous |concurrent )?(connections|logins)|maximum number of connections|temporarily unavailable|try again later|throttled/i.test(
    text,
  )
}

function fail(code: ErrorCode, message: string, failure: ImapFailure, { detail, refusal, hidden }: FailureContext): MailError {
  const reply = refusal?.reply ?? failure.reason
  return new MailError(code, hidden(message), { ...detail, ...(reply && { reply: hidden(reply) }) }, failure)
}
