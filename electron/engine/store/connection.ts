import { existsSync } from 'node:fs'
import { DatabaseSync } from 'node:sqlite'
import { MailError } from '../../../shared/errors/mail-error.ts'
import { migrate, type Migration, refuseNewer } from './migrate.ts'
import { Sql } from './sql.ts'
import { toStoreError } from './sqlite-errors.ts'

export interface DatabaseFile {
  readonly path: string
  readonly migrations: readonly Migration[]
  /** Pragmas beside those that all our files share; they come first. */
  readonly pragmas: string
}

/**
 * Holds the data folder for this process until closed. SQLite's own file lock does it, so the
 * system takes it back however the process ends, and no stale lock can be left behind.
 */
export function lockFolder(path: string, folder: string): () => void {
  const db = openFile(path, folder)
  try {
    db.exec('PRAGMA journal_mode = DELETE; BEGIN EXCLUSIVE')
  } catch (error) {
    db.close()
    const translated = toStoreError(error, folder)
    if (translated instanceof MailError && translated.code === 'store-in-use') {
      throw new MailError('store-in-use', 'Another program holds the mail store.', { path: folder }, error)
    }
    throw translated
  }
  return () => db.close()
}

/** Looks at an existing file without writing a byte: a newer or damaged store must stay as it is. */
export function checkFile(file: DatabaseFile): void {
  if (!existsSync(file.path)) return
  try {
    const db = new DatabaseSync(file.path, { readOnly: true })
    try {
      refuseNewer(db, file.migrations, file.path)
    } finally {
      db.close()
    }
  } catch (error) {
    throw toStoreError(error, file.path)
  }
}

/** Opens, or makes, one database in the shape that this program knows. */
export function openDatabase(file: DatabaseFile): Sql {
  const db = openFile(file.path, file.path)
  try {
    db.exec(`${file.pragmas} PRAGMA journal_mode = WAL; PRAGMA temp_store = MEMORY; PRAGMA cache_size = -32000`)
    migrate(db, file.migrations, file.path)
    return new Sql(db, file.path)
  } catch (error) {
    db.close()
    throw toStoreError(error, file.path)
  }
}

function openFile(path: string, shown: string): DatabaseSync {
  try {
    return new DatabaseSync(path, { timeout: 0 })
  } catch (error) {
    throw toStoreError(error, shown)
  }
}
