import { expect, test } from 'vitest'
import { chunksOf, isInRange, joined, packInLines, packUids, readUidSet, uidsOf } from './uid-sets.ts'

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

test('a set that is too long for one command becomes several', () => {
  const odd = Array.from({ length: 5000 }, (_, index) => 100_000 + index * 2)
  const lines = packInLines(odd)
  expect(lines.length).toBeGreaterThan(3)
  expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(7500)
  expect(lines.join(',').split(',').map(Number)).toEqual(odd)
  expect(packInLines([])).toEqual([])
})

test('a set is read in any order, and what is none is refused', () => {
  expect(readUidSet('7,3:1,4')).toEqual([
    { from: 1, to: 4 },
    { from: 7, to: 7 },
  ])
  expect(['', '1:', '0', '*', '1:*', '1 2', '-1', '4294967296', '1,,2', 'x'].map(readUidSet)).toEqual(Array(10).fill(undefined))
})

test('billions in a set are not spelled out', () => {
  expect(uidsOf(readUidSet('5:4294967295') ?? [], 3)).toEqual([5, 6, 7])
  expect(
    joined([
      { from: 1, to: 4_294_967_295 },
      { from: 7, to: 9 },
    ]),
  ).toEqual([{ from: 1, to: 4_294_967_295 }])
})
