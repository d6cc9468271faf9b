import type { Draft } from '../../../shared/domain/draft.ts'
import type { MessageId } from '../../../shared/domain/ids.ts'
import type { IndexAccess } from './index-access.ts'
import { sql } from './sql.ts'

/** What the compose window had in its fields, so that a draft can be edited as it was typed. Goes with its message. */
export class DraftsTable {
  readonly #index: IndexAccess

  constructor(index: IndexAccess) {
    this.#index = index
  }

  set(message: MessageId, draft: Draft): void {
    this.#index.transactions.run(() =>
      this.#index.sql.run(sql`
        INSERT INTO draft (message_id, content) VALUES (${message}, ${JSON.stringify(draft)})
        ON CONFLICT (message_id) DO UPDATE SET content = excluded.content`),
    )
  }

  find(message: MessageId): Draft | undefined {
    const row = this.#index.sql.get<{ content: string }>(sql`SELECT content FROM draft WHERE message_id = ${message}`)
    return row && (JSON.parse(row.content) as Draft)
  }

  remove(message: MessageId): void {
    this.#index.transactions.run(() => this.#index.sql.run(sql`DELETE FROM draft WHERE message_id = ${message}`))
  }
}
