import type { ChangeBatch } from '../../shared/changes/change-batch.ts'
import type { CacheDatabase } from './database.ts'
import { database } from './database.ts'
import { clearMirror, readPosition } from './mirror.ts'

/**
 * Brings the mirror from position `since` up to a batch, in one transaction. If the mirror does not stand at `since`, or belongs to
 * another store, it can't know what it missed: it is emptied and begins again.
 */
export async function applyChanges(
  batch: ChangeBatch,
  since: number = batch.seq - 1,
  db: CacheDatabase = database,
): Promise<'applied' | 'known' | 'start-over'> {
  return db.transaction('rw', [db.state, db.folders, db.firstRows, db.messages], async () => {
    const position = await readPosition(db)
    const isSameStore = position?.storeId === batch.storeId
    if (isSameStore && batch.seq <= position.seq) return 'known'
    const follows = isSameStore && since <= position.seq
    if (!follows) await clearMirror(db)
    else await apply(batch, db)
    await db.state.put({ key: 'position', value: { storeId: batch.storeId, seq: batch.seq } })
    return follows ? 'applied' : 'start-over'
  })
}

async function apply(batch: ChangeBatch, db: CacheDatabase): Promise<void> {
  await db.folders.bulkDelete([...batch.removedFolders])
  await db.firstRows.bulkDelete([...batch.removedFolders])
  await db.folders.bulkPut([...batch.folders])
  await db.messages.bulkDelete([...batch.removed])
  if (batch.changed.length === 0 && batch.removed.length === 0) return
  const changed = new Map(batch.changed.map((row) => [row.id, row]))
  const removed = new Set(batch.removed)
  await db.firstRows.toCollection().modify((first, reference) => {
    if (!first.rows.some((row) => changed.has(row.id) || removed.has(row.id))) return
    const rows = first.rows.filter((row) => !removed.has(row.id)).map((row) => changed.get(row.id) ?? row)
    reference.value = { ...first, rows, total: first.total - (first.rows.length - rows.length) }
  })
  await db.messages.toCollection().modify((kept, reference) => {
    const row = changed.get(kept.id)
    if (row) reference.value = { ...kept, message: { ...kept.message, summary: row } }
  })
}
