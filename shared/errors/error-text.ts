import type { ErrorInfo } from './mail-error.ts'
import { errorRegistry } from './registry.ts'

export interface ErrorText {
  /** The code that one can say on the phone: "TLS-3". */
  readonly spoken: string
  readonly why: string
  readonly what: string
  /** Label and value, in the order of the original's error line. */
  readonly details: readonly (readonly [string, string])[]
}

const secureNames = { tls: 'Yes (SSL/TLS)', starttls: 'Yes (STARTTLS)', none: 'No' } as const

/** An error as a person reads it. The sentence about what did not happen comes from the caller, who knows. */
export function errorText(error: ErrorInfo): ErrorText {
  const entry = errorRegistry[error.code]
  const { detail } = error
  const details: (readonly [string, string | undefined])[] = [
    ['Account', detail.account],
    ['Server', detail.server],
    ['Protocol', detail.protocol],
    ['Server response', detail.reply],
    ['Port', detail.port?.toString()],
    ['Proxy', detail.proxy],
    ['Secure (SSL)', detail.secure && secureNames[detail.secure]],
    ['Account name', detail.user],
    ['Address', detail.address],
    ['Folder', detail.path],
    [
      'Certificate',
      detail.certificate &&
        `${detail.certificate.subject}, issued by ${detail.certificate.issuer}, valid from ${detail.certificate.validFrom} to ${detail.certificate.validTo}`,
    ],
    ['Fingerprint', detail.certificate?.fingerprint],
    ['While', detail.action],
    ['Error number', [entry.spoken, entry.outlookExpress].filter(Boolean).join(' / ')],
    // Only where the text above can't tell more: our own mistakes and wrong input.
    ['Report', error.code === 'bug' || error.code === 'bad-input' || error.code === 'policy-broken' ? error.message : undefined],
  ]
  return {
    spoken: entry.spoken,
    why: fill(entry.why, error),
    what: fill(entry.what, error),
    details: details.filter((line): line is readonly [string, string] => Boolean(line[1])),
  }
}

/** The one-line form that support forums index: sentence, then comma-separated facts. */
export function errorLine(error: ErrorInfo): string {
  const text = errorText(error)
  return `${text.why} ${text.what} ${text.details.map(([label, value]) => `${label}: ${value}`).join(', ')}`
}

function fill(template: string, { detail }: ErrorInfo): string {
  return template
    .replaceAll('{server}', detail.server ?? 'the server')
    .replaceAll('{port}', detail.port === undefined ? '' : String(detail.port))
    .replaceAll('{user}', detail.user ?? '')
    .replaceAll('{address}', detail.address ?? '')
    .replaceAll(' {proxy}', detail.proxy === undefined ? '' : ` ${detail.proxy}`)
    .replaceAll('{path}', detail.path ?? 'this folder')
    .replaceAll('The server the server', 'The server')
    .replaceAll('the server the server', 'the server')
}
