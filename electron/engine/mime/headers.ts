/** One header field. */
export interface HeaderField {
  /** Lower case. */
  readonly name: string
  /** As it stands, line breaks included; each character is one raw byte. `unfolded` makes a value of it. */
  readonly raw: string
}

export interface HeaderBlock {
  readonly fields: readonly HeaderField[]
  /** Offset of the first byte of the body. */
  readonly bodyStart: number
}

/** What lies beyond is skipped, not read: no honest header is that large. */
const maxHeaderBytes = 1 << 20
const maxFields = 2000

const LF = 10
const CR = 13
const DASH = 45

export interface HeaderLimits {
  /** Tells whether a line that begins with two dashes is a delimiter of an open multipart: headers end there too. */
  readonly isDelimiter: (lineStart: number, lineEnd: number) => boolean
  /** The top of a message may begin with an mbox line; a part that begins with no header has none at all. */
  readonly isPart: boolean
}

export function readHeaders(raw: Buffer, start: number, limits: HeaderLimits): HeaderBlock {
  let at = start
  let bodyStart = raw.length
  let headerEnd = raw.length
  while (at < raw.length) {
    const first = raw[at]
    const isBlank = first === LF || (first === CR && raw[at + 1] === LF)
    if (isBlank) {
      headerEnd = at
      bodyStart = at + (first === LF ? 1 : 2)
      break
    }
    let lineEnd = raw.indexOf(LF, at)
    if (lineEnd < 0) lineEnd = raw.length
    if (first === DASH && raw[at + 1] === DASH && limits.isDelimiter(at, lineEnd)) {
      headerEnd = at
      bodyStart = at
      break
    }
    at = lineEnd + 1
  }
  const text = raw.toString('latin1', start, Math.min(headerEnd, start + maxHeaderBytes))
  if (limits.isPart && text !== '' && !startsWithField(text)) return { fields: [], bodyStart: start }
  const fields = toFields(text)
  return fields.length === 0 && text !== '' ? { fields, bodyStart: start } : { fields, bodyStart }
}

/** The first value of a field, unfolded, or ''. */
export function headerValue(fields: readonly HeaderField[], name: string): string {
  for (const field of fields) if (field.name === name) return unfolded(field)
  return ''
}

/** Most fields are never asked for, so that this is not done while reading. */
export function unfolded({ raw }: HeaderField): string {
  if (!raw.includes('\n')) return raw.trim()
  return raw
    .split('\n')
    .map((line) => line.trim())
    .join(' ')
    .trim()
}

function startsWithField(text: string): boolean {
  return /^[!-9;-~]+[ \t]*:/.test(text.slice(0, 200))
}

function toFields(text: string): HeaderField[] {
  const fields: HeaderField[] = []
  for (let at = 0; at < text.length && fields.length < maxFields; ) {
    let end = lineEndAt(text, at)
    const colon = text.indexOf(':', at)
    // Without any further colon there is no further field.
    if (colon < 0) break
    const isField = colon < end && !isSpace(text.charCodeAt(at))
    if (isField) while (isSpace(text.charCodeAt(end + 1))) end = lineEndAt(text, end + 1)
    const name = isField ? text.slice(at, colon).trimEnd().toLowerCase() : ''
    // A blank inside means that this is no field but, say, the "From " line of an mbox file.
    if (name !== '' && !name.includes(' ')) fields.push({ name, raw: text.slice(colon + 1, end) })
    at = end + 1
  }
  return fields
}

function lineEndAt(text: string, from: number): number {
  const end = text.indexOf('\n', from)
  return end < 0 ? text.length : end
}

function isSpace(code: number): boolean {
  return code === 32 || code === 9
}
