import type { FolderRole, FolderSync } from '../domain/folder.ts'
import type { SortKey } from '../domain/view.ts'

export type ColumnKey = SortKey
export type ThemeChoice = 'system' | 'light' | 'dark'
export type TextSize = 'largest' | 'larger' | 'medium' | 'smaller' | 'smallest'
export type PreviewPlace = 'below' | 'beside' | 'off'

/** All that decides whether a command can act and whether it is ticked: small, plain, the same for menus, toolbars and keys. */
export interface CommandContext {
  readonly hasAccount: boolean
  readonly hasPop3Account: boolean
  /** Of messages on POP3 servers, in any folder. */
  readonly hasMarks: boolean
  readonly hasImapAccount: boolean
  readonly isOffline: boolean
  readonly isRunning: boolean
  readonly folder: {
    readonly role: FolderRole
    readonly isOnServer: boolean
    readonly total: number
    readonly unread: number
    /** Holds messages, and not only other folders or a calendar. */
    readonly holdsMail: boolean
    /** Can be renamed, moved and deleted. */
    readonly isOwn: boolean
    readonly sync: FolderSync
  } | null
  /** An IMAP account, or a folder of one, is selected in the folder list. */
  readonly isInImapAccount: boolean
  readonly showsDeleted: boolean
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
    /** Some message is only its header, the rest of it on an IMAP server, and is not marked for offline. */
    readonly anyToDownload: boolean
    /** Some message is marked for offline. */
    readonly anyForOffline: boolean
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
