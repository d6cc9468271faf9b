import { renameSync, rmSync } from 'node:fs'
import type { DatabaseSync } from 'node:sqlite'
import { MailError } from '../../../shared/errors/mail-error.ts'

/** One step of the schema. Once released it never changes: a test compares its file with the recorded hash. */
export interface Migration {
  /** In tens, rising: 10, 20, ... */
  readonly version: number
  readonly name: string
  readonly up: (db: DatabaseSync) => void
}

/** Throws `store-newer` when the file was written by a later program than this one. Only reads. */
export function refuseNewer(db: DatabaseSync, migrations: readonly Migration[], path: string): void {
  const stored = userVersion(db)
  const newest = migrations.at(-1)?.version ?? 0
  if (stored > newest) {
    throw new MailError('store-newer', `The mail store has version ${stored}; this program reads up to ${newest}.`, { path })
  }
}

/** Brings the store to the newest version. Each step lands whole or not at all. */
export function migrate(db: DatabaseSync, migrations: readonly Migration[], path: string): void {
  refuseNewer(db, migrations, path)
  const stored = userVersion(db)
  const missing = migrations.filter((migration) => migration.version > stored)
  if (missing.length === 0) return
  if (stored > 0) keepCopy(db, `${path}.v${stored}`)
  // Rebuilding a table drops the old one; with foreign keys on, that would delete every child row.
  // SQLite ignores this switch inside a transaction, so it is set here and not in apply().
  db.exec('PRAGMA foreign_keys = OFF')
  try {
    for (const migration of missing) apply(db, migration)
  } finally {
    db.exec('PRAGMA foreign_keys = ON')
  }
}

function apply(db: DatabaseSync, migration: Migration): void {
  db.exec('BEGIN IMMEDIATE')
  try {
    migration.up(db)
    const broken = db.prepare('PRAGMA foreign_key_check').all().length
    if (broken > 0) throw new Error(`Migration ${migration.version} (${migration.name}) leaves ${broken} broken references.`)
    db.exec(`PRAGMA user_version = ${migration.version}`)
    db.exec('COMMIT')
  } catch (error) {
    // A full disk has already rolled back by itself.
    if (db.isTransaction) db.exec('ROLLBACK')
    throw error
  }
}

/** The way back: there are no down-steps. Under its final name the copy is always complete. */
function keepCopy(db: DatabaseSync, path: string): void {
  const unfinished = `${path}.part`
  rmSync(unfinished, { force: true })
  db.prepare('VACUUM INTO ?').run(unfinished)
  renameSync(unfinished, path)
}

function userVersion(db: DatabaseSync): number {
  return Number(db.prepare('PRAGMA user_version').get()?.user_version ?? 0)
}
