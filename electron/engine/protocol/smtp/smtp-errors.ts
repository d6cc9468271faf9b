import { type ErrorCode, type ErrorDetail, MailError } from '../../../../shared/errors/mail-error.ts'
import { toNetworkError } from '../connect-tls.ts'

/** What nodemailer puts on its errors; everything but the message may be missing. */
export interface SmtpFailure extends Error {
  readonly code?: string | undefined
  /** The code of the socket or TLS error that nodemailer replaced with its own. */
  readonly originalCode?: string | undefined
  readonly command?: string | undefined
  readonly response?: string | undefined
  readonly responseCode?: number | undefined
  readonly rejectedErrors?: readonly SmtpFailure[] | undefined
  readonly recipient?: string | undefined
}

/** Where the work stood when it failed. */
export interface FailureContext {
  readonly detail: ErrorDetail
  /** The final dot has left, or may have left: only an answer can tell now whether the message was taken. */
  readonly handedOver: boolean
  readonly hidden: (text: string) => string
}

/** The one place that knows what nodemailer and SMTP replies mean (RFC 5321, enhanced codes of RFC 3463). */
export function toSmtpError(failure: SmtpFailure, context: FailureContext): MailError {
  if (failure instanceof MailError) return failure
  const replied = isRefusal(failure.responseCode)
  if (context.handedOver && !replied) {
    return fail('send-unsure', 'The connection ended between the message and the answer to it.', failure, context)
  }
  if (failure.name === 'AbortError') return fail('cancelled', 'The work was stopped.', failure, context)
  if (replied) return refused(failure, context)
  return withoutReply(failure, context)
}

/** Only these replies say that the server did not take what we sent. */
function isRefusal(code: number | undefined): boolean {
  return code !== undefined && code >= 400 && code < 600
}

function refused(failure: SmtpFailure, context: FailureContext): MailError {
  const code = failure.responseCode ?? 0
  if (failure.code === 'ETLS') return fail('encryption-unavailable', 'The server refused STARTTLS.', failure, context)
  if (code === 421) return fail('server-busy', 'The server closed the session.', failure, context)
  if (failure.code === 'EAUTH') return fail(signInCode(failure), 'The server refused the log-on.', failure, context)
  if (failure.command === 'RCPT TO') return recipientsRefused(failure, context)
  if (code === 530) return authenticationWanted(failure, context)
  return fail(messageCode(failure), 'The server refused the message.', failure, context)
}

function signInCode({ responseCode = 0, response = '' }: SmtpFailure): ErrorCode {
  if (responseCode === 538 || (responseCode === 530 && /starttls/i.test(response))) return 'encryption-unavailable'
  if (responseCode === 504 || responseCode === 502 || responseCode === 500) return 'sign-in-unsupported'
  return responseCode < 500 ? 'server-busy' : 'sign-in-refused'
}

/** All were refused. A permanent refusal is worth more than "try later": waiting would not cure it. */
function recipientsRefused(failure: SmtpFailure, context: FailureContext): MailError {
  const each = failure.rejectedErrors ?? [failure]
  const worst = each.find(({ responseCode = 0 }) => responseCode >= 500) ?? each[0] ?? failure
  const code = (worst.responseCode ?? 0) >= 500 ? 'recipient-refused' : 'server-busy'
  return fail(code, 'The server refused every recipient.', worst, context)
}

/** Its text tells the user about "My server requires authentication", which is what is missing here. */
function authenticationWanted(failure: SmtpFailure, context: FailureContext): MailError {
  const code = /starttls/i.test(failure.response ?? '') ? 'encryption-unavailable' : 'recipient-refused'
  return fail(code, 'The server wants a log-on first.', failure, context)
}

function messageCode({ responseCode = 0, response = '' }: SmtpFailure): ErrorCode {
  // X.2.2 is "mailbox full"; a 552 without it is most often "message too large", which is cured by the message.
  if (/^\d{3}[ -][45]\.2\.2\b/.test(response)) return 'over-quota'
  return responseCode < 500 ? 'server-busy' : 'message-refused'
}

function withoutReply(failure: SmtpFailure, context: FailureContext): MailError {
  switch (failure.code) {
    case 'ETIMEDOUT':
      return fail('timed-out', 'The server kept silent for too long.', failure, context)
    case 'ETLS':
      return fail('encryption-unavailable', 'The secure connection could not be made.', failure, context)
    // A log-on that was answered with something that is no reply at all.
    case 'EAUTH':
    case 'EPROTOCOL':
      return fail('server-misbehaved', 'The server broke the protocol.', failure, context)
    case 'EMESSAGE':
      // Found out before sending: the message is larger than the SIZE that the server announced (RFC 1870).
      return fail('message-refused', failure.message, failure, context)
    case 'EENVELOPE':
      return failure.response
        ? fail('server-misbehaved', 'The server answered with a code that makes no sense.', failure, context)
        : fail('bad-input', failure.message, failure, context)
    case 'ECONNECTION':
      return fail('connection-lost', 'The server closed the connection.', failure, context)
    default:
      // EDNS, ESOCKET, or the code of a socket: the network's own words.
      return toNetworkError(original(failure), factsOf(failure, context))
  }
}

/** nodemailer overwrites the code that tells a refused connection from a bad certificate. */
function original(failure: SmtpFailure): Error {
  return failure.originalCode === undefined ? failure : Object.assign(failure, { code: failure.originalCode })
}

function fail(code: ErrorCode, message: string, failure: SmtpFailure, context: FailureContext): MailError {
  return new MailError(code, message, factsOf(failure, context), failure)
}

function factsOf(failure: SmtpFailure, { detail, hidden }: FailureContext): ErrorDetail {
  const reply = failure.response ?? (failure.code === 'EMESSAGE' ? failure.message : undefined)
  return {
    ...detail,
    ...(reply && { reply: hidden(reply) }),
    ...(failure.recipient && { address: failure.recipient }),
  }
}
