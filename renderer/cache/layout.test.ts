import 'fake-indexeddb/auto'
import { expect, test, vi } from 'vitest'
import { CacheDatabase } from './database.ts'
import { defaultLayout, openLayout } from './layout.ts'

test('a changed layout is there again the next time, and new choices have their defaults', async () => {
  const db = new CacheDatabase('layout-test')
  const first = await openLayout(db)
  expect(first.get()).toEqual(defaultLayout)
  first.change({ preview: 'beside' })
  first.change({ folderListWidth: 20 })
  await vi.waitFor(async () => expect((await openLayout(db)).get().folderListWidth).toBe(20))
  expect((await openLayout(db)).get()).toEqual({ ...defaultLayout, preview: 'beside', folderListWidth: 20 })
})
