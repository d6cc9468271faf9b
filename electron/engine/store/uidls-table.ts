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
  /** Known under this UIDL by size and place alone; its header was not looked at since the server has renumbered its mail (P17). */
  readonly isPresumed: boolean
}

type Optional = 'mark' | 'size' | 'headerHash' | 'goneAt' | 'isPresumed'
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
  readonly is_presumed: number
}

interface Marked {
  readonly id: MessageId
  readonly folder_id: FolderId
}

const noUidls: ReadonlySet<string> = new Set()

const columns = sql`uidl, message_id, state, downloaded_at, mark, size, header_hash, gone_at, is_presumed`

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
      for (const { uidl, message, state, downloadedAt, mark, size, headerHash, goneAt, isPresumed } of records) {
        const hash = headerHash ? Buffer.from(headerHash, 'hex') : null
        this.#index.sql.run(sql`
          INSERT INTO uidl (account_id, uidl, message_id, state, downloaded_at, mark, size, header_hash, gone_at, is_presumed)
          VALUES (${account}, ${uidl}, ${message}, ${state}, ${downloadedAt}, ${mark ?? null}, ${size ?? null}, ${hash}, ${goneAt ?? null},
                  ${isPresumed ?? false})
          ON CONFLICT (account_id, uidl) DO UPDATE
          SET message_id = excluded.message_id, state = excluded.state, downloaded_at = excluded.downloaded_at, mark = excluded.mark,
              size = excluded.size, header_hash = excluded.header_hash, gone_at = excluded.gone_at,
              is_presumed = excluded.is_presumed`)
      }
    })
  }

  setState(account: AccountId, uidls: readonly string[], state: UidlState): void {
    this.#index.transactions.run(() => {
      for (const uidl of uidls) this.#index.sql.run(sql`UPDATE uidl SET state = ${state} WHERE account_id = ${account} AND uidl = ${uidl}`)
    })
  }

  /** The server has given messages that we know other UIDLs: names new and old. `presumed` holds new ones, see `isPresumed`. */
  rename(account: AccountId, names: ReadonlyMap<string, string>, presumed: ReadonlySet<string> = noUidls): void {
    if (names.size === 0) return
    this.#index.transactions.run(() => {
      const known = this.known(account)
      // They may have changed places, so all old names go before the first new one comes.
      this.forget(account, [...names.values()])
      this.record(
        account,
        [...names].flatMap(([to, from]) => {
          const record = known.get(from)
          return record ? { ...record, uidl: to, goneAt: null, isPresumed: presumed.has(to) } : []
        }),
      )
    })
  }

  /** The headers of these were looked at, and they are what they were taken for. */
  setProven(account: AccountId, uidls: readonly string[]): void {
    this.#index.transactions.run(() => {
      for (const uidl of uidls) this.#index.sql.run(sql`UPDATE uidl SET is_presumed = 0 WHERE account_id = ${account} AND uidl = ${uidl}`)
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
    const fitting = mark === 'delete' || mark === null ? sql`uidl.state IN ('header-only', 'downloaded')` : sql`uidl.state = 'header-only'`
    this.#markWhere(sql`uidl.message_id IN ${idList(messages)} AND ${fitting}`, mark)
  }

  /** null: those of every account. */
  clearMarks(account: AccountId | null): void {
    const open = sql`NOT (uidl.state = 'downloaded' AND uidl.mark = 'retrieve-copy')`
    this.#markWhere(account === null ? open : sql`uidl.account_id = ${account} AND ${open}`, null)
  }

  /** Marks that the next connection is to carry out, by account and kind. */
  markCounts(): readonly { readonly account: AccountId; readonly mark: Mark; readonly count: number }[] {
    return this.#index.sql.all(sql`
      SELECT account_id AS account, mark, count(*) AS count FROM uidl
      WHERE mark IS NOT NULL AND NOT (state = 'downloaded' AND mark = 'retrieve-copy')
      GROUP BY account_id, mark ORDER BY account_id`)
  }

  /** The user has deleted these for ever here: with them, what the server holds may go too, where the account wants that. */
  queueDeletion(messages: readonly MessageId[], accounts: readonly AccountId[]): void {
    this.#index.transactions.run(() =>
      this.#index.sql.run(sql`
        UPDATE uidl SET state = 'to-be-deleted', mark = NULL
        WHERE message_id IN ${idList(messages)} AND account_id IN ${idList(accounts)} AND state = 'downloaded'`),
    )
  }

  /** The server has said that these are deleted. */
  settleDeleted(account: AccountId, uidls: readonly string[]): void {
    const { sql: db, transactions } = this.#index
    transactions.run(() => {
      for (const uidl of uidls) {
        const touched = db.all<Marked>(sql`
          SELECT message.id, message.folder_id FROM uidl JOIN message ON message.id = uidl.message_id
          WHERE uidl.account_id = ${account} AND uidl.uidl = ${uidl} AND uidl.mark IS NOT NULL`)
        db.run(sql`UPDATE uidl SET state = 'deleted', mark = NULL WHERE account_id = ${account} AND uidl = ${uidl}`)
        for (const { id, folder_id } of touched) transactions.changes.contentChanged(id, folder_id)
      }
    })
  }

  /** The options have changed: what was due by the old ones is judged again. What the user deleted here stays due if `keepDeleted`. */
  reconsider(account: AccountId, keepDeleted: boolean): void {
    this.#index.transactions.run(() =>
      this.#index.sql.run(sql`
        UPDATE uidl SET state = 'downloaded'
        WHERE account_id = ${account} AND state = 'to-be-deleted' AND (message_id IS NOT NULL OR NOT ${keepDeleted})`),
    )
  }

  /** Whether a message is known to be on a POP3 server, by its row. */
  isOnServer(message: MessageId): boolean {
    return (
      this.#index.sql.get(sql`SELECT 1 FROM uidl WHERE message_id = ${message} AND gone_at IS NULL AND state <> 'deleted'`) !== undefined
    )
  }

  /** Whether mail is here that came by POP3, and from this account or one that is no more. */
  hasMail(account: AccountId): boolean {
    const row = this.#index.sql.get(sql`
      SELECT 1 FROM message WHERE uidl IS NOT NULL AND body_hash IS NOT NULL AND (account_id IS NULL OR account_id = ${account}) LIMIT 1`)
    return row !== undefined
  }

  /** Mail that is here turned out to be that of the account. */
  adopt(account: AccountId, records: readonly NewUidl[]): void {
    const { sql: db, transactions } = this.#index
    transactions.run(() => {
      this.record(account, records)
      const ids = idList(records.flatMap(({ message }) => message ?? []))
      const touched = db.all<Marked>(sql`
        UPDATE message SET account_id = ${account} WHERE id IN ${ids} AND account_id IS NULL RETURNING id, folder_id`)
      for (const { id, folder_id } of touched) transactions.changes.contentChanged(id, folder_id)
    })
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
    isPresumed: row.is_presumed === 1,
  }
}
