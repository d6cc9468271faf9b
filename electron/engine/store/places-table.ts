import type { FolderId, MessageId } from '../../../shared/domain/ids.ts'
import type { Flags } from '../../../shared/domain/message.ts'
import { toFlags } from './flag-bits.ts'
import type { IndexAccess } from './index-access.ts'
import { whole } from './message-rows.ts'
import { sql } from './sql.ts'

/** Which message a folder's server has under a UID. */
export interface PlacedRow {
  readonly id: MessageId
  readonly uid: number
  readonly flags: Flags
}

/** A message in a folder of a server under a UID that is not known, and what it can be recognised by. */
export interface UnplacedRow {
  readonly id: MessageId
  readonly emailId: string | null
  /** With angle brackets, or ''. */
  readonly messageIdHeader: string
  readonly size: number
  readonly subject: string
  readonly sentAt: number
  readonly flags: Flags
}

export interface BodilessRow {
  readonly id: MessageId
  readonly uid: number
  /** Bytes as the server counts them. */
  readonly size: number
  readonly isSeen: boolean
  /** Marked for offline. */
  readonly isWanted: boolean
}

interface FlagRow {
  readonly id: MessageId
  readonly uid: number
  readonly flags: number
}

/** Where messages stand on their IMAP server. */
export class PlacesTable {
  readonly #index: IndexAccess

  constructor(index: IndexAccess) {
    this.#index = index
  }

  /** Messages with a UID below this one. */
  countBelow(folder: FolderId, uid: number): number {
    const row = this.#index.sql.get<{ count: number }>(
      sql`SELECT count(*) AS count FROM message WHERE folder_id = ${folder} AND uid IS NOT NULL AND uid < ${uid}`,
    )
    return row?.count ?? 0
  }

  /** Rising. */
  uids(folder: FolderId): number[] {
    return this.#index.sql
      .all<{ uid: number }>(sql`SELECT uid FROM message WHERE folder_id = ${folder} AND uid IS NOT NULL ORDER BY uid`)
      .map(({ uid }) => uid)
  }

  /** Both ends included. */
  between(folder: FolderId, { from, to }: { readonly from: number; readonly to: number }): PlacedRow[] {
    return this.#index.sql
      .all<FlagRow>(
        sql`SELECT id, uid, flags FROM message
            WHERE folder_id = ${folder} AND uid IS NOT NULL AND uid BETWEEN ${from} AND ${to} ORDER BY uid`,
      )
      .map((row) => ({ id: row.id, uid: row.uid, flags: toFlags(row.flags) }))
  }

  unplaced(folder: FolderId): UnplacedRow[] {
    const known = this.#index.sql.get<{ total: number }>(sql`SELECT total FROM folder WHERE id = ${folder}`)
    // Most often there are none, and only the others have an index.
    if (this.countBelow(folder, Number.MAX_SAFE_INTEGER) >= (known?.total ?? 0)) return []
    return this.#index.sql
      .all<Omit<UnplacedRow, 'flags'> & { readonly flags: number }>(
        sql`SELECT id, email_id AS emailId, message_id AS messageIdHeader, size, subject, sent_at AS sentAt, flags
            FROM message WHERE folder_id = ${folder} AND uid IS NULL ORDER BY id`,
      )
      .map((row) => ({ ...row, flags: toFlags(row.flags) }))
  }

  /** Messages whose body is on the server only, newest first. */
  bodiless(folder: FolderId): BodilessRow[] {
    return this.#index.sql
      .all<{ readonly id: MessageId; readonly uid: number; readonly size: number; readonly seen: number; readonly wanted: number }>(
        sql`SELECT id, uid, size, flags & 1 AS seen, wanted FROM message
            WHERE folder_id = ${folder} AND uid IS NOT NULL AND body_hash IS NULL ORDER BY uid DESC`,
      )
      .map(({ seen, wanted, ...row }) => ({ ...row, isSeen: seen === 1, isWanted: wanted === 1 }))
  }

  /** The server has turned out to have the message under this UID, which must be free. */
  record(id: MessageId, { uid, emailId, size }: { readonly uid: number; readonly emailId: string | null; readonly size: number }): void {
    this.#index.transactions.run(() =>
      // Nothing that a window shows: no change is recorded.
      this.#index.sql.run(sql`
        UPDATE message SET uid = ${uid}, email_id = ifnull(${emailId}, email_id), size = ${whole(size)} WHERE id = ${id}`),
    )
  }

  /** The folder's UIDVALIDITY has changed: its messages are there still, but nobody knows where. */
  forgetUids(folder: FolderId): void {
    this.#index.transactions.run(() =>
      this.#index.sql.run(sql`UPDATE message SET uid = NULL WHERE folder_id = ${folder} AND uid IS NOT NULL`),
    )
  }
}
