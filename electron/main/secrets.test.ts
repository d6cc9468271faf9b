import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { electronSecrets } from './secrets.ts'
import { fakeElectron } from './testing/fake-electron.ts'

vi.mock('electron', async () => (await import('./testing/fake-electron.ts')).fakeElectron)

const { safeStorage } = fakeElectron
let folder = ''
const file = () => join(folder, 'secrets.json')
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'postrider-secrets-'))
  Object.assign(safeStorage, { isAvailable: true, backend: 'gnome_libsecret', key: 'A' })
})
afterEach(() => rmSync(folder, { recursive: true }))

test('passwords are kept encrypted, and found again by the next start', async () => {
  const first = await electronSecrets(file())
  expect(first.kind).toBe('keychain')
  await first.port.set('account 1', 'swordfish')
  expect(readFileSync(file(), 'utf8')).not.toContain('swordfish')
  const second = await electronSecrets(file())
  expect(await second.port.get('account 1')).toBe('swordfish')
  await second.port.delete('account 1')
  expect(await second.port.get('account 1')).toBeUndefined()
  expect(await (await electronSecrets(file())).port.get('account 1')).toBeUndefined()
})

test('what was encrypted with an old key is encrypted anew when it is read', async () => {
  const { port } = await electronSecrets(file())
  await port.set('account 1', 'swordfish')
  const before = readFileSync(file(), 'utf8')
  safeStorage.key = 'B'
  expect(await port.get('account 1')).toBe('swordfish')
  expect(readFileSync(file(), 'utf8')).not.toBe(before)
  expect(await port.get('account 1')).toBe('swordfish')
})

test('a fixed key is said to be no protection, and without any key nothing is written', async () => {
  safeStorage.backend = 'basic_text'
  const expected = process.platform === 'linux' ? 'plain' : 'keychain'
  expect((await electronSecrets(file())).kind).toBe(expected)
  safeStorage.isAvailable = false
  const { kind, port } = await electronSecrets(file())
  expect(kind).toBe('memory')
  await port.set('account 1', 'swordfish')
  expect(await port.get('account 1')).toBe('swordfish')
  expect(() => readFileSync(file())).toThrow()
})
