// Client certificates as people get them: PKCS#12 (.p12, .pfx) or PEM with certificate and key in one file.
import { X509Certificate } from 'node:crypto'
import { createSecureContext, type SecureContext } from 'node:tls'
import * as v from 'valibot'
import type { ClientCertificateFacts } from '../../../shared/domain/certificate.ts'
import { MailError } from '../../../shared/errors/mail-error.ts'
import type { ClientIdentity } from '../protocol/connect-tls.ts'

const packedShape = v.variant('kind', [
  v.strictObject({ kind: v.literal('pfx'), base64: v.string(), passphrase: v.string() }),
  v.strictObject({ kind: v.literal('pem'), text: v.string(), passphrase: v.string() }),
])

export interface ReadCertificate {
  readonly facts: ClientCertificateFacts
  /** Key and passphrase, for the secret port only. */
  readonly packed: string
}

/** Checks that file and passphrase go together. Throws MailError `bad-input` in words that say what is wrong. */
export function readClientCertificate(file: Uint8Array, passphrase: string): ReadCertificate {
  const bytes = Buffer.from(file)
  const isPem = bytes.includes('-----BEGIN ')
  if (isPem && !(bytes.includes('CERTIFICATE-----') && bytes.includes('PRIVATE KEY-----'))) {
    throw new MailError('bad-input', 'This file needs both in it: the certificate and its private key.')
  }
  const packed: v.InferOutput<typeof packedShape> = isPem
    ? { kind: 'pem', text: bytes.toString('utf8'), passphrase }
    : { kind: 'pfx', base64: bytes.toString('base64'), passphrase }
  const identity = identityOf(packed)
  try {
    return { facts: factsOf(certificateIn(createSecureContext({ ...identity }))), packed: JSON.stringify(packed) }
  } catch (error) {
    // Not as the cause: what OpenSSL says can hold more of the file than anybody should see.
    throw new MailError('bad-input', whatIsWrong(error))
  }
}

/** OpenSSL has read it for us; Node has no documented way to see what is in a PKCS#12 file. */
function certificateIn(context: SecureContext): X509Certificate {
  const der: unknown = context.context.getCertificate()
  if (!(der instanceof Uint8Array)) throw new Error('no certificate')
  return new X509Certificate(der)
}

function factsOf(certificate: X509Certificate): ClientCertificateFacts {
  const name = (text: string) => /^CN=(.*)$/m.exec(text)?.[1] ?? text.split('\n').at(-1) ?? ''
  return {
    fingerprint: `sha256:${certificate.fingerprint256.replaceAll(':', '').toLowerCase()}`,
    subject: name(certificate.subject),
    issuer: name(certificate.issuer),
    validTo: new Date(certificate.validTo).toISOString().slice(0, 10),
  }
}

function whatIsWrong(error: unknown): string {
  const message = error instanceof Error ? error.message : ''
  if (/mac verify failure|bad decrypt|bad password|interrupted or cancelled|passphrase|processing error/i.test(message)) {
    return 'The passphrase does not open this file.'
  }
  if (/unsupported/i.test(message)) {
    return 'This file is encrypted in a way that is no longer safe. Export it again, with AES encryption.'
  }
  if (/key values mismatch/i.test(message)) return 'The private key in this file belongs to another certificate.'
  return 'This file holds no certificate with its private key: a .p12, .pfx or .pem file does.'
}

/** What was packed by `readClientCertificate`. */
export function identityFrom(packed: string): ClientIdentity {
  return identityOf(v.parse(packedShape, JSON.parse(packed)))
}

function identityOf(packed: v.InferOutput<typeof packedShape>): ClientIdentity {
  const { passphrase } = packed
  if (packed.kind === 'pem') return { key: packed.text, cert: packed.text, passphrase }
  return { pfx: Buffer.from(packed.base64, 'base64'), passphrase }
}
