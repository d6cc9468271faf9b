import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { fileSecrets } from './file-secrets.ts'

let folder = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'postrider-secrets-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

test('secrets are found again, in a file that only the user can read', async () => {
  const path = join(folder, 'new folder', 'secrets.json')
  await fileSecrets(path).set('account 1', 'swordfish')
  expect(await fileSecrets(path).get('account 1')).toBe('swordfish')
  expect(await fileSecrets(path).get('account 2')).toBeUndefined()
  if (process.platform !== 'win32') expect(statSync(path).mode & 0o777).toBe(0o600)
})

test('writes that overlap all arrive, and leave nothing behind', async () => {
  const path = join(folder, 'secrets.json')
  const secrets = fileSecrets(path)
  await Promise.all(Array.from({ length: 20 }, (_, n) => secrets.set(`account ${n}`, `secret ${n}`)))
  await secrets.delete('account 7')
  expect(Object.keys(JSON.parse(readFileSync(path, 'utf8')) as object)).toHaveLength(19)
  expect(readdirSync(folder)).toEqual(['secrets.json'])
})

test('a file that was open to others is closed to them by the next write', async () => {
  const path = join(folder, 'secrets.json')
  writeFileSync(path, '{"account 1":"swordfish"}')
  chmodSync(path, 0o644)
  await fileSecrets(path).set('account 2', 'x')
  if (process.platform !== 'win32') expect(statSync(path).mode & 0o777).toBe(0o600)
  expect(await fileSecrets(path).get('account 1')).toBe('swordfish')
})

test('a damaged file is reported, not overwritten', async () => {
  const path = join(folder, 'secrets.json')
  writeFileSync(path, '{"account 1":')
  await expect(fileSecrets(path).set('account 2', 'x')).rejects.toThrow()
  expect(readFileSync(path, 'utf8')).toBe('{"account 1":')
})
