/** One header field; the value is unfolded, each character stands for one raw byte. */
export interface HeaderField {
  readonly name: string
  readonly value: string
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

/** The first value of a field, or ''. */
export function headerValue(fields: readonly HeaderField[], name: string): string {
  for (const field of fields) if (field.name === name) return field.value
  return ''
}

function startsWithField(text: string): boolean {
  return /^[!-9;-~]+[ \t]*:/.test(text.slice(0, 200))
}

function toFields(text: string): HeaderField[] {
  const fields: HeaderField[] = []
  let at = 0
  while (at < text.length && fields.length < maxFields) {
    let end = lineEndAt(text, at)
    const colon = text.indexOf(':', at)
    // Without any further colon there is no further field.
    if (colon < 0) break
    if (colon > end || isSpace(text.charCodeAt(at))) {
      at = end + 1
      continue
    }
    let value = text.slice(colon + 1, withoutCr(text, end))
    let next = end + 1
    if (isSpace(text.charCodeAt(next))) {
      const pieces = [value.trimEnd()]
      while (next < text.length && isSpace(text.charCodeAt(next))) {
        end = lineEndAt(text, next)
        pieces.push(text.slice(next, withoutCr(text, end)).trim())
        next = end + 1
      }
      value = pieces.join(' ')
    }
    const name = text.slice(at, colon).trimEnd().toLowerCase()
    // A blank inside means that this is no field but, say, the "From " line of an mbox file.
    if (name !== '' && !name.includes(' ')) fields.push({ name, value: value.trim() })
    at = next
  }
  return fields
}

function lineEndAt(text: string, from: number): number {
  const end = text.indexOf('\n', from)
  return end < 0 ? text.length : end
}

function withoutCr(text: string, end: number): number {
  return text.charCodeAt(end - 1) === CR ? end - 1 : end
}

function isSpace(code: number): boolean {
  return code === 32 || code === 9
}
