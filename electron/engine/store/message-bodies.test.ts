import { createHash } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { expect, test } from 'vitest'
import { localFolder, newMessage, openTestStore, temporaryFolder } from './test-store.ts'

const allBytes = Buffer.from(Array.from({ length: 256 }, (_, byte) => byte))
const samples: readonly (readonly [string, Buffer])[] = [
  ['every byte value', allBytes],
  ['nothing at all', Buffer.alloc(0)],
  ['bare CR and LF', Buffer.from('a\rb\nc\r\nd\n\r')],
  ['300 KB', Buffer.concat(Array<Buffer>(1200).fill(allBytes))],
  ['exactly 256 KiB', Buffer.alloc(256 * 1024, 'm')],
  ['one byte more', Buffer.alloc(256 * 1024 + 1, 'm')],
]

test.each(samples)('%s comes back byte for byte', (_, raw) => {
  const store = openTestStore()
  const ref = store.bodies.put(raw)
  expect(ref).toEqual({ hash: createHash('sha256').update(raw).digest('hex'), size: raw.length })
  expect(store.bodies.read(ref).equals(raw)).toBe(true)
  expect(store.bodies.read(ref.hash).equals(raw)).toBe(true)
})

test('a batch keeps its order, and the same bytes twice are stored once', () => {
  const store = openTestStore()
  const raws = [Buffer.from('one'), Buffer.alloc(400_000, 'x'), Buffer.from('one'), Buffer.from('two')]
  const refs = store.bodies.putMany(raws)
  expect(refs.map((ref) => store.bodies.read(ref).length)).toEqual([3, 400_000, 3, 3])
  expect(refs[0]).toEqual(refs[2])
  expect(store.bodies.put(Buffer.from('two'))).toEqual(refs[3])
  expect(store.bodies.listAfter(0, 10)).toHaveLength(2)
})

test('a large message is a file named by its hash', () => {
  const folder = temporaryFolder()
  const store = openTestStore({ folder })
  const raw = Buffer.alloc(300_000, 'large ')
  const { hash } = store.bodies.put(raw)
  expect(readFileSync(join(folder, 'bodies', hash.slice(0, 2), hash)).equals(raw)).toBe(true)
})

test('a body that is missing or was altered is reported as damage', () => {
  const folder = temporaryFolder()
  const store = openTestStore({ folder })
  const large = store.bodies.put(Buffer.alloc(300_000, 'x'))
  writeFileSync(join(folder, 'bodies', large.hash.slice(0, 2), large.hash), Buffer.alloc(300_000, 'y'))
  expect(() => store.bodies.read(large)).toThrow(expect.objectContaining({ code: 'store-damaged' }))
  expect(() => store.bodies.read('00'.repeat(32))).toThrow(expect.objectContaining({ code: 'store-damaged' }))
  const [packed, plain] = store.bodies.putMany([Buffer.alloc(5000, 'z'), Buffer.from('q')])
  store.close()
  const db = new DatabaseSync(join(folder, 'bodies.db'))
  db.exec(`UPDATE body SET content = x'28b52ffd00'`)
  db.close()
  const again = openTestStore({ folder })
  for (const ref of [packed, plain]) {
    expect(() => again.bodies.read(ref?.hash ?? '')).toThrow(expect.objectContaining({ code: 'store-damaged' }))
  }
})

test('a body goes with the last message that shares it', () => {
  const folder = temporaryFolder()
  const store = openTestStore({ folder })
  const inbox = localFolder(store, 'inbox')
  const [small, large] = store.bodies.putMany([Buffer.from('shared'), Buffer.alloc(300_000, 'x')])
  if (!small || !large) throw new Error('nothing was stored')
  const [a, b, c] = store.messages.addMany([small, small, large].map((body) => newMessage(inbox, { body })))
  if (!a || !b || !c) throw new Error('nothing was added')
  store.messages.remove([a])
  expect(store.bodies.has(small.hash)).toBe(true)
  store.messages.remove([b, c])
  expect([store.bodies.has(small.hash), store.bodies.has(large.hash)]).toEqual([false, false])
  expect(existsSync(join(folder, 'bodies', large.hash.slice(0, 2), large.hash))).toBe(false)
})

test('a body that was just put again survives the removal of its earlier message', () => {
  const store = openTestStore()
  const inbox = localFolder(store, 'inbox')
  const first = store.messages.add(newMessage(inbox, { body: store.bodies.put(Buffer.from('twice')) }))
  const again = store.bodies.put(Buffer.from('twice'))
  store.messages.remove([first])
  const second = store.messages.add(newMessage(inbox, { body: again }))
  expect(store.bodies.read(again).toString()).toBe('twice')
  store.messages.remove([second])
  expect(store.bodies.has(again.hash)).toBe(false)
})

test('a removal that is rolled back takes no body away', () => {
  const store = openTestStore()
  const body = store.bodies.put(Buffer.from('kept'))
  const id = store.messages.add(newMessage(localFolder(store, 'inbox'), { body }))
  expect(() =>
    store.transaction(() => {
      store.messages.remove([id])
      throw new Error('stop')
    }),
  ).toThrow('stop')
  expect(store.bodies.read(body).toString()).toBe('kept')
})
