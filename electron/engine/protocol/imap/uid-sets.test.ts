import { expect, test } from 'vitest'
import { chunksOf, isInRange, packUids } from './uid-sets.ts'

test('runs of UIDs become ranges, in any order and without repeats', () => {
  expect(packUids([])).toBe('')
  expect(packUids([7])).toBe('7')
  expect(packUids([3, 1, 2, 9, 2, 8, 4_294_967_295])).toBe('1:3,8:9,4294967295')
})

test('a list is cut into pieces, the last may be shorter', () => {
  expect(chunksOf([1, 2, 3, 4, 5], 2)).toEqual([[1, 2], [3, 4], [5]])
  expect(chunksOf([], 2)).toEqual([])
})

test('the newest message does not count when it lies before the range', () => {
  expect(isInRange(7, { from: 8, to: '*' })).toBe(false)
  expect(isInRange(8, { from: 8, to: '*' })).toBe(true)
  expect(isInRange(9, { from: 8, to: 8 })).toBe(false)
})
