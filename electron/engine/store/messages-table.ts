import type { AccountId, FolderId, MessageId } from '../../../shared/domain/ids.ts'
import type { FlagName, Flags, MessageSummary } from '../../../shared/domain/message.ts'
import { MailError } from '../../../shared/errors/mail-error.ts'
import type { MessageFacts } from '../message-facts.ts'
import { bitsOf, toBits, toFlags } from './flag-bits.ts'
import type { IndexAccess } from './index-access.ts'
import type { BodyRef, MessageBodies } from './message-bodies.ts'
import {
  type DetailsRow,
  detailsColumns,
  factValues,
  type SummaryRow,
  summaryColumns,
  toDetails,
  toSummary,
  whole,
} from './message-rows.ts'
import type { MessageDetails } from './message-rows.ts'
import { SearchIndex } from './search-index.ts'
import { idList, type Query, sql } from './sql.ts'

export interface NewMessage {
  readonly folder: FolderId
  readonly account: AccountId | null
  readonly facts: MessageFacts
  readonly flags: Partial<Flags>
  /** Bytes as the server counts them. */
  readonly size: number
  /** Epoch ms. */
  readonly receivedAt: number
  /** null: only the header is here. */
  readonly body: BodyRef | null
  readonly uid?: number
  readonly uidl?: string
  readonly emailId?: string | null
}

interface Place {
  readonly id: MessageId
  readonly folder_id: FolderId
}

interface HeldPlace extends Place {
  readonly received_at: number
  readonly body_hash: Uint8Array | null
}

export interface ArrivedBody {
  readonly id: MessageId
  readonly body: BodyRef
  readonly facts: MessageFacts
}

/** Messages of all folders: their list rows, what synchronisation knows of them, and the words to find them by. */
export class MessagesTable {
  readonly #index: IndexAccess
  readonly #bodies: MessageBodies
  readonly #search: SearchIndex

  constructor(index: IndexAccess, bodies: MessageBodies) {
    this.#index = index
    this.#bodies = bodies
    this.#search = new SearchIndex(index)
  }

  add(message: NewMessage): MessageId {
    return this.#index.transactions.run(() => this.#insert(message))
  }

  addMany(messages: readonly NewMessage[]): MessageId[] {
    return this.#index.transactions.run(() => messages.map((message) => this.#insert(message)))
  }

