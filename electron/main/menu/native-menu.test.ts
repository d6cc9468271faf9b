import type { MenuItemConstructorOptions } from 'electron'
import { expect, test, vi } from 'vitest'
import { catalog } from '../../../shared/commands/catalog.ts'
import { seen } from '../testing/fake-electron.ts'
import { installNativeMenu, nativeMenu } from './native-menu.ts'

vi.mock('electron', async () => (await import('../testing/fake-electron.ts')).fakeElectron)

const flat = (items: readonly MenuItemConstructorOptions[]): MenuItemConstructorOptions[] =>
  items.flatMap((item) => [item, ...(Array.isArray(item.submenu) ? flat(item.submenu) : [])])

test('a click gives the id of its command', () => {
  const ran: string[] = []
  const item = flat(nativeMenu((id) => ran.push(id))).find(({ id }) => id === 'message.new')
  item?.click?.({} as never, undefined, {})
  expect(ran).toEqual(['message.new'])
})

test('every id stands once and is a command, no title shows an access key, no line stands at an edge', () => {
  const items = flat(nativeMenu(() => {}))
  const ids = items.flatMap(({ id }) => id ?? [])
  expect(new Set(ids).size).toBe(ids.length)
  expect(ids.filter((id) => !(id in catalog))).toEqual([])
  expect(items.filter(({ label }) => label?.includes('&'))).toEqual([])
  for (const { submenu } of items) {
    if (!Array.isArray(submenu)) continue
    expect(submenu.at(-1)?.type).not.toBe('separator')
    expect(submenu[0]?.type).not.toBe('separator')
  }
})

test('keys that text fields need are left to them', () => {
  const accelerators = flat(nativeMenu(() => {})).flatMap(({ accelerator }) => accelerator ?? [])
  expect(accelerators.filter((keys) => !keys.startsWith('Command+'))).toEqual([])
  expect(accelerators).not.toContain('Command+A')
  expect(accelerators).not.toContain('Command+C')
})

test('only a Mac has a native menu', () => {
  installNativeMenu('linux', () => {})
  expect(seen.menu).toBeNull()
  installNativeMenu('win32', () => {})
  expect(seen.menu).toBeNull()
  installNativeMenu('darwin', () => {})
  expect(seen.menu).toBeInstanceOf(Array)
})
