import { parseFragment } from 'parse5'

/** Elements whose content nobody reads. */
const hidden = new Set([
  'script',
  'style',
  'head',
  'template',
  'title',
  'noscript',
  'iframe',
  'object',
  'svg',
  'math',
  'select',
  'textarea',
  'xmp',
  'noembed',
  'noframes',
])
const paragraphs = new Set(['p', 'h1', 'h2', 'h3', 'h4', 'h5', 'h6', 'ul', 'ol', 'dl', 'table', 'blockquote', 'pre', 'hr'])
const lineBreaks = new Set([
  'div',
  'tr',
  'li',
  'dt',
  'dd',
  'center',
  'address',
  'section',
  'article',
  'header',
  'footer',
  'form',
  'caption',
  'body',
])

export interface HtmlToTextOptions {
  /** Write the address of a link behind its text. */
  readonly links: boolean
}

/**
 * The words of an HTML text with its paragraphs, list marks and links, for searching and for quoting.
 * A scanner, not a tree builder: it is many times faster, and its result is text that nothing interprets.
 */
export function htmlToText(html: string, options: HtmlToTextOptions = { links: true }): string {
  const out = new TextWriter()
  const skipper = new ElementSkipper(html)
  let link: OpenLink | undefined
  for (let at = 0; at < html.length; ) {
    const open = html.indexOf('<', at)
    out.text(html.slice(at, open < 0 ? html.length : open))
    if (open < 0) break
    const tag = readTag(html, open)
    at = tag.end
    if (tag.name === '' && tag.end === open + 1) out.text('<')
    if (!tag.isClosing && hidden.has(tag.name)) at = skipper.endOf(tag)
    else writeBreaks(out, tag)
    if (tag.name !== 'a' || !options.links) continue
    if (link && tag.isClosing) closeLink(out, link)
    link = tag.isClosing ? undefined : openLink(out, tag, html)
  }
  return out.finish()
}

interface Tag {
  /** '' for comments, declarations and a lone `<`. */
  readonly name: string
  readonly isClosing: boolean
  readonly start: number
  readonly end: number
}

function readTag(html: string, open: number): Tag {
  const isClosing = html.charCodeAt(open + 1) === 47
  const from = open + (isClosing ? 2 : 1)
  let end = from
  while (isNameCharacter(html.charCodeAt(end)) && end < from + 40) end++
  // A name begins with a letter: "<3" is text.
  if (end > from && html.charCodeAt(from) >= 65) {
    return { name: html.slice(from, end).toLowerCase(), isClosing, start: open, end: tagEnd(html, end) }
  }
  const next = html[open + 1]
  if (html.startsWith('<!--', open)) return notTag(open, endOf(html, '-->', open + 2))
  return notTag(open, next === '!' || next === '?' || next === '/' ? endOf(html, '>', open) : open + 1)
}

function notTag(start: number, end: number): Tag {
  return { name: '', isClosing: false, start, end }
}

/** Letters, digits, and the colon of Office's elements. */
function isNameCharacter(code: number): boolean {
  return (code >= 97 && code <= 122) || (code >= 65 && code <= 90) || (code >= 48 && code <= 58)
}

/** The end of a tag; a `>` inside a quoted value does not count. */
function tagEnd(html: string, from: number): number {
  for (let at = from; at < html.length; at++) {
    const code = html.charCodeAt(at)
    if (code === 62) return at + 1
    const isQuote = (code === 34 || code === 39) && html.charCodeAt(at - 1) === 61
    if (isQuote) {
      const close = html.indexOf(code === 34 ? '"' : "'", at + 1)
      if (close < 0) return endOf(html, '>', at)
      at = close
    }
  }
  return html.length
}

function endOf(html: string, mark: string, from: number): number {
  const found = html.indexOf(mark, from)
  return found < 0 ? html.length : found + mark.length
}

class ElementSkipper {
  readonly #html: string
  /** Elements without any closing tag further on: looked for once, or many of them would cost a scan each. */
  readonly #unclosed = new Set<string>()

  constructor(html: string) {
    this.#html = html
  }

