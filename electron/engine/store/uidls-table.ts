import type { AccountId, MessageId } from '../../../shared/domain/ids.ts'
import type { IndexAccess } from './index-access.ts'
import { sql } from './sql.ts'

export type UidlState = 'header-only' | 'downloaded' | 'to-be-deleted' | 'deleted' | 'ignored'

/** What we know of one message on a POP3 server. */
export interface UidlRecord {
  readonly uidl: string
  /** null: we hold no copy, or none any more. */
  readonly message: MessageId | null
  readonly state: UidlState
  /** Epoch ms; null: not yet. */
  readonly downloadedAt: number | null
}

interface UidlRow {
  readonly uidl: string
  readonly message_id: number | null
  readonly state: string
  readonly downloaded_at: number | null
}

/** Per account, by UIDL (RFC 1939 7), so that a message is fetched once and deleted when it is time. */
export class UidlsTable {
  readonly #index: IndexAccess

  constructor(index: IndexAccess) {
    this.#index = index
  }

  known(account: AccountId): Map<string, UidlRecord> {
    const rows = this.#index.sql.all<UidlRow>(sql`SELECT uidl, message_id, state, downloaded_at FROM uidl WHERE account_id = ${account}`)
    return new Map(rows.map((row) => [row.uidl, toRecord(row)]))
  }

  /** Adds, or replaces what was known of the same UIDL. */
  record(account: AccountId, records: readonly UidlRecord[]): void {
    this.#index.transactions.run(() => {
      for (const { uidl, message, state, downloadedAt } of records) {
        this.#index.sql.run(sql`
          INSERT INTO uidl (account_id, uidl, message_id, state, downloaded_at)
          VALUES (${account}, ${uidl}, ${message}, ${state}, ${downloadedAt})
          ON CONFLICT (account_id, uidl) DO UPDATE
          SET message_id = excluded.message_id, state = excluded.state, downloaded_at = excluded.downloaded_at`)
      }
    })
  }

  forget(account: AccountId, uidls: readonly string[]): void {
    this.#index.transactions.run(() => {
      for (const uidl of uidls) this.#index.sql.run(sql`DELETE FROM uidl WHERE account_id = ${account} AND uidl = ${uidl}`)
    })
  }
}

function toRecord(row: UidlRow): UidlRecord {
  return {
    uidl: row.uidl,
    message: row.message_id as MessageId | null,
    state: row.state as UidlState,
    downloadedAt: row.downloaded_at,
  }
}
