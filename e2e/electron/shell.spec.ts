/** The real shell. Where Electron's binary is absent every test here is skipped, and says so. */
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { _electron, expect, test, type ElectronApplication } from '@playwright/test'
import { electronPath } from '../../build/electron-path.mjs'

const executablePath = electronPath()
const noScreen = process.platform === 'linux' && !process.env.DISPLAY && !process.env.WAYLAND_DISPLAY
test.skip(executablePath === undefined, "not verified here: Electron's binary is missing (npx install-electron fetches it)")
test.skip(noScreen, 'not verified here: no screen for Electron (xvfb-run -a npm run e2e:electron)')

const root = fileURLToPath(new URL('../..', import.meta.url))
let folder = ''
let app: ElectronApplication

test.beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'postrider-shell-'))
  const sandbox = process.getuid?.() === 0 ? ['--no-sandbox'] : []
  app = await _electron.launch({ executablePath: executablePath ?? '', args: [...sandbox, root, '--data', folder] })
})
test.afterEach(async () => {
  await app.close()
  rmSync(folder, { recursive: true, force: true })
})

test('the window shows our page, which reaches neither Node nor Electron', async () => {
  const page = await app.firstWindow()
  await expect(page.getByRole('menubar').or(page.getByRole('main')).first()).toBeVisible()
  const seen = await page.evaluate(() => ['require' in window, 'process' in window, location.origin])
  expect(seen).toEqual([false, false, 'app://mail'])
})

test('the engine answers through its thread, with full-text search in its SQLite', async () => {
  await app.firstWindow()
  await expect.poll(() => existsSync(join(folder, 'shell'))).toBe(true)
  const fts = await app.evaluate(() => {
    const { DatabaseSync } = process.getBuiltinModule('node:sqlite')
    const database = new DatabaseSync(':memory:')
    database.exec('CREATE VIRTUAL TABLE t USING fts5(a)')
    return database.prepare("SELECT sqlite_compileoption_used('ENABLE_FTS5') AS hasFts5").get()
  })
  expect(fts).toEqual({ hasFts5: 1 })
})

test('a second window of ours is hardened like the first, and foreign addresses open none', async () => {
  const page = await app.firstWindow()
  const opened = app.waitForEvent('window')
  await page.evaluate(() => void window.open('/index.html?window=compose'))
  const child = await opened
  expect(await child.evaluate(() => ['require' in window, location.origin])).toEqual([false, 'app://mail'])
  await page.evaluate(() => void window.open('file:///etc/passwd'))
  expect(app.windows()).toHaveLength(2)
})

test('the place of the window is remembered', async () => {
  await app.firstWindow()
  await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.setBounds({ x: 40, y: 50, width: 900, height: 600 }))
  await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.close())
  await expect.poll(() => existsSync(join(folder, 'shell', 'window-state.json'))).toBe(true)
  const state = JSON.parse(readFileSync(join(folder, 'shell', 'window-state.json'), 'utf8')) as { bounds: { width: number } }
  expect(state.bounds.width).toBe(900)
})
