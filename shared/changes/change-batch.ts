import type { Folder } from '../domain/folder.ts'
import type { FolderId, MessageId } from '../domain/ids.ts'
import type { MessageSummary } from '../domain/message.ts'

/** What one transaction changed. `seq` rises by one with each batch of a store. */
export interface ChangeBatch {
  readonly storeId: string
  readonly seq: number
  /** Some account was added, changed or removed: read the list again. */
  readonly accounts: boolean
  /** Settings such as Work Offline changed: read them again. */
  readonly settings: boolean
  /** What waits for a server is another list than before: read it again. */
  readonly operations: boolean
  /** Folders that are new or whose counts, name or place changed, as they are now. */
  readonly folders: readonly Folder[]
  readonly removedFolders: readonly FolderId[]
  /** Rows that were there before and look different now. */
  readonly changed: readonly MessageSummary[]
  readonly removed: readonly MessageId[]
  /** Folders that got or lost rows: lists of them are no longer what they were. */
  readonly reshaped: readonly FolderId[]
}

export function emptyBatch(storeId: string, seq: number): ChangeBatch {
  return {
    storeId,
    seq,
    accounts: false,
    settings: false,
    operations: false,
    folders: [],
    removedFolders: [],
    changed: [],
    removed: [],
    reshaped: [],
  }
}

/** Two batches as one: what is true after both. The later one must follow the earlier one. */
export function squash(earlier: ChangeBatch, later: ChangeBatch): ChangeBatch {
  const gone = new Set(later.removed)
  const goneFolders = new Set(later.removedFolders)
  const folders = new Map(earlier.folders.map((folder) => [folder.id, folder]))
  for (const folder of later.folders) folders.set(folder.id, folder)
  const changed = new Map(earlier.changed.map((row) => [row.id, row]))
  for (const row of later.changed) changed.set(row.id, row)
  return {
    storeId: later.storeId,
    seq: later.seq,
    accounts: earlier.accounts || later.accounts,
    settings: earlier.settings || later.settings,
    operations: earlier.operations || later.operations,
    folders: [...folders.values()].filter((folder) => !goneFolders.has(folder.id)),
    removedFolders: [...new Set([...earlier.removedFolders, ...later.removedFolders])],
    changed: [...changed.values()].filter((row) => !gone.has(row.id)),
    removed: [...new Set([...earlier.removed, ...later.removed])],
    reshaped: [...new Set([...earlier.reshaped, ...later.reshaped])],
  }
}
