import { parseStructured } from './header-params.ts'
import { headerValue, readHeaders, type HeaderField } from './headers.ts'

/** A node of the MIME structure. Offsets point into the raw message; nothing is copied or decoded. */
export interface MimePart {
  /** Numbered as IMAP does: '1', '1.2'; '' for a multipart that is the whole message. */
  readonly path: string
  /** Lower case, always with a slash. */
  readonly type: string
  readonly params: ReadonlyMap<string, string>
  readonly fields: readonly HeaderField[]
  /** Transfer encoding in lower case, '' when none is given. */
  readonly encoding: string
  /** Where the body begins. */
  readonly start: number
  /** Where the body ends, without the line break that belongs to the next delimiter. */
  readonly end: number
  /** Empty for leaves, and for a multipart whose parts could not be found. */
  readonly children: readonly MimePart[]
}

export interface MimeMessage {
  readonly raw: Buffer
  readonly root: MimePart
}

/** Deeper structures are attacks; what lies below is shown as text. */
const maxDepth = 50
const maxParts = 10_000
/** RFC 2046 allows 70; some programs write more. */
const maxBoundary = 250

const delimiterStart = Buffer.from('\n--')
const DASH = 45
const LF = 10
const CR = 13

/**
 * Reads the structure of any bytes, in one pass over them: time grows with the length alone, whatever the
 * boundaries are. Never throws. The result points into `raw`; nothing is copied or decoded until it is asked for.
 */
export function parseMessage(raw: Uint8Array): MimeMessage {
  const buffer = Buffer.isBuffer(raw) ? raw : Buffer.from(raw.buffer, raw.byteOffset, raw.byteLength)
  return { raw: buffer, root: new StructureReader(buffer).read() }
}

interface OpenPart {
  path: string
  type: string
  params: ReadonlyMap<string, string>
  fields: readonly HeaderField[]
  encoding: string
  start: number
  end: number
  children: OpenPart[]
}

class StructureReader {
  readonly #raw: Buffer
  /** Multiparts that have begun and not ended, outermost first, and their delimiter lines without the dashes. */
  readonly #open: OpenPart[] = []
  readonly #boundaries: string[] = []
  /** The leaf or preamble that the bytes at the current place belong to. */
  #current: OpenPart | undefined
  #count = 0

  constructor(raw: Buffer) {
    this.#raw = raw
  }

  read(): MimePart {
    const root = this.#begin(skipMessagePreface(this.#raw), undefined)
    let at = root.start
    while (this.#boundaries.length > 0 && this.#count < maxParts) {
      const dashes = this.#nextDashes(at)
      if (dashes < 0) break
      const lineEnd = this.#lineEnd(dashes)
      at = this.#delimiter(dashes, lineEnd) ?? lineEnd
    }
    this.#closeDownTo(0, this.#raw.length)
    return root
  }

