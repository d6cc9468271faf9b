import { MailError } from '../../../shared/errors/mail-error.ts'
import { errorRegistry } from '../../../shared/errors/registry.ts'
import type { ImapSession } from '../protocol/imap/imap-session.ts'

/** After a refusal: whether the folder is there. A try that broke off may have done what is refused the second time. */
export async function isThereAnyway(session: ImapSession, path: string, error: unknown): Promise<boolean> {
  if (!isRefusal(error)) throw error
  return session.changes.folderExists(path)
}

/** The server has understood, and does not want to. */
export function isRefusal(error: unknown): boolean {
  return error instanceof MailError && error.code !== 'cancelled' && errorRegistry[error.code].remedy !== 'retry'
}
