import { MailError } from '../../../../shared/errors/mail-error.ts'
import type { ImapConnection } from './imap-connection.ts'
import type { SelectedFolder } from './imap-types.ts'

/** What the parts of a session share: the connection, and the folder that is open on it. */
export class OpenFolder {
  readonly connection: ImapConnection
  selected: SelectedFolder | undefined

  constructor(connection: ImapConnection) {
    this.connection = connection
  }

  /** Throws `bug` when no folder is open. */
  get(action: string): SelectedFolder {
    if (this.selected) return this.selected
    throw this.connection.fail(new MailError('bug', 'No folder is selected.'), { action })
  }
}