  /** A header-only message becomes a downloaded one, with what its whole text says. */
  recordBody(id: MessageId, body: BodyRef, facts: MessageFacts): void {
    this.#index.transactions.run(() => {
      if (!this.recordBodies([{ id, body, facts }]).has(id)) throw missing(id)
    })
  }

  /** The same for many, in half of the time; a quarter when they come newest first. Returns which of the messages are still there. */
  recordBodies(arrived: readonly ArrivedBody[]): ReadonlySet<MessageId> {
    if (arrived.length === 0) return new Set()
    const { sql: db, transactions } = this.#index
    const bodies = new Map(arrived.map((each) => [each.id, each]))
    return transactions.run(() => {
      const held = db.all<HeldPlace>(sql`SELECT id, folder_id, received_at, body_hash FROM message WHERE id IN ${idList(bodies.keys())}`)
      const present = held.flatMap((place) => {
        const each = bodies.get(place.id)
        if (each) this.#fill(place, each)
        return each ?? []
      })
      this.#search.replaceMany(present)
      return new Set(held.map(({ id }) => id))
    }, 'full')
  }

  get(id: MessageId): MessageSummary {
    const message = this.find(id)
    if (!message) throw missing(id)
    return message
  }

  find(id: MessageId): MessageSummary | undefined {
    const row = this.#index.sql.get<SummaryRow>(sql`SELECT ${summaryColumns} FROM message WHERE id = ${id}`)
    return row && toSummary(row)
  }

  /** In the order asked for; missing ones are left out. */
  getMany(ids: readonly MessageId[]): MessageSummary[] {
    const rows = this.#index.sql.all<SummaryRow>(sql`SELECT ${summaryColumns} FROM message WHERE id IN ${idList(ids)}`)
    const summaries = new Map(rows.map((row) => [row.id, toSummary(row)]))
    return ids.flatMap((id) => summaries.get(id) ?? [])
  }

  details(id: MessageId): MessageDetails {
    const row = this.#index.sql.get<DetailsRow>(sql`SELECT ${summaryColumns}, ${detailsColumns} FROM message WHERE id = ${id}`)
    if (!row) throw missing(id)
    return toDetails(row)
  }

  setFlags(ids: readonly MessageId[], add: readonly FlagName[], remove: readonly FlagName[]): void {
    const { sql: db, transactions } = this.#index
    const next = sql`((flags | ${toBits(add)}) & ~${toBits(remove)})`
    transactions.run(() => {
      const touched = db.all<Place>(sql`
        UPDATE message SET flags = ${next} WHERE id IN ${idList(ids)} AND flags <> ${next} RETURNING id, folder_id`)
      for (const { id, folder_id } of touched) transactions.changes.flagsChanged(id, folder_id)
    })
  }

  /** A UID means something in its own folder only, so it does not go along. */
  move(ids: readonly MessageId[], folder: FolderId): void {
    const { sql: db, transactions } = this.#index
    transactions.run(() => {
      const moving = db.all<Place>(sql`SELECT id, folder_id FROM message WHERE id IN ${idList(ids)} AND folder_id <> ${folder}`)
      db.run(sql`UPDATE message SET folder_id = ${folder}, uid = NULL WHERE id IN ${idList(moving.map(({ id }) => id))}`)
      for (const { id, folder_id } of moving) transactions.changes.messageMoved(id, folder_id, folder)
    })
  }

  /** A second row with the same body, for a copy in another folder or the same. `facts` are for the search index only. */
  duplicate(id: MessageId, folder: FolderId, facts: MessageFacts): MessageId {
    const { sql: db, transactions } = this.#index
    return transactions.run(() => {
      const copy = db.run(sql`
        INSERT INTO message (folder_id, account_id, received_at, size, flags, email_id, body_hash, body_size, sent_at, priority,
          has_attachment, author, recipients, subject, author_key, recipients_key, subject_key, message_id, in_reply_to, thread_path)
        SELECT ${folder}, account_id, received_at, size, flags, email_id, body_hash, body_size, sent_at, priority,
          has_attachment, author, recipients, subject, author_key, recipients_key, subject_key, message_id, in_reply_to, thread_path
        FROM message WHERE id = ${id}`) as MessageId
      this.#search.add(copy, facts)
      transactions.changes.messageAdded(copy, folder)
      return copy
    })
  }

  /** For ever. Bodies that no other message shares go too, once the removal itself can't be undone by a loss of power. */
  remove(ids: readonly MessageId[]): void {
    const { sql: db, transactions } = this.#index
    if (ids.length === 0) return
    transactions.run(() => {
      const gone = db.all<Place & { body_hash: Uint8Array | null }>(
        sql`DELETE FROM message WHERE id IN ${idList(ids)} RETURNING id, folder_id, body_hash`,
      )
      for (const { id, folder_id } of gone) transactions.changes.messageRemoved(id, folder_id)
      this.#removeBodiesLater(gone.flatMap(({ body_hash }) => (body_hash ? Buffer.from(body_hash).toString('hex') : [])))
    }, 'full')
  }

  uidRows(folder: FolderId): { readonly id: MessageId; readonly uid: number; readonly flags: Flags }[] {
    return this.#index.sql
      .all<{ id: MessageId; uid: number; flags: number }>(
        sql`SELECT id, uid, flags FROM message WHERE folder_id = ${folder} AND uid IS NOT NULL ORDER BY uid`,
      )
      .map(({ id, uid, flags }) => ({ id, uid, flags: toFlags(flags) }))
  }

  findByUid(folder: FolderId, uid: number): MessageId | undefined {
    return this.#ids(sql`folder_id = ${folder} AND uid = ${uid}`)[0]
  }

  /** 0: no message of the folder has a UID. */
  maxUid(folder: FolderId): number {
    const row = this.#index.sql.get<{ uid: number | null }>(
      sql`SELECT max(uid) AS uid FROM message WHERE folder_id = ${folder} AND uid IS NOT NULL`,
    )
    return row?.uid ?? 0
  }

  /** Marked for offline: the next connection fetches the body, whatever the folder's setting. Those that are here stay as they are. */
  setWanted(ids: readonly MessageId[], wanted: boolean): void {
    const { sql: db, transactions } = this.#index
    transactions.run(() => {
      const touched = db.all<Place>(sql`
        UPDATE message SET wanted = ${wanted}
        WHERE id IN ${idList(ids)} AND wanted <> ${wanted} AND (body_hash IS NULL OR NOT ${wanted})
        RETURNING id, folder_id`)
      for (const { id, folder_id } of touched) transactions.changes.flagsChanged(id, folder_id)
    })
  }

  /** Header-only messages on a server whose body is to be fetched, oldest first. */
  wantedIn(folder: FolderId): MessageId[] {
    return this.#ids(sql`folder_id = ${folder} AND wanted = 1 AND body_hash IS NULL AND uid IS NOT NULL ORDER BY id`)
  }

  /** The server has said which UID a message has got, for example after a move (RFC 4315 COPYUID). */
  recordUid(id: MessageId, uid: number | null): void {
    this.#index.transactions.run(() => this.#index.sql.run(sql`UPDATE message SET uid = ${uid} WHERE id = ${id}`))
  }

  findByMessageIdHeader(folder: FolderId | null, header: string): MessageId[] {
    if (header === '') return []
    const here = folder === null ? sql`TRUE` : sql`+folder_id = ${folder}`
    return this.#ids(sql`message_id = ${header} AND message_id <> '' AND ${here} ORDER BY id`)
  }

  idsInFolder(folder: FolderId): MessageId[] {
    return this.#ids(sql`folder_id = ${folder}`)
  }

  /** Its messages stay, as those of no account. */
  forgetAccount(account: AccountId): void {
    const { sql: db, transactions } = this.#index
    transactions.run(() => {
      const touched = db.all<Place>(sql`UPDATE message SET account_id = NULL WHERE account_id = ${account} RETURNING id, folder_id`)
      for (const { id, folder_id } of touched) transactions.changes.contentChanged(id, folder_id)
    })
  }

  /** Those of the given bodies that no message points to. */
  unreferenced(hashes: readonly string[]): string[] {
    return hashes.filter((hash) => {
      const key = Buffer.from(hash, 'hex')
      return this.#index.sql.get(sql`SELECT 1 FROM message WHERE body_hash = ${key} LIMIT 1`) === undefined
    })
  }

  #insert({ facts, flags, body, ...message }: NewMessage): MessageId {
    const { sql: db, transactions } = this.#index
    const receivedAt = whole(message.receivedAt)
    const id = db.run(sql`
      INSERT INTO message (folder_id, account_id, received_at, size, flags, uid, uidl, email_id, body_hash, body_size,
        sent_at, priority, has_attachment, author, recipients, subject, author_key, recipients_key, subject_key,
        message_id, in_reply_to, thread_path)
      VALUES (${message.folder}, ${message.account}, ${receivedAt}, ${whole(message.size)}, ${bitsOf(flags)}, ${message.uid ?? null},
        ${message.uidl ?? null}, ${message.emailId ?? null}, ${body && Buffer.from(body.hash, 'hex')}, ${body && body.size},
        ${factValues(facts, receivedAt)})`) as MessageId
    this.#search.add(id, facts)
    transactions.changes.messageAdded(id, message.folder)
    if (body) transactions.afterCommit(() => this.#bodies.claimed(body.hash))
    return id
  }

  #fill({ folder_id, received_at, body_hash }: HeldPlace, { id, body, facts }: ArrivedBody): void {
    const { sql: db, transactions } = this.#index
    db.run(sql`
      UPDATE message SET body_hash = ${Buffer.from(body.hash, 'hex')}, body_size = ${body.size},
        (sent_at, priority, has_attachment, author, recipients, subject, author_key, recipients_key, subject_key,
         message_id, in_reply_to, thread_path) = (${factValues(facts, received_at)})
      WHERE id = ${id}`)
    transactions.changes.contentChanged(id, folder_id)
    transactions.afterCommit(() => this.#bodies.claimed(body.hash))
    const earlier = body_hash && Buffer.from(body_hash).toString('hex')
    if (earlier && earlier !== body.hash) this.#removeBodiesLater([earlier])
  }

  #removeBodiesLater(hashes: readonly string[]): void {
    if (hashes.length === 0) return
    this.#index.transactions.afterCommit(() => this.#bodies.removeMany(this.unreferenced(hashes)))
  }

  #ids(condition: Query): MessageId[] {
    return this.#index.sql.all<{ id: MessageId }>(sql`SELECT id FROM message WHERE ${condition}`).map(({ id }) => id)
  }
}

function missing(id: MessageId): MailError {
  return new MailError('message-missing', `There is no message ${id}.`)
}
