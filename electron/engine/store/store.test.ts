import { createHash, randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, statSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { expect, test } from 'vitest'
import type { ChangeBatch } from '../../../shared/changes/change-batch.ts'
import { MailError } from '../../../shared/errors/mail-error.ts'
import { addSubjects, factsOf, localFolder, newMessage, openTestStore, temporaryFolder } from './test-store.ts'

const hashOf = (path: string) => createHash('sha256').update(readFileSync(path)).digest('hex')

function failure(work: () => unknown): MailError {
  try {
    work()
  } catch (error) {
    if (error instanceof MailError) return error
    throw error
  }
  throw new Error('nothing was thrown')
}

test('makes its folder for its owner only, with the five local folders', () => {
  const folder = join(temporaryFolder(), 'deep', 'data')
  const store = openTestStore({ folder })
  expect(store.folders.list().map(({ name, role, account }) => [name, role, account])).toEqual([
    ['Inbox', 'inbox', null],
    ['Outbox', 'outbox', null],
    ['Sent Items', 'sent', null],
    ['Deleted Items', 'deleted', null],
    ['Drafts', 'drafts', null],
  ])
  if (process.platform !== 'win32') expect(statSync(folder).mode & 0o777).toBe(0o700)
})

test('keeps its id and its number of changes over a restart', () => {
  const folder = temporaryFolder()
  const first = openTestStore({ folder })
  addSubjects(first, localFolder(first, 'inbox'), ['a'])
  const { id, seq } = first
  first.close()
  const second = openTestStore({ folder })
  expect([second.id, second.seq]).toEqual([id, seq])
  expect(seq).toBe(1)
  expect(second.changesSince({ storeId: id, seq })).toMatchObject({ seq, changed: [] })
  expect(second.changesSince({ storeId: id, seq: seq - 1 })).toBe('start-over')
})

test('two new stores have different ids', () => {
  expect(openTestStore().id).not.toBe(openTestStore().id)
})

test('a second opening is refused while the first is open, and granted afterwards', () => {
  const folder = temporaryFolder()
  const first = openTestStore({ folder })
  expect(failure(() => openTestStore({ folder }))).toMatchObject({ code: 'store-in-use', detail: { path: folder } })
  first.close()
  expect(openTestStore({ folder }).folders.list()).toHaveLength(5)
})

test.each(['index.db', 'bodies.db'])('a %s of a newer program is reported and left as it is', (name) => {
  const folder = temporaryFolder()
  openTestStore({ folder }).close()
  const path = join(folder, name)
  const db = new DatabaseSync(path)
  db.exec('PRAGMA user_version = 9990')
  db.close()
  const before = hashOf(path)
  expect(failure(() => openTestStore({ folder })).code).toBe('store-newer')
  expect(hashOf(path)).toBe(before)
})

test.each(['index.db', 'bodies.db'])('a %s that is not a database is reported and left as it is', (name) => {
  const folder = temporaryFolder()
  openTestStore({ folder }).close()
  const path = join(folder, name)
  writeFileSync(path, 'This was a database once. '.repeat(500))
  const before = hashOf(path)
  expect(failure(() => openTestStore({ folder }))).toMatchObject({ code: 'store-damaged', detail: { path } })
  expect(hashOf(path)).toBe(before)
})

test('an index that was cut off is reported as damaged', () => {
  const folder = temporaryFolder()
  const store = openTestStore({ folder })
  addSubjects(store, localFolder(store, 'inbox'), Array<string>(500).fill('something to fill a few pages'))
  store.close()
  const path = join(folder, 'index.db')
  truncateSync(path, statSync(path).size / 2)
  const before = hashOf(path)
  expect(failure(() => openTestStore({ folder })).code).toBe('store-damaged')
  expect(hashOf(path)).toBe(before)
})

test('after a refusal the folder is not held', () => {
  const folder = temporaryFolder()
  openTestStore({ folder }).close()
  const path = join(folder, 'index.db')
  const good = readFileSync(path)
  writeFileSync(path, 'damaged '.repeat(1000))
  expect(failure(() => openTestStore({ folder })).code).toBe('store-damaged')
  writeFileSync(path, good)
  expect(openTestStore({ folder }).folders.list()).toHaveLength(5)
})

test('a folder that cannot be made is reported', () => {
  const blocked = join(temporaryFolder(), 'file')
  writeFileSync(blocked, '')
  expect(failure(() => openTestStore({ folder: join(blocked, 'data') })).code).toBe('store-not-writable')
  const occupied = temporaryFolder()
  mkdirSync(join(occupied, 'index.db'))
  expect(failure(() => openTestStore({ folder: occupied })).code).toBe('store-not-writable')
})

test('a full disk rolls back what does not fit; the store goes on', () => {
  const folder = temporaryFolder()
  const store = openTestStore({ folder, mostPages: 120 })
  const inbox = localFolder(store, 'inbox')
  const kept = addSubjects(store, inbox, ['kept'])
  const much = () => addSubjects(store, inbox, Array<string>(5000).fill('a subject that takes some room on the disk'))
  expect(failure(much).code).toBe('store-full')
  expect(store.folders.get(inbox).total).toBe(1)
  expect(store.messages.idsInFolder(inbox)).toEqual(kept)
  store.messages.setFlags(kept, ['seen'], [])
  expect(store.folders.get(inbox).unread).toBe(0)
  store.close()
  const roomier = openTestStore({ folder })
  addSubjects(roomier, inbox, Array<string>(5000).fill('a subject that takes some room on the disk'))
  expect(roomier.folders.get(inbox).total).toBe(5001)
})

test('a full disk refuses a body before any row speaks of it', () => {
  const store = openTestStore({ mostPages: 40 })
  const small = store.bodies.put(Buffer.from('small'))
  expect(failure(() => store.bodies.putMany([randomBytes(200_000), randomBytes(200_000)])).code).toBe('store-full')
  expect(store.bodies.read(small).toString()).toBe('small')
  expect(store.bodies.read(store.bodies.put(Buffer.from('still room for this'))).toString()).toBe('still room for this')
})

test('a transaction that throws leaves nothing behind and tells nobody', () => {
  const store = openTestStore()
  const inbox = localFolder(store, 'inbox')
  const batches: ChangeBatch[] = []
  store.onChange((batch) => batches.push(batch))
  expect(() =>
    store.transaction(() => {
      addSubjects(store, inbox, ['a'])
      throw new Error('stop')
    }),
  ).toThrow('stop')
  expect(store.messages.idsInFolder(inbox)).toEqual([])
  expect([store.seq, batches]).toEqual([0, []])
})

test('an inner failure undoes the outer transaction even when it was caught', () => {
  const store = openTestStore()
  const inbox = localFolder(store, 'inbox')
  const work = () =>
    store.transaction(() => {
      addSubjects(store, inbox, ['a'])
      try {
        store.messages.add(newMessage(9999 as typeof inbox))
      } catch {
        // Someone who means well.
      }
    })
  expect(work).toThrow(/FOREIGN KEY/)
  expect(store.messages.idsInFolder(inbox)).toEqual([])
})

test('a transaction must not wait for a promise', () => {
  const store = openTestStore()
  expect(failure(() => store.transaction(async () => {})).code).toBe('bug')
  expect(store.folders.list()).toHaveLength(5)
})

test('one outermost transaction makes one batch, after its commit', () => {
  const store = openTestStore()
  const inbox = localFolder(store, 'inbox')
  const seen: { batch: ChangeBatch; total: number }[] = []
  store.onChange((batch) => seen.push({ batch, total: store.folders.get(inbox).total }))
  store.transaction(() => {
    addSubjects(store, inbox, ['a', 'b'])
    store.settings.set({ offline: true })
    expect(seen).toEqual([])
  }, 'full')
  expect(seen).toHaveLength(1)
  expect(seen[0]).toMatchObject({ total: 2, batch: { seq: 1, settings: true, reshaped: [inbox], folders: [{ id: inbox, total: 2 }] } })
})

test('a full inner step in a normal outer transaction commits with it', () => {
  const store = openTestStore()
  const inbox = localFolder(store, 'inbox')
  store.transaction(() => {
    store.transaction(() => addSubjects(store, inbox, ['a']), 'full')
    addSubjects(store, inbox, ['b'])
  })
  expect(store.folders.get(inbox).total).toBe(2)
  expect(store.seq).toBe(1)
})

test('a listener that throws hurts neither the writer nor other listeners', () => {
  const store = openTestStore()
  const heard: number[] = []
  store.onChange(() => {
    throw new Error('bad listener')
  })
  store.onChange((batch) => heard.push(batch.seq))
  addSubjects(store, localFolder(store, 'inbox'), ['a'])
  expect(heard).toEqual([1])
})

test('a listener that writes is heard by all in the order of the commits', () => {
  const store = openTestStore()
  const heard: number[] = []
  store.onChange((batch) => {
    if (batch.seq === 1) store.settings.set({ offline: true })
  })
  store.onChange((batch) => heard.push(batch.seq))
  store.settings.set({ sendImmediately: false })
  expect(heard).toEqual([1, 2])
})

test('what changed since a position comes as one batch', () => {
  const store = openTestStore()
  const inbox = localFolder(store, 'inbox')
  const [a, b] = addSubjects(store, inbox, ['a', 'b'])
  if (!a || !b) throw new Error('nothing was added')
  store.messages.setFlags([a, b], ['seen'], [])
  store.messages.remove([b])
  expect(store.changesSince({ storeId: store.id, seq: 1 })).toMatchObject({
    seq: 3,
    changed: [{ id: a, flags: { seen: true } }],
    removed: [b],
    reshaped: [inbox],
    folders: [{ id: inbox, total: 1, unread: 0 }],
  })
  expect(store.changesSince({ storeId: 'another', seq: 1 })).toBe('start-over')
  expect(store.changesSince({ storeId: store.id, seq: 99 })).toBe('start-over')
})

test('many changed rows are told as a reshaped folder', () => {
  const store = openTestStore()
  const inbox = localFolder(store, 'inbox')
  const ids = addSubjects(store, inbox, Array<string>(501).fill('x'))
  const batches: ChangeBatch[] = []
  store.onChange((batch) => batches.push(batch))
  store.messages.setFlags(ids, ['seen'], [])
  store.messages.setFlags(ids.slice(1), ['flagged'], [])
  expect(batches.map(({ changed, reshaped }) => [changed.length, reshaped])).toEqual([
    [0, [inbox]],
    [500, []],
  ])
})

test('bodies without a message are swept, all others stay', async () => {
  const folder = temporaryFolder()
  const first = openTestStore({ folder })
  const big = Buffer.alloc(300_000, 'x')
  const orphans = first.bodies.putMany([Buffer.from('orphan'), big])
  const body = first.bodies.put(Buffer.from('wanted'))
  first.messages.add(newMessage(localFolder(first, 'inbox'), { body, facts: factsOf() }))
  expect(await first.sweep()).toBe(0)
  first.close()
  writeFileSync(join(folder, 'bodies', '1-1.part'), 'half')
  const second = openTestStore({ folder })
  expect(await second.sweep()).toBe(2)
  expect(orphans.map(({ hash }) => second.bodies.has(hash))).toEqual([false, false])
  expect(second.bodies.read(body).toString()).toBe('wanted')
  expect(existsSync(join(folder, 'bodies', '1-1.part'))).toBe(false)
})

test('when the index was put back to an earlier copy, no body is taken for unwanted', async () => {
  const folder = temporaryFolder()
  const first = openTestStore({ folder })
  first.close()
  const earlier = readFileSync(join(folder, 'index.db'))
  const second = openTestStore({ folder })
  const [one, two] = [second.bodies.put(Buffer.from('one')), second.bodies.put(Buffer.from('two'))]
  second.messages.add(newMessage(localFolder(second, 'inbox'), { body: one }))
  second.messages.add(newMessage(localFolder(second, 'inbox'), { body: two }))
  second.bodies.put(Buffer.from('three'))
  second.close()
  writeFileSync(join(folder, 'index.db'), earlier)
  const third = openTestStore({ folder })
  expect(await third.sweep()).toBe(0)
  expect(third.bodies.has(one.hash) && third.bodies.has(two.hash)).toBe(true)
})
