import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { PresetFiles } from './preset-files.ts'
import { policyPath, readPolicyFile } from './read-policy.ts'

let folder = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'postrider-policy-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

test('each system has its own place for it', () => {
  expect(policyPath('linux')).toBe('/etc/postrider/policy.json')
  expect(policyPath('darwin')).toBe('/Library/Application Support/Postrider/policy.json')
  expect(policyPath('win32', { ProgramData: 'D:\\Shared' })).toMatch(/^D:\\Shared.Postrider.policy\.json$/)
})

test('the policy comes with the presets and certificates beside it, and nothing else', async () => {
  const path = join(folder, 'policy.json')
  writeFileSync(path, '{}')
  writeFileSync(join(folder, 'mail.json'), 'a preset')
  writeFileSync(join(folder, 'ca.pem'), 'a certificate')
  writeFileSync(join(folder, 'notes.txt'), 'notes')
  writeFileSync(join(folder, 'huge.json'), Buffer.alloc(1024 * 1024 + 1))
  const read = await readPolicyFile(path)
  expect(read).toMatchObject({ path, content: '{}', user: { login: expect.any(String) } })
  expect(Object.keys(read?.beside ?? {}).sort()).toEqual(['ca.pem', 'mail.json'])
})

test('no policy is no error; one that can not be read is told about', async () => {
  expect(await readPolicyFile(join(folder, 'policy.json'))).toBeUndefined()
  mkdirSync(join(folder, 'policy.json'))
  expect(await readPolicyFile(join(folder, 'policy.json'))).toMatchObject({ content: undefined })
})

test('preset files wait for a window, and are given out once', async () => {
  writeFileSync(join(folder, 'mail.json'), 'preset')
  const presets = new PresetFiles()
  let told = 0
  presets.take(undefined, folder)
  presets.tellWith(() => told++)
  expect(told).toBe(0)
  presets.take('mail.json', folder)
  presets.take('missing.json', folder)
  expect(told).toBe(2)
  expect(await presets.next()).toEqual({ name: 'mail.json', base64: Buffer.from('preset').toString('base64') })
  expect(await presets.next()).toEqual({ name: 'missing.json', base64: null })
  expect(await presets.next()).toBeNull()
})
