import { expect, test } from 'vitest'
import type { AccountId, FolderId } from '../../../shared/domain/ids.ts'
import { fakeServices } from '../../gallery/fake-services.ts'
import { fakeRow } from '../../gallery/fake-mail.ts'
import { countMarks, rowsOf, total } from './marked-messages.ts'

test('marks are counted by kind, for the chosen accounts only', () => {
  const row = fakeRow(1 as FolderId, 0, 0)
  const rows = [
    { ...row, account: 1 as AccountId, mark: 'retrieve' as const },
    { ...row, account: 1 as AccountId, mark: 'delete' as const },
    { ...row, account: 2 as AccountId, mark: 'delete' as const },
    { ...row, account: 1 as AccountId },
  ]
  const counts = countMarks(rows, new Set([1 as AccountId]))
  expect(counts).toEqual({ retrieve: 1, 'retrieve-copy': 0, delete: 1 })
  expect(total(counts)).toBe(2)
})

test('every row of a long folder is looked at once', async () => {
  const { engine } = fakeServices({ rows: 1234, hasAccounts: true })
  const ids: number[] = []
  for await (const rows of rowsOf(engine, 1 as FolderId, new AbortController().signal)) ids.push(...rows.map(({ id }) => id))
  expect(new Set(ids).size).toBe(1234)
  expect(ids).toHaveLength(1234)
})
