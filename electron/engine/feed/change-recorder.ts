import type { FolderId, MessageId } from '../../../shared/domain/ids.ts'

/** What became of one message between the beginning and the end of a transaction. */
export interface MessageChange {
  /** null: it was not there before. */
  readonly before: FolderId | null
  /** null: it is gone. */
  readonly after: FolderId | null
  readonly flags: boolean
  readonly content: boolean
}

export interface RecordedChanges {
  readonly accounts: boolean
  readonly settings: boolean
  readonly operations: boolean
  /** Folders whose own row changed; those that only gained or lost messages follow from `messages`. */
  readonly folders: ReadonlySet<FolderId>
  readonly removedFolders: ReadonlySet<FolderId>
  readonly messages: ReadonlyMap<MessageId, MessageChange>
}

/** Collects the rows touched inside a transaction, so that one commit makes one batch. */
export class ChangeRecorder {
  #accounts = false
  #settings = false
  #operations = false
  #folders = new Set<FolderId>()
  #removedFolders = new Set<FolderId>()
  #messages = new Map<MessageId, MessageChange>()

  get isEmpty(): boolean {
    const touched = this.#folders.size + this.#removedFolders.size + this.#messages.size
    return !this.#accounts && !this.#settings && !this.#operations && touched === 0
  }

  accountsChanged(): void {
    this.#accounts = true
  }

  settingsChanged(): void {
    this.#settings = true
  }

  operationsChanged(): void {
    this.#operations = true
  }

  folderChanged(folder: FolderId): void {
    this.#folders.add(folder)
  }

  folderRemoved(folder: FolderId): void {
    this.#folders.delete(folder)
    this.#removedFolders.add(folder)
  }

  messageAdded(message: MessageId, folder: FolderId): void {
    this.#messages.set(message, { before: null, after: folder, flags: false, content: false })
  }

  messageMoved(message: MessageId, from: FolderId, to: FolderId): void {
    const earlier = this.#messages.get(message) ?? { before: from, flags: false, content: false }
    this.#messages.set(message, { ...earlier, after: to })
  }

  messageRemoved(message: MessageId, folder: FolderId): void {
    const earlier = this.#messages.get(message)
    // Come and gone within one transaction: nobody ever saw it.
    if (earlier?.before === null) this.#messages.delete(message)
    else this.#messages.set(message, { before: earlier?.before ?? folder, after: null, flags: false, content: false })
  }

  flagsChanged(message: MessageId, folder: FolderId): void {
    this.#messages.set(message, { ...this.#changeOf(message, folder), flags: true })
  }

  contentChanged(message: MessageId, folder: FolderId): void {
    this.#messages.set(message, { ...this.#changeOf(message, folder), content: true })
  }

  /** Hands out what was collected and begins anew. */
  take(): RecordedChanges {
    const taken = {
      accounts: this.#accounts,
      settings: this.#settings,
      operations: this.#operations,
      folders: this.#folders,
      removedFolders: this.#removedFolders,
      messages: this.#messages,
    }
    this.#accounts = false
    this.#settings = false
    this.#operations = false
    this.#folders = new Set()
    this.#removedFolders = new Set()
    this.#messages = new Map()
    return taken
  }

  #changeOf(message: MessageId, folder: FolderId): MessageChange {
    return this.#messages.get(message) ?? { before: folder, after: folder, flags: false, content: false }
  }
}
