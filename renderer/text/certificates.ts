import type { CertificateFacts, CertificateProblem } from '../../shared/domain/certificate.ts'

/** A day as it is in certificates, `2026-11-22`, in the user's way of writing dates. */
export const dayText = (day: string): string =>
  new Date(`${day}T00:00:00Z`).toLocaleDateString(undefined, { day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' })

const sinceText = (since: number): string =>
  new Date(since).toLocaleDateString(undefined, { day: 'numeric', month: 'long', year: 'numeric' })

/** The question about a server's certificate, and the Security page of an account. */
export const certificateText = {
  title: 'Security Warning',
  viewTitle: 'Certificate',
  doubt: (host: string) => `It is not certain that this is really ${host}.`,
  changed: (since: number | null) =>
    since === null
      ? 'The certificate of this server has changed: it is not the one that is accepted for this account.'
      : `The certificate of this server has changed since you accepted one on ${sinceText(since)}.`,
  changedNote: 'A server gets a new certificate from time to time, but so does somebody who pretends to be it.',
  problems: 'What is wrong',
  problem: {
    untrusted: ({ issuer }) => `It was issued by ${issuer}, whom this computer does not trust.`,
    'self-signed': () => 'The server has issued it to itself: nobody else vouches for it.',
    expired: ({ validTo }) => `It was valid until ${dayText(validTo)} and has expired.`,
    'not-yet-valid': ({ validFrom }) => `It is not valid before ${dayText(validFrom)}. Is the date of this computer right?`,
    'wrong-name': ({ names, subject }, host) => `It is for ${names.join(', ') || subject}, not for ${host}.`,
  } satisfies Record<CertificateProblem, (certificate: CertificateFacts, host: string) => string>,
  facts: 'The certificate',
  server: 'Server',
  subject: 'Issued to',
  issuer: 'Issued by',
  valid: 'Valid',
  from: (from: string, to: string) => `${dayText(from)} to ${dayText(to)}`,
  names: 'For servers',
  fingerprint: 'Fingerprint (SHA-256)',
  accepted: 'Accepted',
  acceptedOn: sinceText,
  withPreset: 'It came with the settings of the account.',
  advice: 'Your password has not been sent. Ask your help desk whether the fingerprint is the right one before you accept it.',
  scope: (account: string, server: string) =>
    `If you accept it, only this certificate is trusted, and only for '${account}' and ${server}.`,
  decline: '&Do Not Connect',
  accept: '&Accept This Certificate',
  close: 'Close',
  more: (count: number) => (count === 1 ? 'One more question is waiting.' : `${count} more questions are waiting.`),
  failed: 'The answer could not be passed on.',
} as const

export const securityTabText = {
  trusted: 'Accepted Certificates',
  trustedNote: 'Server certificates that you have accepted for this account although nobody vouches for them.',
  none: 'None: only certificates that this computer trusts are accepted.',
  columns: { server: 'Server', subject: 'Issued to', since: 'Accepted' },
  anyServer: 'Any of this account',
  unknown: '(not known)',
  preset: 'with the settings',
  view: '&View...',
  remove: '&Remove',
  authority: 'Certificate Authority',
  authorityNote: 'A company that issues its own certificates gives you a file (.pem, .crt). All servers of this account may use them then.',
  authorityNone: 'None beside those of this computer',
  authorityKept: (count: number) => (count === 1 ? '1 certificate from a file' : `${count} certificates from a file`),
  chooseAuthority: '&Choose File...',
  removeAuthority: 'Remo&ve',
  notPem: 'This file holds no certificate in text form (PEM): it has no line "-----BEGIN CERTIFICATE-----".',
  tooLarge: 'The file is larger than 200 KB: this is no certificate file.',
  client: 'Client Certificate',
  clientNote: 'Shown to servers that ask for one, for incoming and outgoing mail. Its key is kept where passwords are kept.',
  clientNone: 'None',
  clientKept: (subject: string, issuer: string, validTo: string) => `${subject}, issued by ${issuer}, valid until ${dayText(validTo)}`,
  chooseClient: 'C&hoose File...',
  removeClient: 'Re&move',
  passphraseTitle: 'Client Certificate',
  passphrasePrompt: (file: string) => `Type the passphrase of ${file}.`,
  passphrase: '&Passphrase:',
  passphraseHint: 'Leave it empty if the file has none.',
  ok: 'OK',
  cancel: 'Cancel',
  readFailed: (reason: string) => `The client certificate could not be used. ${reason}`,
} as const
