import { EventEmitter } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { keepWindowState, readWindowState } from './window-state.ts'

vi.mock('electron', async () => (await import('../testing/fake-electron.ts')).fakeElectron)

let folder = ''
const file = () => join(folder, 'window-state.json')
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'postrider-window-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

test('a window opens where it was closed', () => {
  const bounds = { x: 100, y: 50, width: 900, height: 600 }
  const window = Object.assign(new EventEmitter(), { getNormalBounds: () => bounds, isMaximized: () => true })
  keepWindowState(window as never, file())
  window.emit('close')
  expect(readWindowState(file())).toEqual({ bounds, isMaximized: true })
})

test('a place on a screen that is gone, a senseless size, a damaged file and no file at all are forgotten', () => {
  expect(readWindowState(file())).toEqual({ bounds: undefined, isMaximized: false })
  for (const bounds of [{ x: 5000, y: 50, width: 900, height: 600 }, { x: 0, y: 0, width: 1, height: 1 }, { x: 'left' }]) {
    writeFileSync(file(), JSON.stringify({ bounds, isMaximized: false }))
    expect(readWindowState(file()).bounds).toBeUndefined()
  }
  writeFileSync(file(), '{"bounds":')
  expect(readWindowState(file()).bounds).toBeUndefined()
})
