import 'fake-indexeddb/auto'
import { beforeEach, expect, test } from 'vitest'
import { emptyBatch } from '../../shared/changes/change-batch.ts'
import type { Folder } from '../../shared/domain/folder.ts'
import type { FolderId, MessageId } from '../../shared/domain/ids.ts'
import type { MessageSummary } from '../../shared/domain/message.ts'
import { applyChanges } from './apply-changes.ts'
import { CacheDatabase } from './database.ts'
import { beginMirror, orderKey, readFirstRows, readFolders, readPosition, writeFirstRows, writeFolders } from './mirror.ts'

const inbox = 1 as FolderId
const newestFirst = orderKey('received', true)
const folder: Folder = {
  id: inbox,
  account: null,
  parent: null,
  name: 'Inbox',
  path: 'Inbox',
  role: 'inbox',
  selectable: true,
  content: 'mail',
  isShown: true,
  sync: 'none',
  total: 2,
  unread: 1,
  lastCheckedAt: null,
}
const row = (id: number, subject = ''): MessageSummary => ({
  id: id as MessageId,
  folder: inbox,
  account: null,
  from: '',
  to: '',
  subject,
  sentAt: 0,
  receivedAt: 0,
  size: 0,
  flags: { seen: true, answered: false, forwarded: false, flagged: false, draft: false, deleted: false },
  hasAttachment: false,
  priority: 'normal',
  state: 'downloaded',
  mark: null,
})

let db: CacheDatabase
beforeEach(async () => {
  db = new CacheDatabase(`mirror-${crypto.randomUUID()}`)
  await beginMirror({ storeId: 'a', seq: 5 }, db)
  await writeFolders([folder], db)
  await writeFirstRows({ folder: inbox, total: 2, order: newestFirst, rows: [row(1), row(2)] }, db)
})

test('a batch that follows changes counts and rows in place', async () => {
  const batch = { ...emptyBatch('a', 6), folders: [{ ...folder, unread: 0 }], changed: [row(2, 'new')], removed: [1 as MessageId] }
  expect(await applyChanges(batch, 5, db)).toBe('applied')
  expect((await readFolders(db))[0]?.unread).toBe(0)
  const first = await readFirstRows(inbox, newestFirst, db)
  expect(first?.rows.map((each) => each.subject)).toEqual(['new'])
  expect(first?.total).toBe(1)
  expect(await readPosition(db)).toEqual({ storeId: 'a', seq: 6 })
})

test('a gap in the numbers empties the mirror, because it cannot know what it missed', async () => {
  expect(await applyChanges(emptyBatch('a', 9), 8, db)).toBe('start-over')
  expect(await readFolders(db)).toEqual([])
  expect(await readFirstRows(inbox, newestFirst, db)).toBeUndefined()
})

test('a batch of another store empties it too, an old batch is passed over', async () => {
  expect(await applyChanges(emptyBatch('a', 4), 3, db)).toBe('known')
  expect(await readFolders(db)).toHaveLength(1)
  expect(await applyChanges(emptyBatch('b', 6), 5, db)).toBe('start-over')
  expect(await readFolders(db)).toEqual([])
})

test('what was missed while the program was closed is caught up with in one step', async () => {
  await applyChanges({ ...emptyBatch('a', 40), removedFolders: [inbox] }, 5, db)
  expect(await readFolders(db)).toEqual([])
  expect((await readPosition(db))?.seq).toBe(40)
})

test('rows in another order are of no use for the first paint', async () => {
  expect(await readFirstRows(inbox, orderKey('subject', true), db)).toBeUndefined()
})

test('another store begins with an empty mirror, the same one keeps it', async () => {
  await beginMirror({ storeId: 'a', seq: 8 }, db)
  expect(await readFolders(db)).toHaveLength(1)
  await beginMirror({ storeId: 'b', seq: 1 }, db)
  expect(await readFolders(db)).toEqual([])
})
