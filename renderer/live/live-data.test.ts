import { expect, test } from 'vitest'
import { emptyBatch } from '../../shared/changes/change-batch.ts'
import type { AccountId, FolderId } from '../../shared/domain/ids.ts'
import { fakeRow } from '../gallery/fake-mail.ts'
import { mayChangeMarks } from './live-data.ts'

const row = fakeRow(1 as FolderId, 0, 0)
const batch = emptyBatch('fake', 1)
const some = [{ account: 1 as AccountId, marks: { retrieve: 1, 'retrieve-copy': 0, delete: 0 } }]

test('marks are counted again when a row with one changes, and as long as there are any, whenever rows change or go', () => {
  expect(mayChangeMarks(batch, some)).toBe(false)
  expect(mayChangeMarks({ ...batch, changed: [{ ...row, mark: null }] }, [])).toBe(false)
  expect(mayChangeMarks({ ...batch, changed: [{ ...row, mark: 'delete' }] }, [])).toBe(true)
  expect(mayChangeMarks({ ...batch, changed: [{ ...row, mark: null }] }, some)).toBe(true)
  expect(mayChangeMarks({ ...batch, removed: [row.id] }, some)).toBe(true)
})
