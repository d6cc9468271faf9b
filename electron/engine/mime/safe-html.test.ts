import * as css from 'css-tree'
import { html as markup, parse, type DefaultTreeAdapterTypes as Tree } from 'parse5'
import { expect, test } from 'vitest'
import { plainAttributes, shownElements } from './safe-html-rules.ts'
import { vectors } from './safe-html-vectors.ts'
import { makeSafeHtml, type SafeHtml } from './safe-html.ts'

const options = {
  partUrl: (id: string) => (id === 'none' ? undefined : `/content/t/inline/${encodeURIComponent(id)}`),
  allowRemote: false,
  remoteUrl: (url: string) => url,
}
const safe = (html: string): SafeHtml => makeSafeHtml(html, options)
const allowedRemote = { ...options, allowRemote: true, remoteUrl: (url: string) => `/content/remote?url=${encodeURIComponent(url)}` }
/** What stands between <body> and </body>. */
const bodyOf = (html: string) => /<body[^>]*>(.*)<\/body>/s.exec(safe(html).html)?.[1]
const styleOf = (html: string) => safe(html).html.split('<style>').slice(2).join('').split('</style>')[0]

const elements = new Set([...shownElements, 'html', 'head', 'body', 'meta', 'style'])
const attributes = new Set([
  ...plainAttributes,
  'style',
  'id',
  'name',
  'href',
  'target',
  'rel',
  'src',
  'alt',
  'background',
  'usemap',
  'role',
  'charset',
  'content',
])
const ownMeta = new Set(['charset=utf-8', 'name=referrer content=no-referrer'])

/** All that is wrong with a document, as a browser would read it. */
function faults(html: string, scriptingEnabled: boolean): string[] {
  const found: string[] = []
  const visit = (node: Tree.Node): void => {
    if (node.nodeName === '#comment') found.push('comment')
    if ('tagName' in node) checkElement(node, found)
    if ('childNodes' in node) for (const child of node.childNodes) visit(child)
  }
  visit(parse(html, { scriptingEnabled }))
  return found
}

