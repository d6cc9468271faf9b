// Reads `* 12 FETCH (...)` in one go. The library makes an object of every token and a promise of every answer, which for the
// list of a large folder costs more than all else that is done with it.

/** NIL is null; literals are bytes; numbers stay text. */
export type FetchValue = string | Buffer | null | readonly FetchValue[]

/** The items of one answer by their names in upper case: `UID`, `FLAGS`, `BODY[]`. Of `BODY[...]<0>` the offset is left out. */
export type FetchItems = ReadonlyMap<string, FetchValue>

const maxDepth = 60

/** Whether a line of the server, without its literals, is such an answer. */
export function isFetchAnswer(line: Buffer): boolean {
  return line[0] === 0x2a && line[1] === 0x20 && /^\* \d+ FETCH \(/i.test(line.toString('latin1', 0, 24))
}

/** `literals` are the bytes that the `{123}` of the line stand for, in order. undefined: not to be understood. */
export function readFetchAnswer(line: Buffer, literals: readonly Buffer[]): FetchItems | undefined {
  const reader = new AnswerReader(line.toString('latin1'), literals)
  try {
    return reader.items()
  } catch (error) {
    if (error instanceof Unreadable) return undefined
    throw error
  }
}

class Unreadable extends Error {}

class AnswerReader {
  readonly #text: string
  readonly #literals: readonly Buffer[]
  #at: number
  #nextLiteral = 0

  constructor(text: string, literals: readonly Buffer[]) {
    this.#text = text
    this.#literals = literals
    this.#at = text.indexOf('(') + 1
  }

  items(): FetchItems {
    const found = new Map<string, FetchValue>()
    for (;;) {
      this.#skipSpaces()
      if (this.#text[this.#at] === ')') return found
      const name = this.#name()
      this.#skipSpaces()
      found.set(name, this.#value(0))
    }
  }

  /** Sections hold spaces and lists: `BODY[HEADER.FIELDS (From To)]<0>`. */
  #name(): string {
    const start = this.#at
    while (this.#at < this.#text.length && !/[\s()[]/.test(this.#text.charAt(this.#at))) this.#at++
    if (this.#text[this.#at] !== '[') {
      if (this.#at === start) throw new Unreadable()
      return this.#text.slice(start, this.#at).toUpperCase()
    }
    const end = this.#text.indexOf(']', this.#at)
    if (end < 0) throw new Unreadable()
    this.#at = end + 1
    const name = this.#text.slice(start, this.#at).toUpperCase()
    if (this.#text[this.#at] === '<') this.#at = this.#text.indexOf('>', this.#at) + 1
    return name
  }

  #value(depth: number): FetchValue {
    const first = this.#text[this.#at]
    if (first === '(') return this.#list(depth)
    if (first === '"') return this.#quoted()
    if (first === '{' || (first === '~' && this.#text[this.#at + 1] === '{')) return this.#literal()
    return this.#atom()
  }

  #list(depth: number): readonly FetchValue[] {
    if (depth > maxDepth) throw new Unreadable()
    const values: FetchValue[] = []
    this.#at++
    for (;;) {
      this.#skipSpaces()
      if (this.#at >= this.#text.length) throw new Unreadable()
      if (this.#text[this.#at] === ')') {
        this.#at++
        return values
      }
      values.push(this.#value(depth + 1))
    }
  }

  #quoted(): string {
    const start = this.#at + 1
    let end = start
    let hasEscape = false
    for (; this.#text[end] !== '"'; end++) {
      if (end >= this.#text.length) throw new Unreadable()
      if (this.#text[end] !== '\\') continue
      hasEscape = true
      end++
    }
    this.#at = end + 1
    const raw = this.#text.slice(start, end)
    return hasEscape ? raw.replace(/\\(.)/gs, '$1') : raw
  }

  #literal(): Buffer {
    const end = this.#text.indexOf('}', this.#at)
    const bytes = this.#literals[this.#nextLiteral++]
    if (end < 0 || !bytes) throw new Unreadable()
    this.#at = end + 1
    while (this.#text[this.#at] === '\r' || this.#text[this.#at] === '\n') this.#at++
    return bytes
  }

  #atom(): string | null {
    const start = this.#at
    while (this.#at < this.#text.length && !isAtomEnd(this.#text.charCodeAt(this.#at))) this.#at++
    if (this.#at === start) throw new Unreadable()
    const atom = this.#text.slice(start, this.#at)
    return atom === 'NIL' || atom === 'nil' ? null : atom
  }

  #skipSpaces(): void {
    while (this.#text.charCodeAt(this.#at) === 32) this.#at++
    if (this.#at >= this.#text.length) throw new Unreadable()
  }
}

function isAtomEnd(code: number): boolean {
  return code === 32 || code === 40 || code === 41
}
