import type { RefusedCertificate } from '../domain/certificate.ts'

/** What should happen next: the engine waits and retries, the user decides, or the work ends here. */
export type Remedy = 'retry' | 'ask' | 'stop'

/** The few kinds of failure. Texts, spoken codes and remedies are in `registry.ts`. */
export type ErrorCode =
  | 'offline'
  | 'host-not-found'
  | 'connection-refused'
  | 'connection-lost'
  | 'timed-out'
  | 'proxy-unreachable'
  | 'proxy-refused'
  | 'proxy-sign-in-refused'
  | 'certificate-untrusted'
  | 'certificate-expired'
  | 'certificate-wrong-name'
  | 'encryption-unavailable'
  | 'client-certificate-refused'
  | 'sign-in-refused'
  | 'sign-in-expired'
  | 'sign-in-missing'
  | 'sign-in-unsupported'
  | 'oauth-missing'
  | 'oauth-revoked'
  | 'oauth-refused'
  | 'oauth-admin'
  | 'oauth-clock'
  | 'oauth-not-finished'
  | 'oauth-client-missing'
  | 'oauth-client-refused'
  | 'oauth-token-refused'
  | 'oauth-port'
  | 'oauth-unreachable'
  | 'permission-denied'
  | 'folder-missing'
  | 'message-missing'
  | 'body-not-here'
  | 'recipient-refused'
  | 'message-refused'
  | 'over-quota'
  | 'send-unsure'
  | 'test-message-missing'
  | 'server-busy'
  | 'mailbox-locked'
  | 'server-misbehaved'
  | 'unsupported'
  | 'store-newer'
  | 'store-in-use'
  | 'store-full'
  | 'store-damaged'
  | 'store-not-writable'
  | 'bad-input'
  | 'set-by-organization'
  | 'policy-broken'
  | 'cancelled'
  | 'engine-gone'
  | 'bug'

/** Facts for the details block and the log. Never a password, a subject or a body. */
export interface ErrorDetail {
  readonly account?: string
  readonly server?: string
  readonly port?: number
  readonly protocol?: 'POP3' | 'IMAP' | 'SMTP'
  readonly secure?: 'tls' | 'starttls' | 'none'
  readonly user?: string
  /** The server's own words, secrets removed. */
  readonly reply?: string
  readonly address?: string
  readonly path?: string
  /** What was being done: "sign in", "read the list of messages". */
  readonly action?: string
  /** A change of the user that the server refused, and that was undone here: "Move 3 messages to 'Projects'". */
  readonly takenBack?: string
  /** What the server showed, and what is wrong with it. */
  readonly certificate?: RefusedCertificate
  /** `SOCKS5 proxy.example.org:1080`, when the way led through one. */
  readonly proxy?: string
}

/** An error as plain data, for the wire, the store and the screen. */
export interface ErrorInfo {
  readonly code: ErrorCode
  /** English, for the log; people read the text from `error-text.ts`. */
  readonly message: string
  readonly detail: ErrorDetail
}

export class MailError extends Error {
  readonly code: ErrorCode
  readonly detail: ErrorDetail

  constructor(code: ErrorCode, message: string, detail: ErrorDetail = {}, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause })
    this.name = 'MailError'
    this.code = code
    this.detail = detail
  }
}

/** Anything that was thrown, as plain data. What is not a MailError is a bug of ours. */
export function toErrorInfo(error: unknown): ErrorInfo {
  if (error instanceof MailError) return { code: error.code, message: error.message, detail: error.detail }
  if (isAbort(error)) return { code: 'cancelled', message: 'The work was stopped.', detail: {} }
  return { code: 'bug', message: error instanceof Error ? error.message : String(error), detail: {} }
}

export function fromErrorInfo(info: ErrorInfo): MailError {
  return new MailError(info.code, info.message, info.detail)
}

/** Adds what the thrower could not know, such as the account's name. The thrower's own facts win. */
export function withDetail(error: unknown, detail: ErrorDetail): MailError {
  const info = toErrorInfo(error)
  return new MailError(info.code, info.message, { ...detail, ...info.detail }, error)
}

function isAbort(error: unknown): boolean {
  return error instanceof Error && error.name === 'AbortError'
}
