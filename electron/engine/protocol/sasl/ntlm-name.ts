/** The two names that NTLM knows. An empty domain leaves it to the server. */
export interface NtlmName {
  readonly domain: string
  readonly user: string
}

/**
 * A log-on name as NTLM's two names, their spelling unchanged:
 *
 * - `DOMAIN\user`: as Windows splits it, at the backslash.
 * - `domain/account/alias` and `domain/account`: how Exchange writes it for POP3 and IMAP. NTLM has no place for the alias: the server opens
 *   the mailbox of the account (Microsoft Q191558). Sent whole, no Windows domain would know the name: accounts hold no slash.
 * - `user@domain` (a user principal name) and everything else: whole, in the user's place.
 */
export function splitLogOnName(name: string): NtlmName {
  const [, domain, user] = /^([^\\]+)\\(.+)$/s.exec(name) ?? /^([^/\\]+)\/([^/]+)(?:\/[^/]+)?$/s.exec(name) ?? []
  return domain !== undefined && user !== undefined ? { domain, user } : { domain: '', user: name }
}
