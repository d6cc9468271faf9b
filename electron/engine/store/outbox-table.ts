import type { Draft, OutboxState } from '../../../shared/domain/draft.ts'
import type { AccountId, FolderId, MessageId } from '../../../shared/domain/ids.ts'
import { type ErrorInfo, MailError } from '../../../shared/errors/mail-error.ts'
import type { IndexAccess } from './index-access.ts'
import { type Query, sql } from './sql.ts'

export interface NewOutboxRow {
  readonly message: MessageId
  readonly account: AccountId
  /** Address for MAIL FROM. */
  readonly sender: string
  /** Addresses for RCPT TO, those of Bcc included. */
  readonly recipients: readonly string[]
  readonly related: Draft['related']
}

export interface OutboxRow extends Omit<NewOutboxRow, 'account'> {
  /** null: the account that was to send it is gone. */
  readonly account: AccountId | null
  readonly state: OutboxState
  readonly error: ErrorInfo | null
}

interface Row {
  readonly message_id: number
  readonly account_id: number | null
  readonly sender: string
  readonly recipients: string
  readonly related: string | null
  readonly state: string
  readonly error: string | null
}

/** How each message in the Outbox is to be sent and how far that got. Goes with its message. */
export class OutboxTable {
  readonly #index: IndexAccess

  constructor(index: IndexAccess) {
    this.#index = index
  }

  /** Waits from now on; replaces an earlier entry of the same message. */
  add({ message, account, sender, recipients, related }: NewOutboxRow): void {
    this.#write(
      message,
      sql`
      INSERT OR REPLACE INTO outbox_item (message_id, account_id, sender, recipients, related, state, error)
      VALUES (${message}, ${account}, ${sender}, ${JSON.stringify(recipients)}, ${related && JSON.stringify(related)}, 'waiting', NULL)`,
    )
  }

  /** In the order of queueing. */
  list(): OutboxRow[] {
    return this.#select(sql`TRUE`)
  }

  find(message: MessageId): OutboxRow | undefined {
    return this.#select(sql`message_id = ${message}`)[0]
  }

  setState(message: MessageId, state: OutboxState, error: ErrorInfo | null): void {
    if (!this.find(message)) throw new MailError('message-missing', `Message ${message} is not in the Outbox.`)
    this.#write(
      message,
      sql`
      UPDATE outbox_item SET state = ${state}, error = ${error && JSON.stringify(error)} WHERE message_id = ${message}`,
    )
  }

  remove(message: MessageId): void {
    this.#write(message, sql`DELETE FROM outbox_item WHERE message_id = ${message}`)
  }

  /** The list shows the state beside the message, so its row counts as changed. */
  #write(message: MessageId, query: Query): void {
    const { sql: db, transactions } = this.#index
    transactions.run(() => {
      db.run(query)
      const row = db.get<{ folder_id: FolderId }>(sql`SELECT folder_id FROM message WHERE id = ${message}`)
      if (row) transactions.changes.contentChanged(message, row.folder_id)
    })
  }

  #select(condition: Query): OutboxRow[] {
    return this.#index.sql
      .all<Row>(sql`
        SELECT message_id, account_id, sender, recipients, related, state, error FROM outbox_item WHERE ${condition} ORDER BY message_id`)
      .map(toOutboxRow)
  }
}

function toOutboxRow(row: Row): OutboxRow {
  return {
    message: row.message_id as MessageId,
    account: row.account_id as AccountId | null,
    sender: row.sender,
    recipients: JSON.parse(row.recipients) as string[],
    related: row.related === null ? null : (JSON.parse(row.related) as Draft['related']),
    state: row.state as OutboxState,
    error: row.error === null ? null : (JSON.parse(row.error) as ErrorInfo),
  }
}
