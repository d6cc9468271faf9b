import type { Folder, FolderContent, FolderRole, FolderSync, OfflineState } from '../../../shared/domain/folder.ts'
import type { AccountId, FolderId } from '../../../shared/domain/ids.ts'
import { MailError } from '../../../shared/errors/mail-error.ts'
import type { IndexAccess } from './index-access.ts'
import type { MessagesTable } from './messages-table.ts'
import { join, type Query, sql } from './sql.ts'

export interface NewFolder {
  readonly account: AccountId | null
  readonly parent: FolderId | null
  readonly name: string
  readonly path: string
  readonly role: FolderRole
  readonly selectable: boolean
  /** Left out: mail. */
  readonly content?: FolderContent
  /** Left out: shown. */
  readonly isShown?: boolean
  /** Left out: none. */
  readonly sync?: FolderSync
}

/** How far our copy of an IMAP folder goes (RFC 9051 2.3.1, RFC 7162). 64-bit numbers as decimal text. */
export interface ImapSyncState {
  readonly uidValidity: string | null
  readonly uidNext: number | null
  readonly highestModSeq: string | null
}

interface FolderRow {
  readonly id: number
  readonly account_id: number | null
  readonly parent_id: number | null
  readonly name: string
  readonly path: string
  readonly role: string
  readonly selectable: number
  readonly content: string
  readonly is_shown: number
  readonly sync: string
  readonly total: number
  readonly unread: number
  readonly last_checked_at: number | null
}

const columns = sql`id, account_id, parent_id, name, path, role, selectable, content, is_shown, sync, total, unread,
  last_checked_at`

/** Folders with their counters, which triggers keep exact whatever happens to messages. */
export class FoldersTable {
  readonly #index: IndexAccess
  readonly #messages: MessagesTable

  constructor(index: IndexAccess, messages: MessagesTable) {
    this.#index = index
    this.#messages = messages
  }

  list(): Folder[] {
    return this.#index.sql.all<FolderRow>(sql`SELECT ${columns} FROM folder ORDER BY id`).map(toFolder)
  }

  get(id: FolderId): Folder {
    const folder = this.findById(id)
    if (!folder) throw new MailError('bad-input', `There is no folder ${id}.`)
    return folder
  }

  findById(id: FolderId): Folder | undefined {
    return this.#findOne(sql`id = ${id}`)
  }

  find(account: AccountId | null, path: string): Folder | undefined {
    return this.#findOne(sql`ifnull(account_id, 0) = ${account ?? 0} AND path = ${path}`)
  }

  byRole(account: AccountId | null, role: FolderRole): Folder | undefined {
    return this.#findOne(sql`ifnull(account_id, 0) = ${account ?? 0} AND role = ${role}`)
  }

  add(folder: NewFolder): Folder {
    return this.#index.transactions.run(() => {
      this.#refuseTwin(folder, null)
      const row = this.#index.sql.get<FolderRow>(sql`
        INSERT INTO folder (account_id, parent_id, name, path, role, selectable, content, is_shown, sync)
        VALUES (${folder.account}, ${folder.parent}, ${folder.name}, ${folder.path}, ${folder.role}, ${folder.selectable},
          ${folder.content ?? 'mail'}, ${folder.isShown ?? true}, ${folder.sync ?? 'none'})
        RETURNING ${columns}`)
      if (!row) throw new MailError('bug', 'A new folder is missing.')
      this.#index.transactions.changes.folderChanged(row.id as FolderId)
      return toFolder(row)
    })
  }

  update(id: FolderId, change: Partial<NewFolder>): void {
    this.#index.transactions.run(() => {
      const before = this.get(id)
      const folder = { ...before, ...change }
      if (folder.path !== before.path || folder.account !== before.account) this.#refuseTwin(folder, id)
      this.#set(
        id,
        sql`account_id = ${folder.account}, parent_id = ${folder.parent}, name = ${folder.name}, path = ${folder.path},
            role = ${folder.role}, selectable = ${folder.selectable}, content = ${folder.content}, is_shown = ${folder.isShown},
            sync = ${folder.sync}`,
      )
    })
  }

  /** The folder and its messages go; its child folders move to the top. The five Local Folders can't be removed. */
  remove(id: FolderId): void {
    const { sql: db, transactions } = this.#index
    transactions.run(() => {
      const folder = this.get(id)
      if (folder.account === null && folder.role !== 'none') throw new MailError('bad-input', `${folder.name} can't be removed.`)
      this.#messages.remove(this.#messages.idsInFolder(id))
      for (const child of db.all<{ id: FolderId }>(sql`SELECT id FROM folder WHERE parent_id = ${id}`)) {
        transactions.changes.folderChanged(child.id)
      }
      db.run(sql`DELETE FROM folder WHERE id = ${id}`)
      transactions.changes.folderRemoved(id)
    })
  }

  /** Counted anew with each call: nothing that a list on screen should ask for often. */
  offlineStates(account: AccountId): OfflineState[] {
    return this.#index.sql.all<OfflineState>(sql`
      SELECT folder.id AS folder, count(message.id) AS messages, count(message.body_hash) AS bodies,
        ifnull(sum(CASE WHEN message.body_hash IS NULL THEN message.size END), 0) AS missingBytes
      FROM folder LEFT JOIN message ON message.folder_id = folder.id
      WHERE folder.account_id = ${account} GROUP BY folder.id ORDER BY folder.id`)
  }

  setChecked(id: FolderId, at: number): void {
    this.#index.transactions.run(() => this.#set(id, sql`last_checked_at = ${Math.trunc(at)}`))
  }

  syncState(id: FolderId): ImapSyncState {
    const state = this.#index.sql.get<ImapSyncState>(sql`
      SELECT uid_validity AS uidValidity, uid_next AS uidNext, highest_mod_seq AS highestModSeq FROM folder WHERE id = ${id}`)
    if (!state) throw new MailError('bad-input', `There is no folder ${id}.`)
    return { ...state }
  }

  setSyncState(id: FolderId, state: ImapSyncState): void {
    this.#index.transactions.run(() =>
      // Nothing that a window shows: no change is recorded.
      this.#index.sql.run(sql`
        UPDATE folder SET uid_validity = ${state.uidValidity}, uid_next = ${state.uidNext}, highest_mod_seq = ${state.highestModSeq}
        WHERE id = ${id}`),
    )
  }

  #set(id: FolderId, assignments: Query): void {
    this.#index.sql.run(sql`UPDATE folder SET ${assignments} WHERE id = ${id}`)
    this.#index.transactions.changes.folderChanged(id)
  }

  #refuseTwin({ account, path }: NewFolder, self: FolderId | null): void {
    const twin = this.find(account, path)
    if (twin && twin.id !== self) throw new MailError('bad-input', `There is already a folder ${path}.`, { path })
  }

  #findOne(condition: Query): Folder | undefined {
    const row = this.#index.sql.get<FolderRow>(join([sql`SELECT ${columns} FROM folder WHERE`, condition, sql`ORDER BY id LIMIT 1`], ' '))
    return row && toFolder(row)
  }
}

function toFolder(row: FolderRow): Folder {
  return {
    id: row.id as FolderId,
    account: row.account_id as AccountId | null,
    parent: row.parent_id as FolderId | null,
    name: row.name,
    path: row.path,
    role: row.role as FolderRole,
    selectable: row.selectable === 1,
    content: row.content as FolderContent,
    isShown: row.is_shown === 1,
    sync: row.sync as FolderSync,
    total: row.total,
    unread: row.unread,
    lastCheckedAt: row.last_checked_at,
  }
}
