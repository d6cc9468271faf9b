import { expect, test } from 'vitest'
import { composeCommandFor } from './compose-keys.ts'

const press = (keys: string) => {
  const parts = keys.split('+')
  const key = parts.at(-1) ?? ''
  return {
    key,
    code: key.length === 1 ? `Key${key.toUpperCase()}` : key,
    ctrlKey: parts.includes('Ctrl'),
    metaKey: parts.includes('Meta'),
    altKey: parts.includes('Alt'),
    shiftKey: parts.includes('Shift'),
  }
}

test.each([
  ['Alt+s', 'send'],
  ['Ctrl+Enter', 'send'],
  ['Ctrl+s', 'save'],
  ['Escape', 'close'],
])('%s means %s', (keys, command) => {
  expect(composeCommandFor(press(keys), false)).toBe(command)
})

test.each(['Enter', 's', 'Ctrl+Alt+s', 'Shift+Escape', 'Meta+s', 'Ctrl+Shift+s'])('%s is left to the text', (keys) => {
  expect(composeCommandFor(press(keys), false)).toBeUndefined()
})

test('On a Mac Command takes the place of Ctrl', () => {
  expect(composeCommandFor(press('Meta+s'), true)).toBe('save')
  expect(composeCommandFor(press('Ctrl+s'), true)).toBeUndefined()
})
