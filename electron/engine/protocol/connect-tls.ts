// How every protocol makes TLS connections: whom we trust, what a pinned certificate means, and what went wrong in our own words.
import type { Socket } from 'node:net'
import { isIP } from 'node:net'
import type { ConnectionOptions, PeerCertificate, SecureContext, TLSSocket } from 'node:tls'
import { checkServerIdentity, connect, createSecureContext, getCACertificates } from 'node:tls'
import type { CertificateFacts, CertificateProblem, RefusedCertificate } from '../../../shared/domain/certificate.ts'
import type { ErrorCode, ErrorDetail } from '../../../shared/errors/mail-error.ts'
import { MailError, withDetail } from '../../../shared/errors/mail-error.ts'

/** Our own certificate for servers that ask for one, as `createSecureContext` takes it. */
export type ClientIdentity =
  | { readonly pfx: Buffer; readonly passphrase: string }
  | { readonly key: string; readonly cert: string; readonly passphrase: string }

/** What one connection trusts beside the system's certificates, and shows of itself. */
export interface PeerTrust {
  /** Fingerprints that are accepted for this server, as `PinnedCertificate` has them. */
  readonly certificates: readonly string[]
  /** PEM. */
  readonly ca: string | null
  readonly identity?: ClientIdentity | undefined
}

/**
 * Options for `tls.connect`, or for a library that hands them on to it.
 *
 * With pinned certificates Node's own refusal is off, because a pinned certificate may be expired, untrusted or of another name:
 * then `guardPeer` must be called on the new socket in the same tick, and decides before a byte of ours is sent.
 */
export function tlsOptions(host: string, trust: PeerTrust): ConnectionOptions {
  return {
    host,
    // SNI knows no addresses; the empty string also overrides a library's own idea of it.
    servername: isIP(host) ? '' : host,
    minVersion: 'TLSv1.2',
    secureContext: secureContextFor(trust),
    // Said outright: NODE_TLS_REJECT_UNAUTHORIZED in somebody's environment must not switch the check off.
    rejectUnauthorized: trust.certificates.length === 0,
    checkServerIdentity: (_servername, certificate) => checkServerIdentity(host, certificate),
  }
}

/**
 * Watches a TLS socket that was just made with `tlsOptions`. Remembers the server's certificate for the error text, and where
 * certificates are pinned destroys the socket unless the certificate is good or pinned.
 */
export function guardPeer(socket: TLSSocket, trust: PeerTrust): void {
  // Node destroys a refused socket within 'secure', so its listeners must be behind ours; later the certificate can't be read.
  let certificate: PeerCertificate | undefined
  socket.prependOnceListener('secure', () => {
    certificate = socket.getPeerCertificate()
  })
  socket.prependOnceListener('error', (error) => {
    if (certificate) rememberCertificate(error, certificate)
  })
  socket.prependOnceListener('secureConnect', () => {
    if (socket.authorized || isPinned(socket.getPeerCertificate(), trust)) return
    const refusal = String(socket.authorizationError ?? 'CERT_UNTRUSTED')
    socket.destroy(asCoded(new Error(`The certificate was refused: ${refusal}`), refusal))
  })
}

export interface UpgradeRequest {
  readonly socket: Socket
  readonly host: string
  readonly trust: PeerTrust
  readonly timeoutMs: number
  readonly signal?: AbortSignal
}

/** Turns a plain connection into a TLS one after STLS or STARTTLS. Rejects with Node's error, see `toNetworkError`. */
export function upgradeToTls({ socket: plain, host, trust, timeoutMs, signal }: UpgradeRequest): Promise<TLSSocket> {
  const { promise, resolve, reject } = Promise.withResolvers<TLSSocket>()
  const secure = connect({ ...tlsOptions(host, trust), socket: plain })
  guardPeer(secure, trust)
  const stop = (error: Error) => {
    secure.destroy()
    plain.destroy()
    reject(error)
  }
  const abort = () => signal && stop(stopped(signal))
  const timer = setTimeout(() => stop(asCoded(new Error('The TLS handshake took too long.'), 'ETIMEDOUT')), timeoutMs)
  const closed = () => stop(asCoded(new Error('The connection was closed during the TLS handshake.'), 'ECONNRESET'))
  signal?.addEventListener('abort', abort, { once: true })
  secure.once('error', stop)
  secure.once('close', closed)
  secure.once('secureConnect', () => {
    // The guard may have destroyed it a moment ago; its error is on the way.
    if (!secure.destroyed) resolve(secure)
  })
  if (signal?.aborted) abort()
  return promise.finally(() => {
    clearTimeout(timer)
    signal?.removeEventListener('abort', abort)
    secure.off('close', closed)
    secure.off('error', stop)
    // An 'error' that comes after the promise is settled but before the caller listens must not end the process.
    secure.on('error', () => {})
  })
}

