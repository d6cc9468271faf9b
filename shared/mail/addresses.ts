import type { Address } from '../domain/message.ts'

/** Turns a display name as it stands in a header into text: encoded words (RFC 2047), raw 8-bit bytes. */
export type DecodeName = (name: string) => string

const asIs: DecodeName = (name) => name

/** Some ten thousand recipients; what lies beyond is not read. */
const maxLength = 1_000_000

/**
 * Reads an address list as headers carry it (RFC 5322, obsolete forms included) and as people type it:
 * `Anna <a@example.org>; b@example.org`. Never throws. Groups are flattened; an empty group, such as
 * `undisclosed-recipients:;`, stays as a name without an address, and so does a name that has none.
 */
export function parseAddresses(text: string, decode: DecodeName = asIs): Address[] {
  return new AddressReader(text.slice(0, maxLength), decode).read()
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
  hasAddress: boolean
  angle: string | undefined
  comment: string
}

const emptyEntry = (): Entry => ({ words: [], quoted: new Set(), hasAddress: false, angle: undefined, comment: '' })

const wordEnd = /[\s,;:<("]/g

/** Reads each character once: a mark that has no partner is remembered, not looked for again. */
class AddressReader {
  readonly #text: string
  readonly #decode: DecodeName
  readonly #found: Address[] = []
  readonly #unclosed = new Set<string>()
  #at = 0
  #entry = emptyEntry()
  #group: { readonly name: string; size: number } | undefined

  constructor(text: string, decode: DecodeName) {
    this.#text = text
    this.#decode = decode
  }

  read(): Address[] {
    while (this.#at < this.#text.length) this.#readToken(this.#text[this.#at] ?? '')
    this.#finishGroup()
    return this.#found
  }

  #readToken(character: string): void {
    if (character === '"' || character === '(' || character === '<') {
      const isRead = !this.#unclosed.has(character) && this.#readMarked(character)
      if (isRead) return
      this.#unclosed.add(character)
      if (character === '<') this.#readOpenAngle()
      else this.#at++
    } else if (character === ',' || character === '\n') this.#step(() => this.#finish())
    else if (character === ';') this.#step(() => this.#finishGroup())
    else if (character === ':') this.#step(() => this.#beginGroup())
    else if (character === '>' || character.trim() === '') this.#at++
    else this.#pushWord(this.#at)
  }

  #step(act: () => void): void {
    act()
    this.#at++
  }

  #readMarked(character: string): boolean {
    if (character === '"') return this.#readQuoted()
    return character === '(' ? this.#readComment() : this.#readAngle()
  }

  #pushWord(from: number): void {
    wordEnd.lastIndex = this.#at
    const end = Math.max(wordEnd.exec(this.#text)?.index ?? this.#text.length, this.#at + 1)
    const word = this.#text.slice(from, end)
    this.#entry.words.push(word)
    if (word.includes('@')) this.#entry.hasAddress = true
    this.#at = end
  }

  #readQuoted(): boolean {
    const text = this.#text
    const pieces: string[] = []
    let from = this.#at + 1
    for (let i = from; i < text.length; i++) {
      if (text[i] === '\\') {
        pieces.push(text.slice(from, i))
        from = ++i
      } else if (text[i] === '"') {
        pieces.push(text.slice(from, i))
        this.#closeQuoted(pieces.join(''), i)
        return true
      }
    }
    return false
  }

  #closeQuoted(value: string, close: number): void {
    const start = this.#at
    this.#at = close + 1
    // "a b"@example.org: the quotes belong to the address.
    if (this.#text[close + 1] === '@') return this.#pushWord(start)
    this.#entry.quoted.add(this.#entry.words.length)
    this.#entry.words.push(value)
  }

  #readComment(): boolean {
    const text = this.#text
    let depth = 0
    for (let i = this.#at; i < text.length; i++) {
      if (text[i] === '\\') i++
      else if (text[i] === '(') depth++
      else if (text[i] === ')' && --depth === 0) {
        this.#entry.comment ||= text
          .slice(this.#at + 1, i)
          .replace(/\\(.)/g, '$1')
          .trim()
        this.#at = i + 1
        return true
      }
    }
    return false
  }

  #readAngle(): boolean {
    const close = this.#text.indexOf('>', this.#at)
    if (close < 0) return false
    const inner = this.#text.slice(this.#at + 1, close)
    // Another opening in between: this one was never closed, and must not swallow the next address.
    if (inner.includes('<')) {
      this.#readOpenAngle()
      return true
    }
    this.#entry.angle ??= inner
    this.#at = close + 1
    return true
  }

  #readOpenAngle(): void {
    this.#at++
    wordEnd.lastIndex = this.#at
    const end = wordEnd.exec(this.#text)?.index ?? this.#text.length
    if (end > this.#at) this.#entry.angle ??= this.#text.slice(this.#at, end)
    this.#at = end
  }

  /** A colon ends a group's name only where no address has begun: `Team: a@b;`, but not `mailto:a@b`. */
  #beginGroup(): void {
    const { words, hasAddress, angle } = this.#entry
    if (this.#group || words.length === 0 || hasAddress || angle !== undefined) return
    if (words.length > 1 || words[0]?.toLowerCase() !== 'mailto') this.#group = { name: words.join(' '), size: 0 }
    this.#entry = emptyEntry()
  }

  #finish(): void {
    const addresses = toAddresses(this.#entry, this.#decode).filter(({ name, address }) => name !== '' || address !== '')
    if (this.#group) this.#group.size += addresses.length
    for (const each of addresses) this.#found.push(each)
    this.#entry = emptyEntry()
  }

  #finishGroup(): void {
    this.#finish()
    if (this.#group?.size === 0) this.#found.push({ name: this.#decode(this.#group.name).trim(), address: '' })
    this.#group = undefined
  }
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
