// Sends by SMTP (RFC 5321) through nodemailer's connection; keeps the exactly-once rule (D3).
import type { Socket } from 'node:net'
import { domainToASCII } from 'node:url'
import type SMTPConnection from 'nodemailer/lib/smtp-connection'
import type { Security } from '../../../../shared/domain/account.ts'
import { type ErrorDetail, MailError, withDetail } from '../../../../shared/errors/mail-error.ts'
import { type PeerTrust, tlsOptions } from '../connect-tls.ts'
import type { Proxy } from '../proxy.ts'
import { openTunnel } from '../tunnel.ts'
import { GuardedConnection } from './guarded-connection.ts'
import { type Handover, handOver } from './handed-over.ts'
import { type SmtpFailure, toSmtpError } from './smtp-errors.ts'
import { saslHandlers, signInSmtp } from './smtp-sign-in.ts'
import { createSmtpTrace, hider } from './smtp-trace.ts'

export interface SmtpTarget {
  readonly host: string
  readonly port: number
  readonly security: Security
  /** null: the server is used without logging on. */
  readonly auth: { readonly user: string; readonly password: string } | null
  /** With `oauth2` the password is the access token. */
  readonly signIn: 'password' | 'spa' | 'oauth2'
  readonly trust: PeerTrust
  /** undefined: straight to the server. */
  readonly proxy?: Proxy | undefined
  /** Longest silence of the server. */
  readonly timeoutMs: number
  /** Only for error texts. */
  readonly accountName: string
}

/** What SMTP is told beside the message; Bcc recipients are only here. */
export interface Transmission {
  readonly sender: string
  readonly recipients: readonly string[]
}

export interface RefusedRecipient {
  readonly address: string
  /** The server's own words. */
  readonly reply: string
  readonly code: number | null
}

export interface SendResult {
  readonly accepted: readonly string[]
  readonly refused: readonly RefusedRecipient[]
  /** The server's answer to the message itself, often with its queue id. */
  readonly reply: string
}

export interface SendOptions {
  readonly signal: AbortSignal
  /** Bytes given to the connection so far, and all of them. */
  readonly onProgress?: (sent: number, total: number) => void
  /** Protocol lines as they pass, without secrets and without the message. */
  readonly trace?: (line: string) => void
}

/**
 * Sends one message as it is, CRLF included. Resolves when the server has taken it for at least one recipient.
 * Throws MailError; `send-unsure` when the message was handed over and no answer came: never send it again unasked.
 */
export function sendMessage(target: SmtpTarget, transmission: Transmission, raw: Buffer, options: SendOptions): Promise<SendResult> {
  const handover = handOver(raw, options.onProgress ?? (() => {}))
  return withSession(target, { ...options, handover }, async (connection) => {
    const envelope = {
      from: asciiDomain(transmission.sender),
      to: transmission.recipients.map(asciiDomain),
      size: raw.length,
      use8BitMime: raw.some((byte) => byte > 127),
    }
    const info = await answer<SMTPConnection.SentMessageInfo>((done) => connection.send(envelope, handover.stream, done))
    const hidden = hider(target.auth)
    return {
      accepted: info.accepted,
      refused: (info.rejectedErrors ?? []).map((failure: SmtpFailure) => toRefused(failure, hidden)),
      reply: hidden(info.response),
    }
  })
}

/** Connects and logs on, sends nothing. Throws MailError. */
export function verifySmtp(target: SmtpTarget, signal: AbortSignal, trace?: (line: string) => void): Promise<void> {
  return withSession(target, { signal, handover: undefined, ...(trace && { trace }) }, async () => {})
}

interface SessionOptions extends SendOptions {
  readonly handover: Handover | undefined
}

async function withSession<T>(target: SmtpTarget, options: SessionOptions, work: (connection: SMTPConnection) => Promise<T>): Promise<T> {
  const tunnel = await openTunnel(target, { ...detailOf(target), action: 'connect' }, options.signal)
  const connection = new GuardedConnection(
    { ...connectionOptions(target, options.trace), ...(tunnel && { connection: tunnel }) },
    target.trust,
  )
  const guard = guardSession(connection, target, options)
  try {
    const session = async () => {
      await answer<void>((done) => {
        connection.connect(done)
        // After the library's own turn, in which it begins to listen.
        if (tunnel) setImmediate(() => tunnel.resume())
      })
      await signIn(connection, target)
      return await work(connection)
    }
    const result = await Promise.race([session().catch(guard.rethrow), guard.failed])
    sayGoodbye(connection)
    return result
  } catch (error) {
    connection.close()
    tunnel?.destroy()
    throw error
  } finally {
    guard.release()
  }
}