function checkElement(element: Tree.Element, found: string[]): void {
  const name = element.tagName
  if (!elements.has(name) || element.namespaceURI !== markup.NS.HTML) found.push(`<${name}>`)
  if (name === 'meta' && !ownMeta.has(element.attrs.map((each) => `${each.name}=${each.value}`).join(' '))) found.push('<meta>')
  if (name === 'style') found.push(...cssFaults(element.childNodes.map((child) => ('value' in child ? child.value : '')).join('')))
  for (const { name: attribute, value } of element.attrs) {
    if (!attributes.has(attribute)) found.push(`${name} ${attribute}`)
    if (attribute === 'style') found.push(...cssFaults(`x{${value}}`))
    if (attribute === 'href' && !/^(?:https?:\/\/|mailto:|tel:|#mail-)/.test(value)) found.push(`href ${value}`)
    if (
      (attribute === 'src' || attribute === 'background') &&
      !/^(?:\/content\/t\/inline\/[^/]*$|data:image\/(?:png|gif|jpe?g|webp);base64,)/.test(value)
    )
      found.push(`src ${value}`)
    if ((attribute === 'id' || attribute === 'name') && name !== 'meta' && !value.startsWith('mail-')) found.push(`${attribute} ${value}`)
  }
  const href = element.attrs.find((each) => each.name === 'href')?.value
  const isExternal = href !== undefined && !href.startsWith('#')
  if (isExternal && element.attrs.find((each) => each.name === 'rel')?.value !== 'noopener noreferrer') found.push('rel')
}

function cssFaults(text: string): string[] {
  const found: string[] = []
  if (/</.test(text)) found.push('css <')
  css.walk(css.parse(text, { parseCustomProperty: true }), (node) => {
    if (node.type === 'Atrule' && node.name !== 'media') found.push(`@${node.name}`)
    if (node.type === 'Raw') found.push(`css raw ${node.value}`)
    if (node.type === 'Url' && !/^(?:\/content\/t\/inline\/|data:image\/(?:png|gif|jpe?g|webp);base64,)/.test(node.value))
      found.push(`css url ${node.value}`)
    if (node.type === 'Function' && /expression|image-set|src|element|cross-fade|paint/i.test(node.name)) found.push(`css ${node.name}()`)
    if (node.type !== 'Declaration') return
    const property = css.ident.decode(node.property).toLowerCase()
    const value = css
      .generate(node.value)
      .replace(/[\w\\]+/g, (word) => css.ident.decode(word))
      .toLowerCase()
    if (/behavior|binding|^-o-|^--|filter|animation|mask|clip-path/.test(property)) found.push(`css ${property}`)
    if (property === 'position' && /fixed|sticky/.test(value)) found.push('css position')
    if (property === 'z-index' && Number(value) > 1000) found.push('css z-index')
  })
  return found
}

/** What is left of an attack once it was made safe, with scripting on and off; empty when all is well. */
function remains(html: string): string[] {
  const { html: result } = safe(html)
  const found = [...faults(result, true), ...faults(result, false)]
  return found.length === 0 ? [] : [html, ...found]
}

const surroundings = [
  '<table><tr><td>',
  '<table>',
  '<svg>',
  '<math><mtext>',
  '<select>',
  '<noscript>',
  '<title>',
  '<style>',
  '<p title="',
  "<a href='https://x/",
  '<!--',
  '<template>',
  '<svg><foreignObject>',
  '<pre>',
  '<b><i><a href="https://x/">',
]
const ends = `</title></style></noscript></select>"'></svg></table>--><p>end`

test('there are enough attacks to mean something', () => {
  expect(vectors.length).toBeGreaterThan(120)
})

test.each(vectors.map((vector, index) => [index, vector] as const))('nothing is left of attack %i', (_, vector) => {
  // Bare, and where other rules of parsing hold.
  const surrounded = surroundings.flatMap((context) => [context + vector, `${context}${vector}${ends}`])
  expect([vector, ...surrounded].flatMap(remains)).toEqual([])
})

test('nothing unsafe comes out of attacks that were cut, joined and mixed at random', () => {
  const random = seeded(20260301)
  expect(Array.from({ length: 2000 }, () => mutate(random)).flatMap(remains)).toEqual([])
})

test('the checks of this file would notice an attack', () => {
  const missed = vectors.filter((vector) => faults(`<!doctype html><body>${vector}`, true).length === 0)
  // Those few are inert in today's parsers even untouched; they stay for those of tomorrow.
  expect(missed.length).toBeLessThan(10)
})

function mutate(random: () => number): string {
  const pick = () => vectors[Math.floor(random() * vectors.length)] ?? ''
  const marks = [
    '<',
    '>',
    '"',
    "'",
    '</',
    '-->',
    '<!--',
    '\u0000',
    '&',
    '`',
    '/',
    '=',
    '<svg>',
    '</svg>',
    '<style>',
    '</style>',
    '<math>',
    '\\',
    '}',
    '{',
    '</p>',
    '<table>',
  ]
  let text = ''
  for (let i = 0; i < 4; i++) {
    const vector = pick()
    const from = Math.floor(random() * random() * vector.length)
    text += vector.slice(from, from + Math.floor(random() * 200)) + (marks[Math.floor(random() * marks.length * 2)] ?? '')
  }
  return text
}

/** mulberry32: the same numbers on every machine. */
function seeded(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }
}

test('tables and presentational attributes stay as they are', () => {
  const html =
    '<table width="600" cellpadding="0" cellspacing="0" border="0" bgcolor="#eeeeee" align="center"><tbody><tr><td valign="top" colspan="2" height="20"><font face="Arial" size="2" color="red">Hi</font></td></tr></tbody></table>'
  expect(bodyOf(html)).toBe(html)
})

test('colours of the body stay', () => {
  expect(safe('<body bgcolor="#123456" text=white style="margin:0" onload=x>x').html).toContain(
    '<body bgcolor="#123456" text="white" style="margin:0">x</body>',
  )
})

test('links open outside and tell nobody where they were clicked', () => {
  expect(bodyOf('<a href="https://example.org/?a=1&amp;b=2">x</a>')).toBe(
    '<a href="https://example.org/?a=1&amp;b=2" target="_blank" rel="noopener noreferrer">x</a>',
  )
  expect(bodyOf('<a href="#top">x</a><a name=top>y</a>')).toBe('<a href="#mail-top">x</a><a name="mail-top">y</a>')
})

test('pictures of the message come from its parts', () => {
  expect(bodyOf('<img src="cid:logo%40x" width=10 alt="">')).toBe('<img width="10" alt="" src="/content/t/inline/logo%40x">')
  expect(bodyOf('<img src="cid:none" alt=Logo>')).toBe('<img alt="Logo">')
})

test.each([
  ['an image', '<img src="https://example.net/a.png" width=600 height=80>'],
  ['a sized image', '<img srcset="https://example.net/a.png 2x" width=600 height=80>'],
  ['a background', '<table background="http://example.net/a.png"></table>'],
  ['a style', '<p style="color:red;background:#fff url(https://example.net/a.png) no-repeat">x'],
  ['a style sheet', '<style>p{background-image:url(https://example.net/a.png)}</style>'],
  ['an address without scheme', '<img src="//example.net/a.png">'],
])('remote content in %s is kept back until allowed', (_, html) => {
  const blocked = safe(html)
  expect(blocked.hasRemoteContent).toBe(true)
  expect(blocked.html).not.toContain('example.net')
  const shown = makeSafeHtml(html, allowedRemote)
  expect(shown.hasRemoteContent).toBe(true)
  expect(shown.html).toMatch(/\/content\/remote\?url=https?%3A%2F%2Fexample\.net%2Fa\.png/)
})

test('a blocked picture keeps its place', () => {
  expect(bodyOf('<img src="https://example.net/a.png" width=600 height=80>')).toBe('<img width="600" height="80">')
})

test('text alone has no remote content', () => {
  expect(safe('<p>Hello <a href="https://example.org">x</a>').hasRemoteContent).toBe(false)
})

test('styles of newsletters survive', () => {
  expect(
    styleOf(
      '<style>/* x */ #a > .b, td{color:#333;mso-line-height-rule:exactly;line-height:1.5} @media only screen and (max-width:600px){.w{width:100%!important}}</style>',
    ),
  ).toBe('#mail-a>.b,td{color:#333;line-height:1.5}@media only screen and (max-width:600px){.w{width:100%!important}}')
  expect(bodyOf('<p style="FONT-FAMILY: Arial, \'Segoe UI\'; margin: 0 0 1em; background: url(cid:x)">x')).toContain(
    'url(/content/t/inline/x)',
  )
})

test('text is text', () => {
  expect(bodyOf('<p>1 &lt; 2 &amp;&amp; 3 > 2</p>')).toBe('<p>1 &lt; 2 &amp;&amp; 3 &gt; 2</p>')
  expect(bodyOf('<pre>\n\nx</pre>')).toBe('<pre>\n\nx</pre>')
})

test('forms show their words and none of their fields', () => {
  expect(bodyOf('<form action=x><label>Name: <input value=secret></label><textarea>x</textarea> <b>Go</b></form>')).toBe('Name:  <b>Go</b>')
})

const hostile: readonly (readonly [name: string, html: string])[] = [
  ['nested elements', '<div>'.repeat(400_000)],
  ['formatting elements that multiply', Array.from({ length: 30_000 }, (_, i) => `<b x=${i}>`).join('') + '<p>x'.repeat(30_000)],
  ['misplaced table content', `<table>${'<br>'.repeat(150_000)}`],
  ['attributes', `<a ${Array.from({ length: 200_000 }, (_, i) => `b${i}`).join(' ')}>`],
  ['attributes of the body', Array.from({ length: 100_000 }, (_, i) => `<body a${i}>`).join('')],
  ['closing tags', '<div>'.repeat(480) + '</p>'.repeat(300_000)],
  ['brackets in styles', `<style>${'('.repeat(400_000)}</style><p style="${'a('.repeat(200_000)}">`],
  ['nested rules', `<style>${'@media{'.repeat(70_000)}</style>`],
  ['angle brackets', '<'.repeat(1_500_000)],
]
for (const [name, html] of hostile) {
  test(`does not take long for endless ${name}`, () => {
    const start = process.cpuUsage()
    expect(safe(html).html).toContain('</html>')
    const { user, system } = process.cpuUsage(start)
    expect((user + system) / 1e6).toBeLessThan(4)
  })
}

test('cuts what is too long and says so', () => {
  const { html } = safe('<p>word</p>'.repeat(600_000))
  expect(html).toContain('too long to be shown completely')
})
