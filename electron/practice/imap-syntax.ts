// Commands into tokens, and values into the forms that answers need (RFC 3501 9). Text is one character per byte throughout.

export type Token =
  | { readonly kind: 'atom' | 'string'; readonly text: string }
  | { readonly kind: 'list'; readonly items: readonly Token[] }

export interface ImapCommand {
  readonly tag: string
  /** Upper case, with `UID ` in front where it was. */
  readonly name: string
  readonly args: readonly Token[]
}

/** Thrown for what the client may not say; the server answers BAD. */
export class BadCommand extends Error {}

export function parseCommand(text: string): ImapCommand {
  const [tag, first, ...rest] = new Tokenizer(text).all()
  if (tag?.kind !== 'atom' || first?.kind !== 'atom') throw new BadCommand('No tag or no command')
  const name = first.text.toUpperCase()
  const [second, ...others] = rest
  if (name === 'UID' && second?.kind === 'atom') return { tag: tag.text, name: `UID ${second.text.toUpperCase()}`, args: others }
  return { tag: tag.text, name, args: rest }
}

class Tokenizer {
  readonly #text: string
  #at = 0

  constructor(text: string) {
    this.#text = text
  }

  all(): readonly Token[] {
    const tokens: Token[] = []
    for (let token = this.#next(); token; token = this.#next()) tokens.push(token)
    return tokens
  }

  #next(): Token | undefined {
    while (this.#text[this.#at] === ' ') this.#at++
    const first = this.#text[this.#at]
    if (first === undefined || first === ')') return undefined
    if (first === '(') return this.#list()
    if (first === '"') return { kind: 'string', text: this.#match(/"((?:[^"\\]|\\.)*)"/y).replace(/\\(.)/g, '$1') }
    if (first === '{') return this.#literal()
    // Brackets hold blanks and lists: BODY.PEEK[HEADER.FIELDS (FROM TO)]<0.100>
    return { kind: 'atom', text: this.#match(/((?:\[[^\]]*\]|[^ ()[{"])+)/y) }
  }

  #list(): Token {
    this.#at++
    const items: Token[] = []
    for (let token = this.#next(); token; token = this.#next()) items.push(token)
    if (this.#text[this.#at++] !== ')') throw new BadCommand('A parenthesis is missing')
    return { kind: 'list', items }
  }

  #literal(): Token {
    const length = Number(this.#match(/\{(\d+)\+?\}\r\n/y))
    this.#at += length
    return { kind: 'string', text: this.#text.slice(this.#at - length, this.#at) }
  }

  #match(pattern: RegExp): string {
    pattern.lastIndex = this.#at
    const match = pattern.exec(this.#text)
    if (!match) throw new BadCommand('Syntax error')
    this.#at = pattern.lastIndex
    return match[1] ?? ''
  }
}

export function textOf(token: Token | undefined): string {
  if (token === undefined || token.kind === 'list') throw new BadCommand('An argument is missing')
  return token.text
}

export function listOf(token: Token | undefined): readonly Token[] {
  if (token?.kind !== 'list') throw new BadCommand('A list is missing')
  return token.items
}

/** Bytes as UTF-8 text, for names and passwords. */
export function utf8Of(token: Token | undefined): string {
  return Buffer.from(textOf(token), 'latin1').toString()
}

export function quoted(text: string): string {
  return `"${text.replace(/["\\]/g, '\\$&')}"`
}

export function literal(text: string): string {
  return `{${text.length}}\r\n${text}`
}

/** `undefined` becomes NIL; what can't be quoted becomes a literal. */
export function nstring(text: string | undefined): string {
  if (text === undefined) return 'NIL'
  return /^[\x20-\x7e]*$/.test(text) ? quoted(text) : literal(text)
}

/** Tells whether a number lies in a set such as `1:3,7,9:*`; `last` is what the asterisk means. */
export function inSet(set: string, last: number): (value: number) => boolean {
  const ranges = set.split(',').map((range) => {
    const [from = '', to = from] = range.split(':')
    const ends = [from, to].map((end) => (end === '*' ? last : Number(end)))
    if (!/^(\d+|\*)(:(\d+|\*))?$/.test(range)) throw new BadCommand('Not a set of messages')
    return [Math.min(...ends), Math.max(...ends)] as const
  })
  return (value) => ranges.some(([from, to]) => value >= from && value <= to)
}

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']

export function internalDateText(time: number): string {
  const date = new Date(time)
  const two = (value: number) => String(value).padStart(2, '0')
  const day = `${String(date.getUTCDate()).padStart(2, ' ')}-${months[date.getUTCMonth()]}-${date.getUTCFullYear()}`
  return `"${day} ${two(date.getUTCHours())}:${two(date.getUTCMinutes())}:${two(date.getUTCSeconds())} +0000"`
}

/** `1-Feb-2020`, with or without a time of day and its zone. */
export function parseDate(text: string): number {
  const match = /^ ?(\d{1,2})-(\w{3})-(\d{4})(?: (\d\d:\d\d:\d\d) ([+-]\d{4}))?$/.exec(text)
  const [, day, month, year, time = '00:00:00', zone = '+0000'] = match ?? []
  const parsed = Date.parse(`${day} ${month} ${year} ${time} ${zone}`)
  if (Number.isNaN(parsed)) throw new BadCommand('Not a date')
  return parsed
}
