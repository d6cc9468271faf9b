import { expect, test } from 'vitest'
import { compareText, sortKey, subjectKey } from './sort-keys.ts'

test.each([
  ['Re: News', 'news'],
  ['RE: FW: Fwd: news', 'news'],
  ['Re[2]: AW: WG: news', 'news'],
  ['Re : (3) news', '3) news'],
  ['Regarding: news', 'regarding: news'],
  ['[list] News', 'list] news'],
  ['Éclair', 'eclair'],
  ['Straße', 'straße'],
  ['', ''],
  ['Re:', ''],
])('%j sorts as %j', (subject, key) => {
  expect(subjectKey(subject)).toBe(key)
})

test('a key has a bounded length', () => {
  expect(sortKey('x'.repeat(10_000)).length).toBeLessThan(200)
})

test('text is compared by code point as SQLite does', () => {
  const texts = ['', 'a', 'aa', 'b', 'é', '\ufe73', '\u{10428}']
  const shuffled = [4, 1, 6, 0, 5, 2, 3].map((at) => texts[at] ?? '')
  expect(shuffled.sort(compareText)).toEqual(texts)
  expect(Buffer.compare(Buffer.from('\ufe73'), Buffer.from('\u{10428}'))).toBe(-1)
})
