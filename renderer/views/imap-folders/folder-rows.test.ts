import { expect, test } from 'vitest'
import type { Folder, FolderRole } from '../../../shared/domain/folder.ts'
import type { AccountId, FolderId } from '../../../shared/domain/ids.ts'
import { canTick, filteredRows, folderRows, isTicked, tickedChanges, withTicks } from './folder-rows.ts'

const folder = (
  id: number,
  name: string,
  part: { parent?: number; shown?: boolean; role?: FolderRole; selectable?: boolean } = {},
): Folder => ({
  id: id as FolderId,
  account: 1 as AccountId,
  parent: (part.parent ?? null) as FolderId | null,
  name,
  path: name,
  role: part.role ?? 'none',
  selectable: part.selectable ?? true,
  content: 'mail',
  isShown: part.shown ?? false,
  sync: 'none',
  total: 0,
  unread: 0,
  lastCheckedAt: null,
})

const inbox = folder(1, 'Inbox', { role: 'inbox', shown: true })
const old = folder(2, 'Old', { selectable: false })
const year10 = folder(3, 'Year 10', { parent: 2, shown: true })
const year9 = folder(4, 'Year 9', { parent: 2 })
const sales = folder(5, 'Sales', { shown: true })
const all = [sales, year10, old, inbox, year9]
const names = (rows: ReturnType<typeof folderRows>) => rows.map(({ folder: { name }, level }) => `${' '.repeat(level)}${name}`)
const none = new Map<FolderId, boolean>()

test('the Inbox comes first, the others by name, numbers as numbers, each below its parent; the other way round too', () => {
  expect(names(folderRows(all, false))).toEqual(['Inbox', 'Old', ' Year 9', ' Year 10', 'Sales'])
  expect(names(folderRows(all, true))).toEqual(['Inbox', 'Sales', 'Old', ' Year 10', ' Year 9'])
})

test('a folder whose parent is not known stands at the top', () => {
  expect(names(folderRows([folder(9, 'Lost', { parent: 77 })], false))).toEqual(['Lost'])
})

test('the filter looks for a part of the name, in capitals or not, and knows what is above', () => {
  const found = filteredRows(folderRows(all, false), { text: ' yEAr ', onlyVisible: false, ticks: none })
  expect(found.map((row) => [row.folder.name, row.above])).toEqual([
    ['Year 9', ['Old']],
    ['Year 10', ['Old']],
  ])
})

test('the Visible tab has what is shown or will be, and what is about to be hidden stays in sight', () => {
  const ticks = withTicks(withTicks(none, [year9], true), [sales], false)
  const visible = filteredRows(folderRows(all, false), { text: '', onlyVisible: true, ticks })
  expect(visible.map((row) => [row.folder.name, isTicked(row.folder, ticks)])).toEqual([
    ['Inbox', true],
    ['Year 9', true],
    ['Year 10', true],
    ['Sales', false],
  ])
})

test('the Inbox is never hidden, and what only holds folders is not chosen itself', () => {
  expect([inbox, old, sales].map(canTick)).toEqual([false, false, true])
  expect(withTicks(none, [inbox, old], false).size).toBe(0)
})

test('OK tells only what differs from before', () => {
  const ticks = withTicks(withTicks(none, [year9, year10, sales], true), [sales], false)
  expect(tickedChanges(ticks)).toEqual({ show: [year9.id], hide: [sales.id] })
  expect(tickedChanges(withTicks(ticks, [sales], true))).toEqual({ show: [year9.id], hide: [] })
})
