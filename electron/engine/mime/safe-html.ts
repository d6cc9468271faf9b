import { html as markup } from 'parse5'
import { parseHtml, type HtmlDocument, type HtmlElement, type HtmlNode } from './bounded-tree.ts'
import { htmlToText } from './html-to-text.ts'
import { safeStyleAttribute, safeStyleSheet, type CssOptions } from './safe-css.ts'
import { droppedElements, idPrefix, maxAttribute, plainAttributes, shownElements, voidElements } from './safe-html-rules.ts'
import { pictureSource, safeLink } from './safe-urls.ts'

export interface SafeHtmlOptions {
  /** The address of a picture in this message; undefined when there is no such part. */
  readonly partUrl: (contentId: string) => string | undefined
  /** The user agreed to load this message's pictures from their servers. */
  readonly allowRemote: boolean
  /** Where a remote picture is to be fetched from, once that is allowed. */
  readonly remoteUrl: (url: string) => string
}

export interface SafeHtml {
  /** A whole document. */
  readonly html: string
  /** There are pictures on other people's servers, shown or not. */
  readonly hasRemoteContent: boolean
}

const maxHtml = 5_000_000
/** Different style attributes; reading them is the slowest part of all. */
const maxStyles = 20_000
const cutNote = '<p><i>This message is too long to be shown completely.</i></p>'

/** Mail HTML assumes black on white, whatever the window around it looks like. */
const baseStyle =
  ':root{color-scheme:light}html{background:#fff;color:#000}body{margin:8px;font:14px/20px system-ui,"Segoe UI",sans-serif;overflow-wrap:break-word}' +
  'img{max-width:100%}img:not([src]){background:#f0f0f0}pre{white-space:pre-wrap}table{font-size:inherit}'

/**
 * Makes mail HTML safe to show: an allow-list of elements, attributes, styles and addresses, applied to the tree
 * that a browser would build, and written anew. Nothing of the original's markup survives as text that could be
 * read in another way.
 */
export function makeSafeHtml(html: string, options: SafeHtmlOptions): SafeHtml {
  const isCut = html.length > maxHtml
  const source = isCut ? html.slice(0, maxHtml) : html
  const tree = parseHtml(source)
  const note = isCut ? cutNote : ''
  if (!tree)
    return {
      html: documentOf({ css: '', bodyAttributes: '', body: `<pre>${escapeText(htmlToText(source))}</pre>${note}` }),
      hasRemoteContent: false,
    }
  const writer = new SafeWriter(options)
  const { css, bodyAttributes, body } = writer.write(tree)
  return { html: documentOf({ css, bodyAttributes, body: body + note }), hasRemoteContent: writer.hasRemoteContent }
}

interface Written {
  readonly css: string
  readonly bodyAttributes: string
  readonly body: string
}

function documentOf({ css, bodyAttributes, body }: Written): string {
  const styles = css === '' ? '' : `<style>${css}</style>`
  return (
    '<!doctype html><html><head><meta charset="utf-8"><meta name="referrer" content="no-referrer">' +
    `<style>${baseStyle}</style>${styles}</head><body${bodyAttributes}>${body}</body></html>\n`
  )
}

class SafeWriter {
  readonly #options: SafeHtmlOptions
  readonly #out: string[] = []
  readonly #css: string[] = []
  readonly #styles = new Map<string, string>()
  readonly #cssOptions: CssOptions
  #bodyAttributes = ''
  hasRemoteContent = false

  constructor(options: SafeHtmlOptions) {
    this.#options = options
    this.#cssOptions = { idPrefix, pictureUrl: (url) => this.#pictureUrl(url) }
  }

  write(tree: HtmlDocument): Written {
    // A stack of our own: the depth of a tree is the sender's choice. Strings are closing tags that wait for their turn.
    const stack: (HtmlNode | string)[] = [...tree.childNodes].reverse()
    for (let item = stack.pop(); item !== undefined; item = stack.pop()) {
      if (typeof item === 'string') this.#out.push(item)
      else if (item.nodeName === '#text') this.#out.push(escapeText('value' in item ? item.value : ''))
      else if ('tagName' in item) this.#element(item, stack)
    }
    return { css: this.#css.join('\n'), bodyAttributes: this.#bodyAttributes, body: this.#out.join('') }
  }

  #element(element: HtmlElement, stack: (HtmlNode | string)[]): void {
    const name = element.tagName
    if (element.namespaceURI !== markup.NS.HTML) return
    if (name === 'style') return this.#styleSheet(element)
    if (droppedElements.has(name)) return
    if (name === 'body') this.#bodyAttributes = this.#attributes(element)
    else if (shownElements.has(name)) {
      this.#out.push(`<${name}${this.#attributes(element)}>`)
      if (voidElements.has(name)) return
      // The parser eats one line break behind the tag.
      if (name === 'pre') this.#out.push('\n')
      stack.push(`</${name}>`)
    }
    for (let i = element.childNodes.length - 1; i >= 0; i--) {
      const child = element.childNodes[i]
      if (child) stack.push(child)
    }
  }

