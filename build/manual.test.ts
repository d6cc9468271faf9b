import { readdirSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { type Block, headingId, parseMarkdown } from '../renderer/views/help/markdown.ts'
import { errorRegistry } from '../shared/errors/registry.ts'

const folder = new URL('../docs/manual/', import.meta.url)
const pages = readdirSync(folder).filter((name) => name.endsWith('.md'))
const page = (name: string) => parseMarkdown(readFileSync(new URL(name, folder), 'utf8'))
const headingIds = (blocks: readonly Block[]) => blocks.flatMap((block) => (block.kind === 'heading' ? [block.id] : []))

test('every code that the program can show has its heading in the manual', () => {
  const ids = headingIds(page('errors.md'))
  expect(Object.values(errorRegistry).filter(({ spoken }) => !ids.includes(headingId(spoken)))).toEqual([])
})

test('links inside the manual lead to pages and headings that are there', () => {
  const broken: string[] = []
  for (const name of pages) {
    for (const [, href = ''] of readFileSync(new URL(name, folder), 'utf8').matchAll(/\]\(([^)\s]+)\)/g)) {
      if (/^[a-z]+:/.test(href)) continue
      const [file = '', at = ''] = href.split('#')
      const target = file || name
      // Other documents of the project are no pages of the manual.
      if (target.includes('/')) continue
      if (!pages.includes(target) || (at && !headingIds(page(target)).includes(at))) broken.push(`${name}: ${href}`)
    }
  }
  expect(broken).toEqual([])
})
