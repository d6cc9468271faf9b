import { expect, test } from 'vitest'
import type { FolderId } from '../../../shared/domain/ids.ts'
import { keyTarget, nothingSelected, selectRow } from './row-selection.ts'

const order = [10, 20, 30, 40] as FolderId[]
const at = (index: number) => order[index] as FolderId
const plain = { shiftKey: false, ctrlKey: false, metaKey: false }
const ids = (selection: typeof nothingSelected) => [...selection.ids]

test('a click selects one, Shift extends from where one began, Ctrl adds and takes away', () => {
  const one = selectRow(nothingSelected, order, at(1), plain)
  expect(ids(one)).toEqual([20])
  const more = selectRow(one, order, at(3), { ...plain, shiftKey: true })
  expect(ids(more)).toEqual([20, 30, 40])
  expect(ids(selectRow(more, order, at(0), { ...plain, shiftKey: true }))).toEqual([10, 20])
  expect(ids(selectRow(more, order, at(2), { ...plain, ctrlKey: true }))).toEqual([20, 40])
})

test('Shift extends from the row itself when the filter has taken away where one began', () => {
  const hidden = { ids: new Set([99 as FolderId]), focus: 99 as FolderId, anchor: 99 as FolderId }
  expect(ids(selectRow(hidden, order, at(2), { ...plain, shiftKey: true }))).toEqual([30])
})

test('keys stop at the ends, and an empty list has nowhere to go', () => {
  const size = { count: 4, page: 10 }
  expect(['ArrowDown', 'ArrowUp', 'PageDown', 'Home', 'End'].map((key) => keyTarget(key, 0, size))).toEqual([1, 0, 3, 0, 3])
  expect(keyTarget('ArrowDown', -1, size)).toBe(0)
  expect(keyTarget('x', 0, size)).toBeUndefined()
  expect(keyTarget('End', -1, { count: 0, page: 1 })).toBeUndefined()
})
