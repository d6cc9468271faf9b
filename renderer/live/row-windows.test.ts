import { expect, test } from 'vitest'
import type { FolderId, MessageId } from '../../shared/domain/ids.ts'
import type { MessageSummary } from '../../shared/domain/message.ts'
import { emptyWindows, idsBetween, indexOfId, rowAt, wantedWindows, withChanges, withRows } from './row-windows.ts'

const row = (id: number, subject = ''): MessageSummary => ({
  id: id as MessageId,
  folder: 1 as FolderId,
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
const rows = (from: number, count: number) => Array.from({ length: count }, (_, i) => row(from + i + 1))

test('a fetched window gives its rows, other positions stay holes', () => {
  const view = withRows(emptyWindows(1, 1000), 200, rows(200, 100))
  expect(rowAt(view, 250)?.id).toBe(251)
  expect(rowAt(view, 199)).toBeUndefined()
  expect(rowAt(view, 300)).toBeUndefined()
})

test('rows that do not begin at a window border are cut to whole windows', () => {
  const view = withRows(emptyWindows(1, 1000), 150, rows(150, 200))
  expect(rowAt(view, 199)).toBeUndefined()
  expect(rowAt(view, 200)?.id).toBe(201)
  expect(rowAt(view, 320)).toBeUndefined()
})

test('the last window may be short', () => {
  const view = withRows(emptyWindows(1, 130), 100, rows(100, 30))
  expect(rowAt(view, 129)?.id).toBe(130)
})

test('one more window is wanted in the direction of scrolling, none beyond the ends', () => {
  expect(wantedWindows({ first: 90, last: 120, total: 1000, direction: 0 })).toEqual([0, 1])
  expect(wantedWindows({ first: 90, last: 120, total: 1000, direction: 1 })).toEqual([0, 1, 2])
  expect(wantedWindows({ first: 20, last: 40, total: 1000, direction: -1 })).toEqual([0])
  expect(wantedWindows({ first: 950, last: 999, total: 1000, direction: 1 })).toEqual([9])
  expect(wantedWindows({ first: 0, last: 0, total: 0, direction: 0 })).toEqual([0])
})

test('a changed row is replaced in place; other windows stay the same objects', () => {
  const view = withRows(emptyWindows(1, 300), 0, rows(0, 300))
  const next = withChanges(view, [row(150, 'new')])
  expect(rowAt(next, 149)?.subject).toBe('new')
  expect(next.windows.get(0)).toBe(view.windows.get(0))
  expect(withChanges(view, [row(9999)])).toBe(view)
})

test('a message is found by its id, and a range gives its ids only when it is whole', () => {
  const view = withRows(emptyWindows(1, 300), 100, rows(100, 100))
  expect(indexOfId(view, 151 as MessageId)).toBe(150)
  expect(indexOfId(view, 7 as MessageId)).toBe(-1)
  expect(idsBetween(view, 110, 112)).toEqual([111, 112, 113])
  expect(idsBetween(view, 90, 112)).toBeUndefined()
})

test('windows far from the last fetch are forgotten', () => {
  let view = emptyWindows(1, 100_000)
  for (let i = 0; i < 61; i++) view = withRows(view, i * 100, rows(i * 100, 100))
  expect(rowAt(view, 6050)).toBeDefined()
  expect(rowAt(view, 0)).toBeUndefined()
})
