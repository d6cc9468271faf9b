import { expect, test } from 'vitest'
import type { FolderId, MessageId } from '../domain/ids.ts'
import type { MessageSummary } from '../domain/message.ts'
import { emptyBatch, squash } from './change-batch.ts'

const row = (id: number, subject: string) => ({ id: id as MessageId, subject }) as MessageSummary

test('two batches become what is true after both', () => {
  const earlier = { ...emptyBatch('s', 1), changed: [row(1, 'old'), row(2, 'gone soon')], accounts: true, reshaped: [5 as FolderId] }
  const later = { ...emptyBatch('s', 2), changed: [row(1, 'new')], removed: [2 as MessageId], reshaped: [5 as FolderId, 6 as FolderId] }
  expect(squash(earlier, later)).toEqual({
    ...emptyBatch('s', 2),
    accounts: true,
    changed: [row(1, 'new')],
    removed: [2],
    reshaped: [5, 6],
  })
})

test('an empty batch changes nothing but the number', () => {
  const earlier = { ...emptyBatch('s', 1), changed: [row(1, 'x')], removedFolders: [3 as FolderId] }
  expect(squash(earlier, emptyBatch('s', 2))).toEqual({ ...earlier, seq: 2 })
})
