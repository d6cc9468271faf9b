import type { Draft } from '../../shared/domain/draft.ts'
import { type AutosavedDraft, type CacheDatabase, database } from './database.ts'

export type { AutosavedDraft }

/** Keeps unsent text at each pause in typing, so that a crash loses at most a sentence. `key` names one compose window. */
export async function saveAutosave(key: string, draft: Draft, db: CacheDatabase = database): Promise<void> {
  await db.autosaves.put({ key, draft, savedAt: Date.now() })
}

/** What compose windows left behind without sending, saving or throwing it away; newest first. */
export async function listAutosaves(db: CacheDatabase = database): Promise<readonly AutosavedDraft[]> {
  return db.autosaves.orderBy('savedAt').reverse().toArray()
}

export async function dropAutosave(key: string, db: CacheDatabase = database): Promise<void> {
  await db.autosaves.delete(key)
}
