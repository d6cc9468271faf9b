import { type CacheDatabase, database } from './database.ts'

/** Boxes that a user has asked not to see again. */
export type QuietNotice = 'compose.noSubject' | 'compose.waitsInOutbox' | 'folder.hide' | 'folder.purge'

const key = 'quiet-notices'

export async function isQuiet(notice: QuietNotice, db: CacheDatabase = database): Promise<boolean> {
  // A cache that can't be read must not keep a message from going: the box is shown once more.
  const kept = await db.layout.get(key).catch(() => undefined)
  return Array.isArray(kept?.value) && kept.value.includes(notice)
}

export async function keepQuiet(notice: QuietNotice, db: CacheDatabase = database): Promise<void> {
  await db.transaction('rw', db.layout, async () => {
    const kept = (await db.layout.get(key))?.value
    const notices = new Set(Array.isArray(kept) ? kept : [])
    await db.layout.put({ key, value: [...notices.add(notice)] })
  })
}
