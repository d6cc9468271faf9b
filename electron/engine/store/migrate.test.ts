import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { expect, onTestFinished, test } from 'vitest'
import { migrate, type Migration } from './migrate.ts'
import { bodyMigrations, indexMigrations } from './migrations/index.ts'
import { temporaryFolder } from './test-store.ts'

const first: Migration = {
  version: 10,
  name: 'first',
  up: (db) =>
    db.exec(`
      CREATE TABLE parent (id INTEGER PRIMARY KEY) STRICT;
      CREATE TABLE child (id INTEGER PRIMARY KEY, parent_id INTEGER NOT NULL REFERENCES parent (id) ON DELETE CASCADE) STRICT;
      INSERT INTO parent VALUES (1);
      INSERT INTO child VALUES (7, 1);`),
}
const rebuild: Migration = {
  version: 20,
  name: 'rebuild',
  up: (db) =>
    db.exec(`
      CREATE TABLE parent_new (id INTEGER PRIMARY KEY, name TEXT NOT NULL DEFAULT '') STRICT;
      INSERT INTO parent_new (id) SELECT id FROM parent;
      DROP TABLE parent;
      ALTER TABLE parent_new RENAME TO parent;`),
}
const broken: Migration = { version: 30, name: 'broken', up: (db) => db.exec('DELETE FROM parent') }
const failing: Migration = {
  version: 30,
  name: 'failing',
  up: (db) => db.exec('CREATE TABLE half (id INTEGER) STRICT; SELECT * FROM nowhere'),
}

function openFile(path = join(temporaryFolder(), 'a.db')): { db: DatabaseSync; path: string } {
  const db = new DatabaseSync(path)
  onTestFinished(() => db.close())
  return { db, path }
}

const state = (db: DatabaseSync) => [
  db.prepare('PRAGMA user_version').get()?.user_version,
  db.prepare('SELECT count(*) AS count FROM child').get()?.count,
  db.prepare('PRAGMA foreign_keys').get()?.foreign_keys,
]

test('rebuilding a table keeps the rows that point to it', () => {
  const { db, path } = openFile()
  migrate(db, [first, rebuild], path)
  expect(state(db)).toEqual([20, 1, 1])
})

test('a new file is not copied, an existing one is before it changes', () => {
  const { db, path } = openFile()
  migrate(db, [first], path)
  expect(existsSync(`${path}.v0`)).toBe(false)
  migrate(db, [first], path)
  expect(existsSync(`${path}.v10`)).toBe(false)
  migrate(db, [first, rebuild], path)
  const copy = openFile(`${path}.v10`).db
  expect(state(copy).slice(0, 2)).toEqual([10, 1])
  expect(
    copy
      .prepare('SELECT * FROM parent')
      .all()
      .map((row) => ({ ...row })),
  ).toEqual([{ id: 1 }])
})

test.each([
  ['leaves broken references', broken, /leaves 1 broken/],
  ['fails half-way', failing, /nowhere/],
])('a step that %s changes nothing', (_, step, message) => {
  const { db, path } = openFile()
  migrate(db, [first, rebuild], path)
  expect(() => migrate(db, [first, rebuild, step], path)).toThrow(message)
  expect(state(db)).toEqual([20, 1, 1])
  expect(db.prepare(`SELECT name FROM sqlite_schema WHERE name = 'half'`).all()).toEqual([])
})

test('a newer file is refused', () => {
  const { db, path } = openFile()
  migrate(db, [first, rebuild], path)
  expect(() => migrate(db, [first], path)).toThrow(expect.objectContaining({ code: 'store-newer', detail: { path } }))
})

test('steps rise in tens', () => {
  for (const steps of [indexMigrations, bodyMigrations]) {
    expect(steps.map(({ version }) => version)).toEqual(steps.map((_, at) => (at + 1) * 10))
  }
})

test('a released step never changes', () => {
  const folder = join(import.meta.dirname, 'migrations')
  const recorded: unknown = JSON.parse(readFileSync(join(folder, 'hashes.json'), 'utf8'))
  const steps = readdirSync(folder).filter((name) => /^\d{4}-.*\.ts$/.test(name))
  const hashOf = (name: string) =>
    createHash('sha256')
      .update(readFileSync(join(folder, name), 'utf8').replaceAll('\r\n', '\n'))
      .digest('hex')
  expect(Object.fromEntries(steps.map((name) => [name, hashOf(name)]))).toEqual(recorded)
})
