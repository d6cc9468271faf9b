import { decodeCharset } from './charsets.ts'
import { decodeQuotedPrintable } from './transfer-encoding.ts'

/**
 * Text of an unstructured header. Raw 8-bit bytes are UTF-8 if valid, else in the charset that the body
 * claims, else windows-1252; then encoded words (RFC 2047) are decoded and control characters dropped.
 */
export function decodeHeaderText(value: string, charset = ''): string {
  return decodeWordsAndClean(decodeRawHeader(value, charset))
}

/** Only the raw bytes; for lists that must be taken apart before their words are decoded. */
export function decodeRawHeader(value: string, charset: string): string {
  // oxlint-disable-next-line no-control-regex -- plain ASCII is the common case
  return /[^\u0000-\u007f]/.test(value) ? decodeCharset(Buffer.from(value, 'latin1'), '', () => charset) : value
}

export function decodeWordsAndClean(text: string): string {
  const decoded = text.includes('=?') ? decodeWords(text) : text
  // oxlint-disable-next-line no-control-regex -- a decoded word may carry line breaks and worse
  return /[\u0000-\u001f\u007f]/.test(decoded) ? decoded.replace(/[\u0000-\u001f\u007f]+/g, ' ').trim() : decoded
}

/** The charset of the first encoded word, or '': a good guess for a body that names none. */
export function wordCharset(value: string): string {
  return /=\?([^?\s*]{1,60})(?:\*[^?\s]{0,60})?\?[bq]\?/i.exec(value)?.[1] ?? ''
}

interface Word {
  readonly charset: string
  readonly bytes: Buffer
  readonly end: number
}

/** Replaces encoded words; neighbours in one charset are joined as bytes, since many programs split characters between them. */
export function decodeWords(text: string): string {
  let result = ''
  let at = 0
  let pending: { charset: string; bytes: Buffer[] } | undefined
  const flush = () => {
    if (pending)
      result += decodeCharset(pending.bytes.length === 1 ? (pending.bytes[0] ?? noBytes) : Buffer.concat(pending.bytes), pending.charset)
    pending = undefined
  }
  for (;;) {
    const start = text.indexOf('=?', at)
    if (start < 0) break
    const word = readWord(text, start)
    const between = text.slice(at, word ? start : start + 2)
    if (!pending || !word || between.trim() !== '') {
      flush()
      result += between
    }
    at = word ? word.end : start + 2
    if (!word) continue
    if (pending?.charset !== word.charset) flush()
    pending ??= { charset: word.charset, bytes: [] }
    pending.bytes.push(word.bytes)
  }
  flush()
  return result + text.slice(at)
}

const noBytes = Buffer.alloc(0)
const opening = /=\?([^?\s*]{1,60})(?:\*[^?\s]{0,60})?\?([bq])\?/iy

function readWord(text: string, start: number): Word | undefined {
  opening.lastIndex = start
  const match = opening.exec(text)
  if (!match) return undefined
  const from = opening.lastIndex
  const close = text.indexOf('?=', from)
  // A second opening before the end: this word was never closed.
  const next = text.indexOf('=?', from)
  if (close < 0 || (next >= 0 && next + 1 < close)) return undefined
  const payload = text.slice(from, close)
  const isBase64 = match[2] === 'B' || match[2] === 'b'
  const bytes = isBase64 ? Buffer.from(payload, 'base64') : decodeQuotedPrintable(Buffer.from(payload.replaceAll('_', ' '), 'utf8'))
  return { charset: (match[1] ?? '').toLowerCase(), bytes, end: close + 2 }
}
