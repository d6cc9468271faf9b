import { expect, test } from 'vitest'
import type { MessageId } from '../../../shared/domain/ids.ts'
import { countSelected, isSelected, movedTo, noSelection, selectAll, selectOne, selectRange, toggleOne, withoutIds } from './selection.ts'

const id = (n: number) => n as MessageId

test('Shift selects from the anchor, and a second Shift starts there again', () => {
  const one = selectOne(id(10), 3)
  const down = selectRange(one, [id(10), id(11), id(12)], { id: id(12), index: 5 })
  const up = selectRange(down, [id(8), id(9), id(10)], { id: id(8), index: 1 })
  expect([...up.ids]).toEqual([8, 9, 10])
  expect(up.anchorIndex).toBe(3)
})

test('Ctrl adds a row and takes it out again', () => {
  const two = toggleOne(selectOne(id(1), 0), id(5), 4)
  expect([...two.ids]).toEqual([1, 5])
  expect([...toggleOne(two, id(1), 0).ids]).toEqual([5])
})

test('everything is selected without naming it', () => {
  const all = selectAll(noSelection)
  expect(countSelected(all, 100_000)).toBe(100_000)
  expect(isSelected(all, id(77))).toBe(true)
})

test('rows that went away leave the selection, others change nothing', () => {
  const selection = toggleOne(selectOne(id(1), 0), id(5), 4)
  expect([...withoutIds(selection, [id(5)]).ids]).toEqual([1])
  expect(withoutIds(selection, [id(5)]).focus).toBeNull()
  expect(withoutIds(selection, [id(99)])).toBe(selection)
})

test('the focus follows its message when rows move', () => {
  const moved = movedTo(selectOne(id(1), 0), 3)
  expect([moved.focusIndex, moved.anchorIndex]).toEqual([3, 3])
})