function isPinned(certificate: PeerCertificate, trust: PeerTrust): boolean {
  return trust.certificates.includes(fingerprintOf(certificate))
}

/** As `Trust.certificates` has it: `sha256:` and 64 lower-case hex digits. */
export function fingerprintOf(certificate: PeerCertificate): string {
  return `sha256:${(certificate.fingerprint256 ?? '').replaceAll(':', '').toLowerCase()}`
}

const contexts = new Map<string, SecureContext>()

/** Kept per CA text: reading several hundred system certificates takes some 40 ms. */
function secureContextFor({ ca, identity }: PeerTrust): SecureContext {
  const key = ca ?? ''
  const known = identity ? undefined : contexts.get(key)
  if (known) return known
  // 'default' is what comes with Node plus NODE_EXTRA_CA_CERTS; companies put their own CA into the system's store.
  const all = new Set([...getCACertificates('default'), ...getCACertificates('system')])
  const made = createSecureContext({ ca: ca === null ? [...all] : [...all, ca], minVersion: 'TLSv1.2', ...identity })
  // A private key is not kept longer than its connection.
  if (!identity) contexts.set(key, made)
  return made
}

/** Which certificate an error is about. Beside the error, because Node's own error does not carry it and libraries hand errors on. */
const refusedCertificates = new WeakMap<Error, PeerCertificate>()

function rememberCertificate(error: Error, certificate: PeerCertificate): void {
  if (certificate.fingerprint256) refusedCertificates.set(error, certificate)
}

/** What people are shown of a certificate. */
export function factsOf(certificate: PeerCertificate): CertificateFacts {
  const day = (date: string) => new Date(date).toISOString().slice(0, 10)
  return {
    fingerprint: fingerprintOf(certificate),
    subject: nameOf(certificate.subject),
    issuer: nameOf(certificate.issuer),
    validFrom: day(certificate.valid_from),
    validTo: day(certificate.valid_to),
    names: (certificate.subjectaltname ?? '').split(/, ?/).flatMap((entry) => entry.replace(/^(?:DNS|IP Address):/, '') || []),
  }
}

/** Node tells of one fault only; dates and names are looked at besides. */
function refused(certificate: PeerCertificate, code: ErrorCode, host: string | undefined): RefusedCertificate {
  const now = Date.now()
  const isSelfSigned = JSON.stringify(certificate.subject) === JSON.stringify(certificate.issuer)
  const untrusted: readonly CertificateProblem[] = isSelfSigned ? ['self-signed'] : ['untrusted']
  const problems: readonly CertificateProblem[] = [
    ...(code === 'certificate-untrusted' ? untrusted : []),
    ...(Date.parse(certificate.valid_to) < now ? (['expired'] as const) : []),
    ...(Date.parse(certificate.valid_from) > now ? (['not-yet-valid'] as const) : []),
    ...(host !== undefined && checkServerIdentity(host, certificate) ? (['wrong-name'] as const) : []),
  ]
  return { ...factsOf(certificate), problems }
}

function nameOf(name: PeerCertificate['subject'] | undefined): string {
  return [name?.CN ?? name?.O ?? name?.OU ?? 'nobody'].flat().join(', ')
}

