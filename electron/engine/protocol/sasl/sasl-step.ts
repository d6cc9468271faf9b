// SASL (RFC 4422) without a protocol: each mechanism is a function from the server's challenge to our answer.
// POP3, IMAP and NNTP only carry the two back and forth, in base64.

export interface SaslCredentials {
  readonly user: string
  readonly password: string
  /** OAuth 2.0 access token, for XOAUTH2 and OAUTHBEARER. */
  readonly token?: string
}

/**
 * Answers one challenge; an initial response is the answer to the empty challenge. Throws a MailError when the server's part is wrong:
 * then the exchange is to be cancelled with `*`.
 */
export interface SaslStep {
  (challenge: Buffer): Buffer
  /** To be called when the server said yes. Throws if it has not proved that it knows the password, where the mechanism asks for that. */
  readonly finish: () => void
}
