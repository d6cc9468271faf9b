// imapflow and nodemailer take a tenth of a second to load, which a start with POP3 accounts alone should not pay for.
import type { openImapSession as OpenImap } from './imap/imap-session.ts'
import type { sendMessage as Send, verifySmtp as Verify } from './smtp/smtp-session.ts'

/** See `imap-session.ts`. */
export const openImapSession: typeof OpenImap = async (...words) => (await import('./imap/imap-session.ts')).openImapSession(...words)

/** See `smtp-session.ts`. */
export const sendMessage: typeof Send = async (...words) => (await import('./smtp/smtp-session.ts')).sendMessage(...words)

/** See `smtp-session.ts`. */
export const verifySmtp: typeof Verify = async (...words) => (await import('./smtp/smtp-session.ts')).verifySmtp(...words)
