import { expect, test } from 'vitest'
import { textBlocks } from './plain-text.ts'

const links = (text: string) =>
  textBlocks(text).flatMap((block) => block.lines.flatMap((line) => line.flatMap((piece) => (piece.kind === 'link' ? [piece.url] : []))))
const depths = (text: string) => textBlocks(text).map((block) => [block.depth, block.lines.length])

test('lines of equal quoting belong together', () => {
  expect(depths('Hello\n> one\n> two\n>> deeper\n> > deeper too\nbye\n')).toEqual([
    [0, 1],
    [1, 2],
    [2, 2],
    [0, 1],
  ])
})

test('a From line that mbox quoted is not a quotation', () => {
  expect(textBlocks('>From here on')[0]).toMatchObject({ depth: 0, lines: [[{ text: 'From here on' }]] })
})

test('web and mail addresses become links', () => {
  expect(links('See https://example.org/a?b=1#c, or www.example.net. Write to jo.doe+x@example.org!')).toEqual([
    'https://example.org/a?b=1#c',
    'https://www.example.net',
    'mailto:jo.doe+x@example.org',
  ])
})

test('brackets around a link stay outside, brackets within it stay inside', () => {
  expect(links('(https://example.org/x) <https://example.org/y> https://example.org/a_(b)')).toEqual([
    'https://example.org/x',
    'https://example.org/y',
    'https://example.org/a_(b)',
  ])
})

test('other schemes are only text', () => {
  expect(links('javascript:alert(1) file:///etc/passwd data:text/html,x')).toEqual([])
})

test('text around a link is kept whole', () => {
  const line = textBlocks('a https://example.org b')[0]?.lines[0]
  expect(line?.map((piece) => piece.text).join('')).toBe('a https://example.org b')
})
