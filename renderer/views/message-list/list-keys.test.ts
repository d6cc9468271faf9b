import { expect, test } from 'vitest'
import { scrolledTo, targetIndex } from './list-keys.ts'

const press = (key: string) => ({ key, shiftKey: false, ctrlKey: false, metaKey: false, altKey: false })
const at = (focusIndex: number, total = 100) => ({ focusIndex, total, page: 10 })

test('keys move within the list and stop at its ends', () => {
  expect(targetIndex(press('ArrowDown'), at(-1))).toBe(0)
  expect(targetIndex(press('ArrowDown'), at(99))).toBe(99)
  expect(targetIndex(press('ArrowUp'), at(0))).toBe(0)
  expect(targetIndex(press('PageDown'), at(5))).toBe(14)
  expect(targetIndex(press('PageUp'), at(5))).toBe(0)
  expect(targetIndex(press('End'), at(5))).toBe(99)
  expect(targetIndex(press('Home'), at(5, 0))).toBeUndefined()
  expect(targetIndex(press('a'), at(5))).toBeUndefined()
})

test('the list scrolls just as far as a row needs to be seen', () => {
  const view = { top: 240, height: 240, row: 24 }
  expect(scrolledTo(12, view)).toBe(240)
  expect(scrolledTo(3, view)).toBe(72)
  expect(scrolledTo(25, view)).toBe(384)
})