  /** Behind the closing tag; where it is missing only the tag itself is skipped, so that the words are not lost. */
  endOf(tag: Tag): number {
    const isCode = tag.name === 'script' || tag.name === 'style'
    if (this.#unclosed.has(tag.name)) return isCode ? this.#html.length : tag.end
    const close = new RegExp(tag.name === 'head' ? '</head\\b|<body\\b' : `</${tag.name}\\b`, 'gi')
    close.lastIndex = tag.end
    const found = close.exec(this.#html)
    if (found) return found[0].startsWith('</') ? endOf(this.#html, '>', found.index) : found.index
    this.#unclosed.add(tag.name)
    return isCode ? this.#html.length : tag.end
  }
}

function writeBreaks(out: TextWriter, tag: Tag): void {
  if (paragraphs.has(tag.name)) out.breakTo(2)
  else if (tag.name === 'br') out.lineBreak()
  else if (lineBreaks.has(tag.name)) out.breakTo(1)
  else if (tag.name === 'td' || tag.name === 'th') out.text(' ')
  if (tag.name === 'li' && !tag.isClosing) out.bullet()
  else if (tag.name === 'hr') {
    out.text('-----')
    out.breakTo(2)
  }
}

/** Links do not nest: a second opening ends the first one. */
interface OpenLink {
  readonly url: string
  readonly mark: number
}

function openLink(out: TextWriter, tag: Tag, html: string): OpenLink {
  const text = html.slice(tag.start, Math.min(tag.end, tag.start + 4000))
  const match = /\shref\s*=\s*(?:"([^"]{0,2000})"|'([^']{0,2000})'|([^\s>]{1,2000}))/i.exec(text)
  return { url: decodeEntities(match?.[1] ?? match?.[2] ?? match?.[3] ?? '').trim(), mark: out.mark }
}

function closeLink(out: TextWriter, link: OpenLink): void {
  if (!/^(?:https?|mailto):/i.test(link.url)) return
  const shown = out.since(link.mark).trim()
  const address = link.url.replace(/^mailto:/i, '')
  if (shown !== '' && !address.includes(shown)) out.raw(` <${address}>`)
}

/** Collects text with the white space of HTML: runs count once, breaks come from elements. */
class TextWriter {
  readonly #pieces: string[] = []
  #breaks = 0
  #space = false
  #isBehindBullet = false

  get mark(): number {
    return this.#pieces.length
  }

  since(mark: number): string {
    return this.#pieces.slice(mark).join('')
  }

  text(slice: string): void {
    if (slice === '') return
    const words = slice.includes('&') ? decodeEntities(slice) : slice
    if (words.trim() === '') {
      this.#space = true
      return
    }
    const text = words.replace(/[ \t\r\n\f\u00a0]+/g, ' ')
    this.raw(text.endsWith(' ') ? text.slice(0, -1) : text)
    this.#space = text.endsWith(' ')
  }

  raw(text: string): void {
    const isFirst = this.#pieces.length === 0
    if (isFirst || this.#breaks > 0) {
      const trimmed = text.trimStart()
      if (trimmed === '') return
      if (!isFirst) this.#pieces.push('\n'.repeat(this.#breaks))
      this.#pieces.push(trimmed)
    } else this.#pieces.push(this.#space && !text.startsWith(' ') ? ` ${text}` : text)
    this.#breaks = 0
    this.#space = false
    this.#isBehindBullet = false
  }

  /** The mark of a list entry; a paragraph inside begins behind it and not below. */
  bullet(): void {
    this.raw('- ')
    this.#isBehindBullet = true
  }

  /** At least so many line breaks before the next word. */
  breakTo(count: number): void {
    if (this.#isBehindBullet) return
    this.#breaks = Math.max(this.#breaks, count)
    this.#space = false
  }

  lineBreak(): void {
    if (this.#isBehindBullet) return
    this.#breaks = Math.min(this.#breaks + 1, 3)
    this.#space = false
  }

  finish(): string {
    return this.#pieces.join('')
  }
}

const entity = /&(?:#x([0-9a-f]{1,6})|#(\d{1,7})|([a-z][a-z0-9]{1,31}));?/gi
const named = new Map<string, string>([
  ['&nbsp;', '\u00a0'],
  ['&amp;', '&'],
  ['&lt;', '<'],
  ['&gt;', '>'],
  ['&quot;', '"'],
])

function decodeEntities(text: string): string {
  return text.replace(entity, (whole, hex: string | undefined, decimal: string | undefined) => {
    const known = named.get(whole)
    if (known !== undefined) return known
    if (hex === undefined && decimal === undefined) return remember(whole)
    const code = Number.parseInt(hex ?? decimal ?? '', hex === undefined ? 10 : 16)
    return code >= 128 && code < 160 ? remember(whole) : code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : ''
  })
}

/** Names are looked up by the HTML parser itself, which has the whole table, and kept. */
function remember(reference: string): string {
  const first = parseFragment(reference).childNodes[0]
  const text = first && 'value' in first ? first.value : reference
  if (named.size < 3000) named.set(reference, text)
  return text
}
