import { expect, test, vi } from 'vitest'
import { MailError } from '../../shared/errors/mail-error.ts'
import { seen } from './testing/fake-electron.ts'

vi.mock('electron', async () => (await import('./testing/fake-electron.ts')).fakeElectron)
vi.mock('../hosts/worker/start-engine.ts', () => ({
  startEngine: () => Promise.reject(new MailError('store-in-use', 'planted', { path: 'the folder' })),
}))
vi.mock('../hosts/page-files.ts', () => ({ loadPage: async () => () => undefined }))
vi.mock('node:fs', async (original) => ({ ...(await original<typeof import('node:fs')>()), mkdirSync: () => undefined }))

test('a start that fails is told in words with the code that one can say, and ends the program', async () => {
  await import('./main.ts')
  await vi.waitFor(() => expect(seen.exits).toEqual([1]))
  const [[title, text] = ['', '']] = seen.errors
  expect(title).toBe('Postrider could not start.')
  expect(text).toContain('STORE-2')
  expect(text).not.toContain('planted')
})