const certificateCodes: Readonly<Record<string, ErrorCode>> = {
  CERT_HAS_EXPIRED: 'certificate-expired',
  CERT_NOT_YET_VALID: 'certificate-expired',
  ERR_TLS_CERT_ALTNAME_INVALID: 'certificate-wrong-name',
  HOSTNAME_MISMATCH: 'certificate-wrong-name',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'certificate-untrusted',
  SELF_SIGNED_CERT_IN_CHAIN: 'certificate-untrusted',
  UNABLE_TO_GET_ISSUER_CERT: 'certificate-untrusted',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'certificate-untrusted',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'certificate-untrusted',
  CERT_SIGNATURE_FAILURE: 'certificate-untrusted',
  CERT_CHAIN_TOO_LONG: 'certificate-untrusted',
  CERT_REVOKED: 'certificate-untrusted',
  CERT_UNTRUSTED: 'certificate-untrusted',
  CERT_REJECTED: 'certificate-untrusted',
  INVALID_CA: 'certificate-untrusted',
  INVALID_PURPOSE: 'certificate-untrusted',
  PATH_LENGTH_EXCEEDED: 'certificate-untrusted',
}

const networkCodes: Readonly<Record<string, ErrorCode>> = {
  ENOTFOUND: 'host-not-found',
  EAI_AGAIN: 'host-not-found',
  EAI_FAIL: 'host-not-found',
  ECONNREFUSED: 'connection-refused',
  EHOSTUNREACH: 'connection-refused',
  EHOSTDOWN: 'connection-refused',
  ENETUNREACH: 'connection-refused',
  ENETDOWN: 'connection-refused',
  EADDRNOTAVAIL: 'connection-refused',
  EACCES: 'connection-refused',
  ETIMEDOUT: 'timed-out',
  ECONNRESET: 'connection-lost',
  ECONNABORTED: 'connection-lost',
  EPIPE: 'connection-lost',
  ENOTCONN: 'connection-lost',
  ERR_STREAM_DESTROYED: 'connection-lost',
  ERR_STREAM_WRITE_AFTER_END: 'connection-lost',
  ERR_SOCKET_CLOSED: 'connection-lost',
}

/** A failure to agree on encryption or on the certificate; undefined: it is not about TLS. */
export function toTlsError(error: unknown, detail: ErrorDetail): MailError | undefined {
  const code = nodeCodeOf(error)
  const certificate = error instanceof Error ? refusedCertificates.get(error) : undefined
  const known = certificateCodes[code]
  if (known) {
    const facts = certificate ? { ...detail, certificate: refused(certificate, known, detail.server) } : detail
    return new MailError(known, messageOf(error), facts, error)
  }
  if (/ALERT_(?:CERTIFICATE_\w+|BAD_CERTIFICATE|UNSUPPORTED_CERTIFICATE|UNKNOWN_CA)$/.test(code)) {
    return new MailError('client-certificate-refused', messageOf(error), detail, error)
  }
  if (!/^(ERR_SSL_|ERR_TLS_|ERR_OSSL_|EPROTO$)/.test(code)) return undefined
  return new MailError('encryption-unavailable', messageOf(error), detail, error)
}

/** Anything that a socket, a DNS query or TLS failed with, as a MailError. What is a MailError already only gains detail. */
export function toNetworkError(error: unknown, detail: ErrorDetail): MailError {
  const tls = toTlsError(error, detail)
  if (tls) return tls
  const code = networkCodes[nodeCodeOf(error)] ?? (hasSystemCall(error) ? 'connection-lost' : undefined)
  return code ? new MailError(code, messageOf(error), detail, error) : withDetail(error, detail)
}

/** What an abort means: somebody stopped the work, or whatever MailError they gave as the reason. */
export function stopped(signal: AbortSignal): MailError {
  return signal.reason instanceof MailError ? signal.reason : new MailError('cancelled', 'The work was stopped.', {}, signal.reason)
}

/** An error that `toNetworkError` reads like one of Node's: `ETIMEDOUT`, `ECONNRESET`. */
export function asCoded<E extends Error>(error: E, code: string): E & { readonly code: string } {
  return Object.assign(error, { code })
}

function nodeCodeOf(error: unknown): string {
  if (!(error instanceof Error) || error instanceof MailError || !('code' in error)) return ''
  return typeof error.code === 'string' ? error.code : ''
}

function hasSystemCall(error: unknown): boolean {
  return error instanceof Error && 'syscall' in error
}

function messageOf(error: unknown): string {
  // With several addresses tried (happy eyeballs) Node's own message is empty.
  if (error instanceof AggregateError) return error.errors.map(messageOf).join('; ')
  return error instanceof Error ? error.message : String(error)
}
