import type { FolderRole } from '../domain/folder.ts'
import type { SortKey } from '../domain/view.ts'

export type ColumnKey = SortKey
export type ThemeChoice = 'system' | 'light' | 'dark'
export type TextSize = 'largest' | 'larger' | 'medium' | 'smaller' | 'smallest'
export type PreviewPlace = 'below' | 'beside' | 'off'

/** All that decides whether a command can act and whether it is ticked: small, plain, the same for menus, toolbars and keys. */
export interface CommandContext {
  readonly hasAccount: boolean
  readonly hasPop3Account: boolean
  readonly isOffline: boolean
  readonly isRunning: boolean
  readonly folder: { readonly role: FolderRole; readonly isOnServer: boolean; readonly total: number; readonly unread: number } | null
  /** Deleted Items of Local Folders holds something. */
  readonly hasDeletedItems: boolean
  readonly selection: {
    readonly count: number
    readonly allSeen: boolean
    readonly noneSeen: boolean
    readonly allFlagged: boolean
    readonly anyMarkedDeleted: boolean
    /** Some message is only its header, the rest of it on a POP3 server. */
    readonly anyRemote: boolean
    /** Some message is marked for the next connection to a POP3 server. */
    readonly anyMarked: boolean
    /** Exactly one message, and it was written here and not sent yet. */
    readonly isDraft: boolean
  }
  readonly sort: { readonly key: SortKey; readonly descending: boolean }
  readonly columns: readonly ColumnKey[]
  readonly layout: {
    readonly preview: PreviewPlace
    readonly folderList: boolean
    readonly folderBar: boolean
    readonly statusBar: boolean
    readonly toolbar: boolean
    readonly remoteToolbar: boolean
  }
  readonly textSize: TextSize
  readonly theme: ThemeChoice
}