  #styleSheet(element: HtmlElement): void {
    const media = element.attrs.find(({ name }) => name === 'media')?.value ?? ''
    if (!/^[\w\s(),:.-]*$/.test(media)) return
    const text = element.childNodes.map((child) => ('value' in child ? child.value : '')).join('')
    const css = safeStyleSheet(text, this.#cssOptions)
    if (css !== '')
      this.#css.push(
        media.trim() === ''
          ? css
          : safeStyleSheet(`@media ${media}{${css}}`, { ...this.#cssOptions, idPrefix: '', pictureUrl: (url) => url }),
      )
  }

  #attributes(element: HtmlElement): string {
    const written: string[] = []
    const add = (name: string, value: string | undefined) => {
      if (value !== undefined && value !== '') written.push(` ${name}="${escapeAttribute(value)}"`)
    }
    const isAnchor = element.tagName === 'a' || element.tagName === 'map'
    for (const { name, value } of element.attrs) {
      if (name === 'style') add(name, this.#style(value))
      else if (name === 'id' || (name === 'name' && isAnchor)) add(name, prefixed(value))
      else if (name === 'background') add(name, this.#pictureUrl(value))
      else if (name === 'alt') written.push(` alt="${escapeAttribute(value.slice(0, maxAttribute))}"`)
      else if (plainAttributes.has(name) && value.length <= maxAttribute) written.push(` ${name}="${escapeAttribute(value)}"`)
      else if (name === 'role' && /^(?:presentation|none)$/i.test(value)) add(name, value)
    }
    if (element.tagName === 'img') this.#picture(element, add)
    else if (element.tagName === 'a' || element.tagName === 'area') this.#link(element, add)
    return written.join('')
  }

  #picture(element: HtmlElement, add: (name: string, value: string | undefined) => void): void {
    const valueOf = (name: string) => element.attrs.find((each) => each.name === name)?.value
    // Several sizes of one picture: the first will do where no plain address is given.
    const source = valueOf('src') ?? valueOf('srcset')?.trim().split(/[\s,]/, 1)[0]
    add('src', source === undefined ? undefined : this.#pictureUrl(source))
    const map = valueOf('usemap')
    if (map?.startsWith('#')) add('usemap', `#${prefixed(map.slice(1)) ?? ''}`)
  }

  #link(element: HtmlElement, add: (name: string, value: string | undefined) => void): void {
    const href = element.attrs.find(({ name }) => name === 'href')?.value.trim()
    if (href === undefined) return
    if (href.startsWith('#')) {
      const id = prefixed(href.slice(1))
      return add('href', id && `#${id}`)
    }
    const url = safeLink(href)
    if (url === undefined) return
    add('href', url)
    add('target', '_blank')
    add('rel', 'noopener noreferrer')
  }

  #pictureUrl(value: string): string | undefined {
    const source = pictureSource(value)
    if (source?.kind === 'part') return this.#options.partUrl(source.contentId)
    if (source?.kind !== 'remote') return source?.url
    this.hasRemoteContent = true
    return this.#options.allowRemote ? this.#options.remoteUrl(source.url) : undefined
  }

  /** Newsletters repeat the same few styles on every cell. */
  #style(value: string): string {
    const known = this.#styles.get(value)
    if (known !== undefined) return known
    const safe = this.#styles.size < maxStyles ? safeStyleAttribute(value, this.#cssOptions) : ''
    this.#styles.set(value, safe)
    return safe
  }
}

function prefixed(value: string): string | undefined {
  return /^[^\s"'<>&]{1,200}$/.test(value) ? idPrefix + value : undefined
}

function escapeText(text: string): string {
  return /[&<>\u0000]/.test(text)
    ? text.replaceAll('\u0000', '').replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
    : text
}

function escapeAttribute(text: string): string {
  return escapeText(text).replaceAll('"', '&quot;')
}
