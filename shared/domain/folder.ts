import type { AccountId, FolderId } from './ids.ts'

export type FolderRole = 'inbox' | 'outbox' | 'sent' | 'drafts' | 'deleted' | 'junk' | 'archive' | 'none'

/** What a folder of a groupware server holds; such servers show calendars and contacts over IMAP as if they were mail. */
export type FolderContent = 'mail' | 'calendar' | 'tasks' | 'contacts' | 'notes' | 'journal'

/** What Synchronize fetches: nothing, headers, bodies of what is new as well, or every body. Opening a folder always fetches headers. */
export type FolderSync = 'none' | 'headers' | 'new' | 'all'

export interface Folder {
  readonly id: FolderId
  /** null: one of Local Folders, which have no server. */
  readonly account: AccountId | null
  readonly parent: FolderId | null
  /** The last part of the path, as shown. */
  readonly name: string
  /** Unique within its account; on a server the server's own path, decoded. */
  readonly path: string
  readonly role: FolderRole
  /** false for a server folder that only has children. */
  readonly selectable: boolean
  readonly content: FolderContent
  /** Shown in the folder list; on an IMAP server that means subscribed. */
  readonly isShown: boolean
  readonly sync: FolderSync
  readonly total: number
  readonly unread: number
  /** When the server was last asked and answered, epoch ms. */
  readonly lastCheckedAt: number | null
}

/** How much of a folder is on this computer. */
export interface OfflineState {
  readonly folder: FolderId
  readonly messages: number
  /** Whose whole text is here. */
  readonly bodies: number
  /** Bytes, as the server counts them, of the bodies that are not. */
  readonly missingBytes: number
}
