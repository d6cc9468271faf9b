import { expect, test } from 'vitest'
import { parseMarkdown } from './markdown.ts'

test('headings, paragraphs, lists, tables and code are told apart, with what stands inside of them', () => {
  expect(
    parseMarkdown(
      '# Ti`t`le\n\nOne **two**\nthree.\n- a\n  b\n- [c](d.md#e)\n\n| x | y |\n|---|---|\n| 1 | 2 |\n\n```sh\n# no heading\n```\n',
    ),
  ).toEqual([
    {
      kind: 'heading',
      level: 1,
      id: 'title',
      text: [
        { kind: 'text', text: 'Ti' },
        { kind: 'code', text: 't' },
        { kind: 'text', text: 'le' },
      ],
    },
    {
      kind: 'paragraph',
      text: [
        { kind: 'text', text: 'One ' },
        { kind: 'strong', text: 'two' },
        { kind: 'text', text: ' three.' },
      ],
    },
    { kind: 'list', isOrdered: false, items: [[{ kind: 'text', text: 'a b' }], [{ kind: 'link', text: 'c', href: 'd.md#e' }]] },
    {
      kind: 'table',
      head: [[{ kind: 'text', text: 'x' }], [{ kind: 'text', text: 'y' }]],
      rows: [[[{ kind: 'text', text: '1' }], [{ kind: 'text', text: '2' }]]],
    },
    { kind: 'code', text: '# no heading' },
  ])
})

test('markup in a text stays text', () => {
  expect(parseMarkdown('<script>alert(1)</script>')).toEqual([
    { kind: 'paragraph', text: [{ kind: 'text', text: '<script>alert(1)</script>' }] },
  ])
})
