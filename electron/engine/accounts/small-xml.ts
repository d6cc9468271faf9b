/** An element as configuration files have them; text is that of its own, in one piece. */
export interface XmlElement {
  readonly name: string
  readonly attributes: Readonly<Record<string, string>>
  readonly children: readonly XmlElement[]
  readonly text: string
}

interface OpenElement {
  readonly name: string
  readonly attributes: Readonly<Record<string, string>>
  readonly children: XmlElement[]
  text: string
}

const maxCharacters = 2_000_000
const maxDepth = 40
const maxElements = 20_000

/**
 * Reads a small XML document: elements, attributes, text, CDATA and the five entities of XML itself. A document type may be
 * named but not defined, so there is nothing that could expand. Throws an Error that says what is wrong with it.
 */
export function readXml(document: string): XmlElement {
  if (document.length > maxCharacters) throw new Error('The XML file is too large.')
  const open: OpenElement[] = [{ name: '', attributes: {}, children: [], text: '' }]
  let elements = 0
  for (const token of tokensOf(document)) {
    const parent = open.at(-1)
    if (!parent) throw new Error('The XML file ends too early.')
    if (token.kind === 'text') parent.text += token.text
    else if (token.kind === 'end') {
      if (open.length < 2 || parent.name !== token.name) throw new Error(`The XML file closes <${token.name}> where it is not open.`)
      open.pop()
    } else {
      elements += 1
      if (elements > maxElements || open.length > maxDepth) throw new Error('The XML file has too many elements.')
      const element: OpenElement = { name: token.name, attributes: token.attributes, children: [], text: '' }
      parent.children.push(element)
      if (!token.isEmpty) open.push(element)
    }
  }
  const [top] = open
  const [root] = top?.children ?? []
  if (open.length !== 1 || !root || top?.children.length !== 1 || top.text.trim() !== '')
    throw new Error('The file is not one whole XML element.')
  return root
}

type Token =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'end'; readonly name: string }
  | { readonly kind: 'start'; readonly name: string; readonly attributes: Readonly<Record<string, string>>; readonly isEmpty: boolean }

const ignored = /<!--[\s\S]*?-->|<\?[\s\S]*?\?>|<!DOCTYPE[^<>[\]]*>/y
const character = /<!\[CDATA\[([\s\S]*?)\]\]>/y
const tag = /<(\/?)([A-Za-z_][\w.:-]*)((?:\s+[A-Za-z_][\w.:-]*\s*=\s*(?:"[^"<]*"|'[^'<]*'))*)\s*(\/?)>/y
const plain = /[^<]+/y
const attribute = /([\w.:-]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g

function* tokensOf(document: string): Generator<Token> {
  let at = document.startsWith('\uFEFF') ? 1 : 0
  const take = (pattern: RegExp): RegExpExecArray | undefined => {
    pattern.lastIndex = at
    const match = pattern.exec(document)
    if (match) at += match[0].length
    return match ?? undefined
  }
  while (at < document.length) {
    const text = take(plain)
    if (text) {
      yield { kind: 'text', text: withoutEntities(text[0]) }
      continue
    }
    if (take(ignored)) continue
    const data = take(character)
    if (data) {
      yield { kind: 'text', text: data[1] ?? '' }
      continue
    }
    const match = take(tag)
    if (!match) throw new Error('The XML file has a place that can not be read.')
    yield tagToken(match)
  }
}

function tagToken([, slash, name = '', attributes = '', selfClosed]: RegExpExecArray): Token {
  if (slash) return { kind: 'end', name }
  const entries = [...attributes.matchAll(attribute)].map(([, key = '', double, single]) => [key, withoutEntities(double ?? single ?? '')])
  return { kind: 'start', name, attributes: Object.fromEntries(entries) as Record<string, string>, isEmpty: selfClosed === '/' }
}

const entities: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }

function withoutEntities(text: string): string {
  return text.replaceAll(/&(?:#(\d{1,7})|#x([\da-fA-F]{1,6})|(\w+));|&/g, (whole, decimal, hex, name) => {
    const known = typeof name === 'string' && Object.hasOwn(entities, name) ? entities[name] : undefined
    if (known !== undefined) return known
    const code = decimal ? Number(decimal) : hex ? Number.parseInt(String(hex), 16) : Number.NaN
    if (!(code > 0 && code <= 0x10ffff)) throw new Error(`The XML file has an entity that is not known: ${whole}`)
    return String.fromCodePoint(code)
  })
}

/** For text and attributes alike. */
export function escapeXml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')
}

export const childrenOf = (element: XmlElement | undefined, name: string): readonly XmlElement[] =>
  element?.children.filter((child) => child.name === name) ?? []

/** The trimmed text of the first child of that name; '' when there is none. */
export const textOf = (element: XmlElement | undefined, name: string): string => childrenOf(element, name)[0]?.text.trim() ?? ''
