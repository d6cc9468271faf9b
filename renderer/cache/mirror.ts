import type { Folder } from '../../shared/domain/folder.ts'
import type { FolderId, MessageId } from '../../shared/domain/ids.ts'
import type { Message } from '../../shared/domain/message.ts'
import type { SortKey } from '../../shared/domain/view.ts'
import { type CacheDatabase, database, type FirstRows } from './database.ts'

const keptRows = 60
const keptMessages = 50

export interface FeedPosition {
  readonly storeId: string
  readonly seq: number
}

/** All of this is a copy of what was last on screen. It may vanish at any time, so a failure here never disturbs anybody. */
export async function readPosition(db: CacheDatabase = database): Promise<FeedPosition | undefined> {
  return (await db.state.get('position'))?.value as FeedPosition | undefined
}

/** For another store the copy is of no use: it goes, and the new position is noted. */
export async function beginMirror(position: FeedPosition, db: CacheDatabase = database): Promise<void> {
  await db.transaction('rw', [db.state, db.folders, db.firstRows, db.messages], async () => {
    const before = await readPosition(db)
    if (before?.storeId !== position.storeId) await clearMirror(db)
    await db.state.put({ key: 'position', value: position })
  })
}

export async function clearMirror(db: CacheDatabase = database): Promise<void> {
  await Promise.all([db.state.clear(), db.folders.clear(), db.firstRows.clear(), db.messages.clear()])
}

export async function readFolders(db: CacheDatabase = database): Promise<readonly Folder[]> {
  return db.folders.toArray()
}

export async function writeFolders(folders: readonly Folder[], db: CacheDatabase = database): Promise<void> {
  await db.transaction('rw', db.folders, async () => {
    await db.folders.clear()
    await db.folders.bulkPut([...folders])
  })
}

export const orderKey = (sort: SortKey, descending: boolean) => `${sort} ${descending ? 'down' : 'up'}`

export async function readFirstRows(folder: FolderId, order: string, db: CacheDatabase = database): Promise<FirstRows | undefined> {
  const found = await db.firstRows.get(folder)
  return found?.order === order ? found : undefined
}

export async function writeFirstRows(first: FirstRows, db: CacheDatabase = database): Promise<void> {
  await db.firstRows.put({ ...first, rows: first.rows.slice(0, keptRows) })
}

export async function findReadMessage(id: MessageId, db: CacheDatabase = database): Promise<Message | undefined> {
  return (await db.messages.get(id).catch(() => undefined))?.message
}

/** Kept once the window has nothing better to do; the oldest go. */
export function rememberMessage(message: Message, db: CacheDatabase = database): void {
  // Large texts would make opening the mirror slow, which is what it is there to avoid.
  if ((message.text?.length ?? 0) > 200_000) return
  whenIdle(async () => {
    await db.messages.put({ id: message.summary.id, readAt: Date.now(), message })
    const surplus = (await db.messages.count()) - keptMessages
    if (surplus > 0) await db.messages.orderBy('readAt').limit(surplus).delete()
  })
}

/** Runs work for the mirror in a quiet moment. */
export function whenIdle(work: () => Promise<unknown>): void {
  const run = () => void work().catch(() => undefined) // a full or forbidden storage only costs the quick first paint
  if (typeof requestIdleCallback === 'function') requestIdleCallback(run, { timeout: 2000 })
  else setTimeout(run, 0)
}
