import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { loadPage } from './page-files.ts'

test('a page keeps what it was loaded with, though it is built anew underneath', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'postrider-page-'))
  mkdirSync(join(folder, 'assets'))
  writeFileSync(join(folder, 'index.html'), 'old')
  writeFileSync(join(folder, 'assets', 'index-1.css'), 'a{}')
  const page = await loadPage(folder)
  writeFileSync(join(folder, 'index.html'), 'new')
  rmSync(join(folder, 'assets'), { recursive: true })
  expect(new TextDecoder().decode(page('/')?.body)).toBe('old')
  expect(page('/index.html')).toMatchObject({ type: 'text/html; charset=utf-8', isImmutable: false })
  expect(page('/assets/index-1.css')).toMatchObject({ type: 'text/css; charset=utf-8', isImmutable: true })
  expect(page('/assets/index-2.css')).toBeUndefined()
  rmSync(folder, { recursive: true })
})
