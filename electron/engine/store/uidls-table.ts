import type { AccountId, FolderId, MessageId } from '../../../shared/domain/ids.ts'
import type { Mark } from '../../../shared/domain/pop3.ts'
import type { IndexAccess } from './index-access.ts'
import { idList, sql } from './sql.ts'

/**
 * `header-only`: its header is here. `downloaded`: its bytes are here, or were until the user deleted them.
 * `to-be-deleted`: the server may delete it, and has not said yet that it has. `deleted`: the server has said so.
 * `ignored`: a rule left it on the server.
 */
export type UidlState = 'header-only' | 'downloaded' | 'to-be-deleted' | 'deleted' | 'ignored'

/** What we know of one message on a POP3 server. */
export interface UidlRecord {
  readonly uidl: string
  /** null: we hold no copy, or none any more. */
  readonly message: MessageId | null
  readonly state: UidlState
  /** Epoch ms; null: not yet. */
  readonly downloadedAt: number | null
  readonly mark: Mark | null
  /** Bytes as LIST said; null: never listed. */
  readonly size: number | null
  /** See `headerHash`; null: the header was never seen. */
  readonly headerHash: string | null
  /** Epoch ms since when the server's list has been without it; null: it was in the last one. */
  readonly goneAt: number | null
}

type Optional = 'mark' | 'size' | 'headerHash' | 'goneAt'
export type NewUidl = Omit<UidlRecord, Optional> & Partial<Pick<UidlRecord, Optional>>

interface UidlRow {
  readonly uidl: string
  readonly message_id: number | null
  readonly state: string
  readonly downloaded_at: number | null
  readonly mark: string | null
  readonly size: number | null
  readonly header_hash: Uint8Array | null
  readonly gone_at: number | null
}

interface Marked {
  readonly id: MessageId
  readonly folder_id: FolderId
}

const columns = sql`uidl, message_id, state, downloaded_at, mark, size, header_hash, gone_at`

/** Per account, by UIDL (RFC 1939 7), so that a message is fetched once and deleted when it is time. */
export class UidlsTable {
  readonly #index: IndexAccess

  constructor(index: IndexAccess) {
    this.#index = index
  }

  known(account: AccountId): Map<string, UidlRecord> {
    const rows = this.#index.sql.all<UidlRow>(sql`SELECT ${columns} FROM uidl WHERE account_id = ${account}`)
    return new Map(rows.map((row) => [row.uidl, toRecord(row)]))
  }

  /** Adds, or replaces all that was known of the same UIDL. */
  record(account: AccountId, records: readonly NewUidl[]): void {
    this.#index.transactions.run(() => {
      for (const { uidl, message, state, downloadedAt, mark, size, headerHash, goneAt } of records) {
        const hash = headerHash ? Buffer.from(headerHash, 'hex') : null
        this.#index.sql.run(sql`
          INSERT INTO uidl (account_id, uidl, message_id, state, downloaded_at, mark, size, header_hash, gone_at)
          VALUES (${account}, ${uidl}, ${message}, ${state}, ${downloadedAt}, ${mark ?? null}, ${size ?? null}, ${hash}, ${goneAt ?? null})
          ON CONFLICT (account_id, uidl) DO UPDATE
          SET message_id = excluded.message_id, state = excluded.state, downloaded_at = excluded.downloaded_at, mark = excluded.mark,
              size = excluded.size, header_hash = excluded.header_hash, gone_at = excluded.gone_at`)
      }
    })
  }

  setState(account: AccountId, uidls: readonly string[], state: UidlState): void {
    this.#index.transactions.run(() => {
      for (const uidl of uidls) this.#index.sql.run(sql`UPDATE uidl SET state = ${state} WHERE account_id = ${account} AND uidl = ${uidl}`)
    })
  }

  /** The server has given a message that we know another UIDL. */
  rename(account: AccountId, from: string, to: string): void {
    this.#index.transactions.run(() => {
      this.forget(account, [to])
      this.#index.sql.run(sql`UPDATE uidl SET uidl = ${to}, gone_at = NULL WHERE account_id = ${account} AND uidl = ${from}`)
    })
  }

  setSize(account: AccountId, uidl: string, size: number): void {
    this.#index.transactions.run(() =>
      this.#index.sql.run(sql`UPDATE uidl SET size = ${size} WHERE account_id = ${account} AND uidl = ${uidl}`),
    )
  }

  setGone(account: AccountId, uidls: readonly string[], at: number | null): void {
    this.#index.transactions.run(() => {
      for (const uidl of uidls) this.#index.sql.run(sql`UPDATE uidl SET gone_at = ${at} WHERE account_id = ${account} AND uidl = ${uidl}`)
    })
  }

  /** Marks what is still on a server; messages that came another way are left alone. */
  setMark(messages: readonly MessageId[], mark: Mark | null): void {
    this.#markWhere(sql`uidl.message_id IN ${idList(messages)} AND uidl.state IN ('header-only', 'downloaded')`, mark)
  }

  /** null: those of every account. */
  clearMarks(account: AccountId | null): void {
    this.#markWhere(account === null ? sql`TRUE` : sql`uidl.account_id = ${account}`, null)
  }

  /** The user has deleted these for ever here: with them, what the server holds may go too, where the account wants that. */
  queueDeletion(messages: readonly MessageId[], accounts: readonly AccountId[]): void {
    this.#index.transactions.run(() =>
      this.#index.sql.run(sql`
        UPDATE uidl SET state = 'to-be-deleted', mark = NULL
        WHERE message_id IN ${idList(messages)} AND account_id IN ${idList(accounts)} AND state = 'downloaded'`),
    )
  }

  forget(account: AccountId, uidls: readonly string[]): void {
    this.#index.transactions.run(() => {
      for (const uidl of uidls) this.#index.sql.run(sql`DELETE FROM uidl WHERE account_id = ${account} AND uidl = ${uidl}`)
    })
  }

  #markWhere(condition: ReturnType<typeof sql>, mark: Mark | null): void {
    const { sql: db, transactions } = this.#index
    transactions.run(() => {
      const touched = db.all<Marked>(sql`
        SELECT message.id, message.folder_id FROM uidl JOIN message ON message.id = uidl.message_id
        WHERE ${condition} AND uidl.mark IS NOT ${mark}`)
      db.run(sql`UPDATE uidl SET mark = ${mark} WHERE ${condition} AND uidl.mark IS NOT ${mark}`)
      for (const { id, folder_id } of touched) transactions.changes.contentChanged(id, folder_id)
    })
  }
}

function toRecord(row: UidlRow): UidlRecord {
  return {
    uidl: row.uidl,
    message: row.message_id as MessageId | null,
    state: row.state as UidlState,
    downloadedAt: row.downloaded_at,
    mark: row.mark as Mark | null,
    size: row.size,
    headerHash: row.header_hash && Buffer.from(row.header_hash).toString('hex'),
    goneAt: row.gone_at,
  }
}
