import { Dexie, type Table } from 'dexie'
import type { Draft } from '../../shared/domain/draft.ts'
import type { Folder } from '../../shared/domain/folder.ts'
import type { FolderId, MessageId } from '../../shared/domain/ids.ts'
import type { Message, MessageSummary } from '../../shared/domain/message.ts'

export interface FirstRows {
  readonly folder: FolderId
  readonly total: number
  /** How they were sorted; rows in another order are of no use for the first paint. */
  readonly order: string
  readonly rows: readonly MessageSummary[]
}

export interface ReadMessage {
  readonly id: MessageId
  readonly readAt: number
  readonly message: Message
}

export interface AutosavedDraft {
  readonly key: string
  /** Epoch ms. */
  readonly savedAt: number
  readonly draft: Draft
}

export interface Entry {
  readonly key: string
  readonly value: unknown
}

/** `state`, `folders`, `firstRows` and `messages` mirror the engine and may vanish; `layout` and `autosaves` live only here. */
export class CacheDatabase extends Dexie {
  declare readonly state: Table<Entry, string>
  declare readonly folders: Table<Folder, FolderId>
  declare readonly firstRows: Table<FirstRows, FolderId>
  declare readonly messages: Table<ReadMessage, MessageId>
  declare readonly layout: Table<Entry, string>
  declare readonly autosaves: Table<AutosavedDraft, string>

  constructor(name = 'postrider') {
    super(name)
    this.version(1).stores({
      state: 'key',
      folders: 'id',
      firstRows: 'folder',
      messages: 'id, readAt',
      layout: 'key',
      autosaves: 'key, savedAt',
    })
    // Folders of earlier versions do not know whether they are shown: they are read anew.
    this.version(2).upgrade((upgrade) => upgrade.table('folders').clear())
  }
}

export const database = new CacheDatabase()
