import type { CommandContext } from '../../shared/commands/context.ts'
import type { EngineClient } from '../../shared/contract/engine-contract.ts'
import type { HostClient, HostInfo } from '../../shared/contract/host-contract.ts'
import type { Folder } from '../../shared/domain/folder.ts'
import type { AccountId, FolderId, MessageId } from '../../shared/domain/ids.ts'
import type { MessageSummary } from '../../shared/domain/message.ts'
import type { SortKey } from '../../shared/domain/view.ts'
import type { ErrorInfo } from '../../shared/errors/mail-error.ts'
import type { LayoutStore } from '../cache/layout.ts'
import type { QuietNotice } from '../cache/quiet-notices.ts'
import type { LiveData } from '../live/live-data.ts'

export type DialogRequest =
  | { readonly kind: 'waiting-operations' }
  /** Show/Hide IMAP Folders; null: of the first account. */
  | { readonly kind: 'imap-folders'; readonly account: AccountId | null }
  | { readonly kind: 'new-folder'; readonly parent: FolderPlace }
  | { readonly kind: 'rename-folder'; readonly folder: Folder }
  | { readonly kind: 'pick-folder'; readonly picking: FolderPicking }
  | { readonly kind: 'about' | 'accounts' | 'options' | 'support' | 'wizard' | 'remote-connection' }
  /** Messages of which only the header is here: what shall become of them? */
  | { readonly kind: 'remote-messages'; readonly rows: readonly MessageSummary[] }
  | { readonly kind: 'source'; readonly url: string }
  | { readonly kind: 'error'; readonly title: string; readonly error: ErrorInfo }
  | {
      readonly kind: 'question'
      readonly text: string
      /** What follows, in a second sentence. */
      readonly note?: string
      /** The question has "don't ask again"; once that was ticked it is not asked, and counts as answered with yes. */
      readonly quiet?: QuietNotice
      /** The first line of the error dialog, should the work fail. */
      readonly whatFailed: string
      readonly onYes: () => void | Promise<void>
    }

/** Where a folder is made or put: in an account or (null) in Local Folders, below a folder or (null) at the top. */
export interface FolderPlace {
  readonly account: AccountId | null
  readonly parent: FolderId | null
}

/** A question for a folder: Move to Folder, Copy to Folder, Move Folder, Go to Folder. */
export interface FolderPicking {
  readonly title: string
  readonly prompt: string
  /** The button that takes it. */
  readonly button: string
  /** The first line of the error dialog, should the work fail. */
  readonly whatFailed: string
  /** Selected at first. */
  readonly start: FolderId | null
  /** Accounts and Local Folders themselves can be picked too. */
  readonly withRoots: boolean
  /** Folders that are not shown in the folder list are offered as well. */
  readonly withHidden: boolean
  accepts(place: FolderPlace, folder: Folder | null): boolean
  onPick(place: FolderPlace): void | Promise<void>
}

/** What the commands of a window act on: the main window and the read window each have one. */
export interface CommandTarget {
  readonly engine: EngineClient
  readonly host: HostClient
  readonly hostInfo: HostInfo
  readonly live: LiveData
  readonly layout: LayoutStore
  context(): CommandContext
  folder(): Folder | null
  /** What is selected in the folder list, as a place for folders. */
  folderPlace(): FolderPlace
  openFolder(folder: FolderId): void
  /** Selected rows that are here; with a huge selection not all of them. */
  selectedRows(): readonly MessageSummary[]
  /** All of the selection, fetched if need be. */
  selectedIds(): Promise<readonly MessageId[]>
  /** The same with all that a row says: for what is done with some of them and not with others. */
  allSelectedRows(): Promise<readonly MessageSummary[]>
  /** What is selected is about to go, or to be struck through: the selection moves on. */
  moveOn(): void
  selectAll(): Promise<void>
  go(step: 'next' | 'previous' | 'next-unread'): Promise<void>
  goToInbox(): void
  sortBy(sort: { readonly key?: SortKey; readonly descending?: boolean }): void
  focusSearch(): void
  cyclePanes(step: 1 | -1): void
  show(dialog: DialogRequest): void
  /** A short word in the status bar. */
  notify(text: string): void
  close(): void
}
