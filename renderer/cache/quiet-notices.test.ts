import 'fake-indexeddb/auto'
import { expect, test } from 'vitest'
import { CacheDatabase } from './database.ts'
import { isQuiet, keepQuiet } from './quiet-notices.ts'

test('A box that was switched off stays off, others are shown', async () => {
  const db = new CacheDatabase('quiet-test')
  await keepQuiet('compose.noSubject', db)
  expect(await isQuiet('compose.noSubject', db)).toBe(true)
  expect(await isQuiet('compose.waitsInOutbox', db)).toBe(false)
})
