import type { ImapTarget } from '../../../electron/engine/protocol/imap/imap-session.ts'

/** What both labs have. */
export interface ImapPlace {
  readonly host: string
  readonly imap: { readonly port: number; readonly tlsPort: number }
  readonly ca: string
}

/** A log-on to a server of the lab; by default with a password, in plain text. */
export function imapTarget({ host, imap, ca }: ImapPlace, more: Pick<ImapTarget, 'user' | 'password'> & Partial<ImapTarget>): ImapTarget {
  const port = more.security === 'tls' ? imap.tlsPort : imap.port
  const usual = { security: 'none', signIn: 'password', accountName: 'Work', timeoutMs: 10_000 } as const
  return { ...usual, host, port, trust: { certificates: [], ca }, ...more }
}