/** Turns whatever ends the session, an abort included, into one MailError, at the moment when it happens. */
function guardSession(connection: SMTPConnection, target: SmtpTarget, { signal, handover }: SessionOptions) {
  const hidden = hider(target.auth)
  const translate = (failure: SmtpFailure): MailError =>
    toSmtpError(failure, {
      detail: { ...detailOf(target), action: handover ? 'send a message' : 'log on' },
      handedOver: handover?.isComplete(connection._socket || undefined) ?? false,
      hidden,
    })
  const { promise: failed, reject } = Promise.withResolvers<never>()
  // Failures that come after the result, while saying goodbye, concern nobody.
  failed.catch(() => {})
  const onAbort = () => reject(translate(Object.assign(new Error('The work was stopped.'), { name: 'AbortError' })))
  connection.on('error', (failure: SmtpFailure) => reject(translate(failure)))
  // nodemailer sometimes lets go of the socket without a word; nobody may wait for ever then.
  connection.once('end', () => afterClose(connection._socket || undefined, () => reject(translate(closedByServer()))))
  signal.addEventListener('abort', onAbort)
  if (signal.aborted) onAbort()
  return {
    failed,
    rethrow: (failure: SmtpFailure): never => {
      throw translate(failure)
    },
    release: () => signal.removeEventListener('abort', onAbort),
  }
}

/** Later than the socket's own 'error', and than an answer that is still on its way through promises: both tell more. */
function afterClose(socket: Socket | undefined, then: () => void): void {
  const later = () => setImmediate(then)
  if (socket === undefined || socket.closed) later()
  else socket.once('close', later)
}

function closedByServer(): SmtpFailure {
  return Object.assign(new Error('The connection was closed.'), { code: 'ECONNECTION' })
}

function connectionOptions(target: SmtpTarget, trace: ((line: string) => void) | undefined): SMTPConnection.Options {
  const { security, timeoutMs } = target
  return {
    host: target.host,
    port: target.port,
    secure: security === 'tls',
    // Never opportunistic: encryption that anybody on the way can switch off is none.
    requireTLS: security === 'starttls',
    ignoreTLS: security === 'none',
    tls: tlsOptions(target.host, target.trust),
    // The name of this computer is nobody's business, and servers only check its form.
    name: '[127.0.0.1]',
    connectionTimeout: timeoutMs,
    greetingTimeout: timeoutMs,
    socketTimeout: timeoutMs,
    dnsTimeout: timeoutMs,
    customAuth: saslHandlers,
    // What is still in the socket when a session fails must not leave after we have reported the failure.
    socketCloseTimeout: 0,
    ...(trace && { transactionLog: true, logger: traceLogger(trace, target) }),
  }
}

/** nodemailer wants a whole logger; only the lines of the protocol are of interest. */
function traceLogger(write: (line: string) => void, target: SmtpTarget) {
  const trace = createSmtpTrace(write, hider(target.auth))
  const ignore = () => {}
  const debug = (entry: { readonly tnx?: string }, line = '') => {
    if (entry.tnx === 'client') trace.sent(line)
    else if (entry.tnx === 'server') trace.received(line)
  }
  return { debug, trace: ignore, info: ignore, warn: ignore, error: ignore, fatal: ignore }
}

async function signIn(connection: SMTPConnection, target: SmtpTarget): Promise<void> {
  const { auth } = target
  if (auth === null) return
  if (!connection.allowsAuth) {
    throw new MailError('sign-in-unsupported', 'The server offers no log-on.', { ...detailOf(target), action: 'log on' })
  }
  if (auth.password === '') {
    throw new MailError('sign-in-missing', 'There is no password to log on with.', { ...detailOf(target), action: 'log on' })
  }
  try {
    await signInSmtp(connection, { ...auth, signIn: target.signIn, isEncrypted: target.security !== 'none' })
  } catch (error) {
    throw error instanceof MailError ? withDetail(error, { ...detailOf(target), action: 'log on' }) : error
  }
}

/** The message is sent whatever becomes of QUIT, so nobody waits for its answer. */
function sayGoodbye(connection: SMTPConnection): void {
  const timer = setTimeout(() => connection.close(), 2_000)
  timer.unref()
  connection.once('end', () => clearTimeout(timer))
  connection.quit()
}

function answer<T>(start: (done: (error?: Error | null, result?: T) => void) => void): Promise<T> {
  return new Promise((resolve, reject) => {
    start((error, result) => (error ? reject(error) : resolve(result as T)))
  })
}

/** Only a local part beyond ASCII needs SMTPUTF8 (RFC 6531); a domain has an ASCII form that every server takes. */
function asciiDomain(address: string): string {
  const at = address.lastIndexOf('@')
  const domain = at < 0 ? '' : domainToASCII(address.slice(at + 1))
  return domain === '' ? address : `${address.slice(0, at)}@${domain}`
}

function toRefused(failure: SmtpFailure, hidden: (text: string) => string): RefusedRecipient {
  return { address: failure.recipient ?? '', reply: hidden(failure.response ?? failure.message), code: failure.responseCode ?? null }
}

function detailOf({ accountName, host, port, security, auth }: SmtpTarget): ErrorDetail {
  return { account: accountName, server: host, port, protocol: 'SMTP', secure: security, ...(auth && { user: auth.user }) }
}
