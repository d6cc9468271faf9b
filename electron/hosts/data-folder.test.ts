import { resolve } from 'node:path'
import { expect, test, vi } from 'vitest'
import { dataFolder } from './data-folder.ts'

test('practice mail lies beside the real mail, never in it', () => {
  expect(dataFolder({ data: 'some/mail', practice: false })).toBe(resolve('some/mail'))
  expect(dataFolder({ data: 'some/mail', practice: true })).toBe(`${resolve('some/mail')}-practice`)
})

test('without a choice it is the folder for this user and program', () => {
  vi.stubEnv('XDG_CONFIG_HOME', '/home/anna/config')
  expect(dataFolder({ data: undefined, practice: false })).toMatch(/Postrider$/)
  if (process.platform === 'linux') expect(dataFolder({ data: undefined, practice: true })).toBe('/home/anna/config/Postrider-practice')
  vi.unstubAllEnvs()
})
