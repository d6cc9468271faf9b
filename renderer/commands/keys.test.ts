import { expect, test } from 'vitest'
import { commandFor, isInScope, type KeyPress, pressesFocused, shortcutText } from './keys.ts'

const press = (key: string, part: Partial<KeyPress> = {}): KeyPress => ({
  key,
  code: /^[a-z]$/i.test(key) ? `Key${key.toUpperCase()}` : key,
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  shiftKey: false,
  ...part,
})

test('the keys of the original reach their commands', () => {
  expect(commandFor(press('r', { ctrlKey: true }), false)).toBe('message.reply')
  expect(commandFor(press('R', { ctrlKey: true, shiftKey: true }), false)).toBe('message.replyAll')
  expect(commandFor(press('f', { ctrlKey: true }), false)).toBe('message.forward')
  expect(commandFor(press('F5'), false)).toBe('mail.sendReceive')
  expect(commandFor(press('Delete'), false)).toBe('message.delete')
  expect(commandFor(press('Delete', { shiftKey: true }), false)).toBe('message.deleteForever')
  expect(commandFor(press('>', { ctrlKey: true, shiftKey: true }), false)).toBe('go.next')
  expect(commandFor(press('ArrowLeft', { altKey: true }), false)).toBe('go.previous')
})

test('a new message has a key that a browser tab does not keep for itself', () => {
  expect(commandFor(press('n', { altKey: true }), false)).toBe('message.new')
  expect(commandFor(press('ñ', { altKey: true, code: 'KeyN' }), false)).toBe('message.new')
})

test('on a Mac, Command takes the place of Ctrl', () => {
  expect(commandFor(press('r', { metaKey: true }), true)).toBe('message.reply')
  expect(commandFor(press('r', { ctrlKey: true }), true)).toBeUndefined()
})

test('a key without a command, or with a modifier too many, does nothing', () => {
  expect(commandFor(press('x', { ctrlKey: true }), false)).toBeUndefined()
  expect(commandFor(press('r', { ctrlKey: true, altKey: true }), false)).toBeUndefined()
})

test('menus show keys as the platform writes them', () => {
  expect(shortcutText('message.replyAll', false)).toBe('Ctrl+Shift+R')
  expect(shortcutText('message.replyAll', true)).toBe('⇧⌘R')
  expect(shortcutText('message.delete', false)).toBe('Del')
  expect(shortcutText('help.about', false)).toBeUndefined()
})

test('Enter belongs to the button or the link that has the focus', () => {
  const focused = (tag: string) =>
    ({ closest: (selector: string) => (selector.split(', ').includes(tag) ? {} : null) }) as unknown as Element
  expect(pressesFocused({ key: 'Enter' }, focused('button'))).toBe(true)
  expect(pressesFocused({ key: 'Enter' }, focused('div'))).toBe(false)
  expect(pressesFocused({ key: 'Delete' }, focused('button'))).toBe(false)
})

test('Ctrl+W shows the IMAP folders, and on a Mac Command+W stays what closes a window', () => {
  expect(commandFor(press('w', { ctrlKey: true }), false)).toBe('imap.folders')
  expect(commandFor(press('w', { metaKey: true }), true)).toBeUndefined()
  expect(commandFor(press('∑', { altKey: true, code: 'KeyW' }), true)).toBe('imap.folders')
  expect([shortcutText('imap.folders', false), shortcutText('imap.folders', true)]).toEqual(['Ctrl+W', '⌥W'])
})

test('keys of the folder list act there only', () => {
  const within = (role: string) => ({ closest: (selector: string) => (selector.includes(role) ? {} : null) }) as unknown as Element
  expect(isInScope('folder.rename', within('[role="tree"]'))).toBe(true)
  expect(isInScope('folder.rename', within('input'))).toBe(false)
  expect(isInScope('folder.rename', null)).toBe(false)
})
