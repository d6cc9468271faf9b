import { expect, test } from 'vitest'
import type { FolderId } from '../../../shared/domain/ids.ts'
import { fakeServices } from '../../gallery/fake-services.ts'
import { rowsOf } from './all-rows.ts'

test('every row of a long folder is looked at once', async () => {
  const { engine } = fakeServices({ rows: 1234, hasAccounts: true })
  const ids: number[] = []
  for await (const rows of rowsOf(engine, 1 as FolderId, new AbortController().signal)) ids.push(...rows.map(({ id }) => id))
  expect(new Set(ids).size).toBe(1234)
  expect(ids).toHaveLength(1234)
})