  /** Offset of the next line that begins with two dashes, at or behind `at`. */
  #nextDashes(at: number): number {
    const raw = this.#raw
    if (raw[at] === DASH && raw[at + 1] === DASH && (at === 0 || raw[at - 1] === LF)) return at
    const found = raw.indexOf(delimiterStart, at)
    return found < 0 ? -1 : found + 1
  }

  #lineEnd(from: number): number {
    const end = this.#raw.indexOf(LF, from)
    return end < 0 ? this.#raw.length : end
  }

  /** Handles a delimiter line and answers where reading goes on; undefined when the line is none. */
  #delimiter(lineStart: number, lineEnd: number): number | undefined {
    const line = this.#lineText(lineStart, lineEnd)
    if (line === undefined) return undefined
    const opened = this.#boundaries.lastIndexOf(line)
    if (opened >= 0) {
      this.#closeDownTo(opened + 1, this.#beforeBreak(lineStart))
      return this.#begin(Math.min(lineEnd + 1, this.#raw.length), this.#open[opened]).start
    }
    const closed = line.endsWith('--') ? this.#boundaries.lastIndexOf(line.slice(0, -2)) : -1
    if (closed < 0) return undefined
    this.#closeDownTo(closed, this.#beforeBreak(lineStart))
    return lineEnd
  }

  /** The line behind its dashes, or undefined when it is too long to be a delimiter. */
  #lineText(lineStart: number, lineEnd: number): string | undefined {
    const raw = this.#raw
    let end = lineEnd
    while (end > lineStart && isBlank(raw[end - 1])) end--
    return end - lineStart > maxBoundary + 4 ? undefined : raw.toString('latin1', lineStart + 2, end)
  }

  /** The line break in front of a delimiter belongs to the delimiter (RFC 2046 5.1.1). */
  #beforeBreak(lineStart: number): number {
    const raw = this.#raw
    const end = raw[lineStart - 1] === LF ? lineStart - 1 : lineStart
    return raw[end - 1] === CR ? end - 1 : end
  }

  #begin(at: number, parent: OpenPart | undefined): OpenPart {
    const { fields, bodyStart } = readHeaders(this.#raw, at, {
      isPart: parent !== undefined,
      isDelimiter: (lineStart, lineEnd) => this.#isDelimiter(lineStart, lineEnd),
    })
    const part = toPart(fields, bodyStart, parent)
    this.#count++
    this.#current = part
    const canOpen = part.type.startsWith('multipart/') && this.#open.length < maxDepth
    const boundary = canOpen ? boundaryOf(part, this.#raw) : ''
    if (boundary !== '') {
      this.#open.push(part)
      this.#boundaries.push(boundary)
      if (!parent) part.path = ''
    }
    parent?.children.push(part)
    return part
  }

  #isDelimiter(lineStart: number, lineEnd: number): boolean {
    if (this.#boundaries.length === 0) return false
    const line = this.#lineText(lineStart, lineEnd)
    if (line === undefined) return false
    return this.#boundaries.includes(line) || (line.endsWith('--') && this.#boundaries.includes(line.slice(0, -2)))
  }

  /** Ends the current leaf and all multiparts from `level` inwards. */
  #closeDownTo(level: number, end: number): void {
    if (this.#current) this.#current.end = Math.max(this.#current.start, end)
    for (const part of this.#open.splice(level)) part.end = Math.max(part.start, end)
    this.#boundaries.length = level
    this.#current = undefined
  }
}

/** An mbox "From " line and blank lines in front of the first header are no part of a message. */
function skipMessagePreface(raw: Buffer): number {
  let at = 0
  while (at < 16 && (raw[at] === CR || raw[at] === LF)) at++
  const start = raw.toString('latin1', at, at + 6)
  if (start.startsWith('From ') || start === '>From ') {
    const end = raw.indexOf(LF, at)
    return end < 0 ? 0 : end + 1
  }
  return at > 0 && /^[!-9;-~]+:/.test(raw.toString('latin1', at, at + 100)) ? at : 0
}

function toPart(fields: readonly HeaderField[], start: number, parent: OpenPart | undefined): OpenPart {
  const { value, params } = parseStructured(headerValue(fields, 'content-type'))
  const usual = parent?.type === 'multipart/digest' ? 'message/rfc822' : 'text/plain'
  const encoding = headerValue(fields, 'content-transfer-encoding').toLowerCase()
  const prefix = parent && parent.path !== '' ? `${parent.path}.` : ''
  const path = parent ? `${prefix}${parent.children.length + 1}` : '1'
  return {
    path,
    type: mediaType(value, usual),
    params,
    fields,
    encoding: encoding.replace(/[\s;(].*$/s, ''),
    start,
    end: start,
    children: [],
  }
}

/** How far behind the header the first delimiter is looked for before another boundary is guessed. */
const preambleWindow = 65_536

/** The declared boundary; where it is missing or misspelt, the first line that looks like a delimiter in front of a part. */
function boundaryOf(part: OpenPart, raw: Buffer): string {
  const declared = (part.params.get('boundary') ?? '').trimEnd()
  const isUsable = declared !== '' && declared.length <= maxBoundary
  const start = raw.subarray(part.start, part.start + preambleWindow)
  if (isUsable && start.includes(`--${declared}`, 0, 'latin1')) return declared
  const guessed = /^--([^\r\n]{1,200}?)[ \t]*\r?\ncontent-[a-z-]{1,40}:/im.exec(start.toString('latin1'))?.[1]
  return guessed ?? (isUsable ? declared : '')
}

function mediaType(value: string, usual: string): string {
  if (value === '') return usual
  const match = /^([\w!#$&^.+-]{1,100})\s*\/\s*([\w!#$&^.+-]{1,100})/.exec(value)
  if (match) return `${match[1]}/${match[2]}`
  // RFC 2045 5.2: what cannot be read is plain text; a lone "html" is meant well.
  return value === 'html' ? 'text/html' : usual
}

function isBlank(byte: number | undefined): boolean {
  return byte === 32 || byte === 9 || byte === CR
}
