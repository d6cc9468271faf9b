import type { AccountId, FolderId } from './ids.ts'

export type FolderRole = 'inbox' | 'outbox' | 'sent' | 'drafts' | 'deleted' | 'junk' | 'archive' | 'none'

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
  readonly total: number
  readonly unread: number
  /** When the server was last asked and answered, epoch ms. */
  readonly lastCheckedAt: number | null
}
