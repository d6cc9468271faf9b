import type { Address } from '../domain/message.ts'

/** Turns a display name as it stands in a header into text: encoded words (RFC 2047), raw 8-bit bytes. */
export type DecodeName = (name: string) => string

const asIs: DecodeName = (name) => name

/**
 * Reads an address list as headers carry it (RFC 5322, obsolete forms included) and as people type it:
 * `Anna <a@example.org>; b@example.org`. Never throws. Groups are flattened; an empty group, such as
 * `undisclosed-recipients:;`, stays as a name without an address, and so does a name that has none.
 */
export function parseAddresses(text: string, decode: DecodeName = asIs): Address[] {
  const found: Address[] = []
  let entry = emptyEntry()
  let group: { name: string; size: number } | undefined
  const finish = () => {
    const addresses = toAddresses(entry, decode).filter(({ name, address }) => name !== '' || address !== '')
    if (group) group.size += addresses.length
    found.push(...addresses)
    entry = emptyEntry()
  }
  const finishGroup = () => {
    finish()
    if (group && group.size === 0) found.push({ name: decode(group.name).trim(), address: '' })
    group = undefined
  }
  for (let at = 0; at < text.length; ) {
    const character = text[at] ?? ''
    if (character === ',' || character === '\n') finish()
    else if (character === ';') finishGroup()
    else if (character === ':' && !group && isGroupName(entry)) {
      group = { name: entry.words.join(' '), size: 0 }
      entry = emptyEntry()
    } else {
      at = readToken(text, at, entry)
      continue
    }
    at++
  }
  finishGroup()
  return found
}

/** Whether SMTP could be given this: one @ with something on each side, nothing that would need quoting. */
export function isMailAddress(address: string): boolean {
  // oxlint-disable-next-line no-control-regex -- control characters are exactly what is refused
  return (
    address.length <= 320 &&
    /^(?:[^\s\u0000-\u001f\u007f@<>()[\],;:"\\]+|"[^"\\\r\n]+")@(?:[^\s\u0000-\u001f\u007f@<>()[\],;:"\\]+|\[[\w.:]+\])$/.test(address)
  )
}

/** `Anna Example <a@example.org>`, with the name quoted where the list syntax asks for it. */
export function formatAddress({ name, address }: Address): string {
  if (name === '') return address
  // oxlint-disable-next-line no-control-regex -- a name from a header may still carry them
  const clean = name.replace(/[\u0000-\u001f\u007f]+/g, ' ')
  const shown = /[()<>[\]:;@\\,"]/.test(clean) ? `"${clean.replace(/[\\"]/g, '\\$&')}"` : clean
  return address === '' ? shown : `${shown} <${address}>`
}

/** As the compose window shows a list. */
export function formatAddresses(addresses: readonly Address[]): string {
  return addresses.map(formatAddress).join('; ')
}

/** Host names do not care about case, and no provider in use cares about it in front of the @. */
export function isSameAddress(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase()
}

interface Entry {
  /** Atoms and quoted strings outside of `<>`. */
  readonly words: string[]
  /** Which of the words were quoted: such a word is never an address by itself. */
  readonly quoted: Set<number>
  angle: string | undefined
  comment: string
}

const emptyEntry = (): Entry => ({ words: [], quoted: new Set(), angle: undefined, comment: '' })

/** A colon ends a group's name only where no address has begun: `Team: a@b;`, but not `mailto:a@b`. */
function isGroupName(entry: Entry): boolean {
  return entry.words.length > 0 && entry.angle === undefined && !/@|^mailto$/i.test(entry.words.join(' '))
}

const wordEnd = /[\s,;:<("]/g

/** Reads one token into the entry and answers where the next begins. */
function readToken(text: string, at: number, entry: Entry): number {
  const character = text[at] ?? ''
  if (character === '"') return readQuoted(text, at, entry)
  if (character === '(') return readComment(text, at, entry)
  if (character === '<') {
    const close = text.indexOf('>', at)
    const next = text.slice(at + 1, close < 0 ? undefined : close)
    // An angle that never closes must not swallow the rest of the list.
    const inner = close < 0 || next.length > 1000 ? (/^[^,;\s]*/.exec(text.slice(at + 1, at + 1000))?.[0] ?? '') : next
    entry.angle ??= inner
    return inner === next && close >= 0 ? close + 1 : at + 1 + inner.length
  }
  if (character === ':' || character === '>' || character.trim() === '') return at + 1
  wordEnd.lastIndex = at
  // A quote inside an address belongs to it: "a b"@example.org is read by readQuoted, a"b@example.org here.
  const end = wordEnd.exec(text)?.index ?? text.length
  entry.words.push(text.slice(at, Math.max(end, at + 1)))
  return Math.max(end, at + 1)
}

function readQuoted(text: string, at: number, entry: Entry): number {
  let value = ''
  let i = at + 1
  for (; i < text.length && text[i] !== '"'; i++) {
    if (text[i] === '\\' && i + 1 < text.length) i++
    value += text[i]
  }
  if (i >= text.length) {
    // Never closed: the mark is a letter like any other.
    entry.words.push('"')
    return at + 1
  }
  if (text[i + 1] === '@') {
    wordEnd.lastIndex = i + 1
    const end = wordEnd.exec(text)?.index ?? text.length
    entry.words.push(text.slice(at, end))
    return end
  }
  entry.quoted.add(entry.words.length)
  entry.words.push(value)
  return i + 1
}

function readComment(text: string, at: number, entry: Entry): number {
  let depth = 0
  let value = ''
  for (let i = at; i < text.length; i++) {
    const character = text[i]
    if (character === '\\' && i + 1 < text.length) value += text[++i]
    else if (character === '(' && depth++ === 0) continue
    else if (character === ')' && --depth === 0) {
      entry.comment ||= value.trim()
      return i + 1
    } else value += character
  }
  entry.words.push('(')
  return at + 1
}

function toAddresses(entry: Entry, decode: DecodeName): Address[] {
  const words = entry.words
  if (entry.angle !== undefined) {
    const address = cleanAddress(entry.angle)
    const name = words.length > 0 ? words.join(' ') : entry.comment
    return [{ name: decode(name).trim(), address }]
  }
  if (words.length === 0) return []
  const isAddressWord = (word: string, index: number) => !entry.quoted.has(index) && word.indexOf('@') > 0
  if (words.length > 1 && words.every(isAddressWord)) return words.map((word) => ({ name: '', address: cleanAddress(word) }))
  const index = words.findIndex(isAddressWord)
  if (index >= 0) {
    const rest = words.filter((_, i) => i !== index).join(' ')
    return [{ name: decode(rest || entry.comment).trim(), address: cleanAddress(words[index] ?? '') }]
  }
  // One bare word is a user of the sender's own system: `root`.
  if (words.length === 1 && !entry.quoted.has(0) && !words[0]?.includes('=?'))
    return [{ name: decode(entry.comment).trim(), address: cleanAddress(words[0] ?? '') }]
  return [{ name: decode(words.join(' ')).trim(), address: '' }]
}

/** Drops a source route (`@a,@b:c@d`), white space and a `mailto:` that somebody pasted along. */
function cleanAddress(text: string): string {
  // oxlint-disable-next-line no-control-regex -- control characters have no place in an address, quoted or not
  let address = text.replace(/[\s\u0000-\u001f\u007f]+/g, '')
  if (address.startsWith('@') && address.includes(':')) address = address.slice(address.lastIndexOf(':') + 1)
  return address.replace(/^mailto:/i, '').replace(/^'([^']*)'$/, '$1')
}
