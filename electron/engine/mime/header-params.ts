import { decodeCharset } from './charsets.ts'
import { decodeHeaderText } from './encoded-words.ts'

/** A structured header such as `Content-Type`: its first word in lower case, and its parameters, still raw. */
export interface StructuredHeader {
  readonly value: string
  readonly params: ReadonlyMap<string, string>
}

const maxParams = 200
const noParams: ReadonlyMap<string, string> = new Map()

/** Reads `type/subtype; name=value; name="value"` as tolerantly as mail needs it: unquoted blanks, stray quotes, comments. */
export function parseStructured(header: string): StructuredHeader {
  const semicolon = header.indexOf(';')
  const value = (semicolon < 0 ? header : header.slice(0, semicolon)).trim().toLowerCase()
  if (semicolon < 0) return { value, params: noParams }
  const params = new Map<string, string>()
  for (let at = semicolon + 1; at < header.length && params.size < maxParams; ) {
    const equals = header.indexOf('=', at)
    if (equals < 0) break
    const stop = header.indexOf(';', at)
    if (stop >= 0 && stop < equals) {
      at = stop + 1
      continue
    }
    const name = header.slice(at, equals).trim().toLowerCase()
    const [text, next] = readValue(header, equals + 1)
    if (name !== '' && !params.has(name)) params.set(name, text)
    at = next
  }
  return { value, params }
}

/** A parameter as text: RFC 2231 pieces joined and decoded, else encoded words and raw 8-bit bytes decoded. */
export function paramText(params: ReadonlyMap<string, string>, name: string, charset = ''): string {
  const extended = params.get(`${name}*`)
  if (extended !== undefined) return decodeExtended([{ text: extended, isEncoded: true }])
  const pieces: Piece[] = []
  for (let i = 0; ; i++) {
    const encoded = params.get(`${name}*${i}*`)
    const text = encoded ?? params.get(`${name}*${i}`)
    if (text === undefined) break
    pieces.push({ text, isEncoded: encoded !== undefined })
  }
  if (pieces.length > 0) return decodeExtended(pieces)
  return decodeHeaderText(params.get(name) ?? '', charset)
}

interface Piece {
  readonly text: string
  readonly isEncoded: boolean
}

function decodeExtended(pieces: readonly Piece[]): string {
  const prefix = pieces[0]?.isEncoded ? /^([^']{0,60})'[^']{0,60}'/.exec(pieces[0].text) : null
  const bytes = pieces.map(({ text, isEncoded }, index) => {
    const own = index === 0 && prefix ? text.slice(prefix[0].length) : text
    return isEncoded ? own.replace(/%([0-9a-f]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))) : own
  })
  const joined = bytes.join('')
  // Some programs cut an encoded word into pieces instead of encoding as RFC 2231 says.
  if (!prefix && joined.includes('=?')) return decodeHeaderText(joined)
  return decodeCharset(Buffer.from(joined, 'latin1'), prefix?.[1] ?? '')
}

/** Answers the value and where the next parameter begins. */
function readValue(header: string, from: number): readonly [string, number] {
  let at = from
  while (header[at] === ' ' || header[at] === '\t') at++
  if (header[at] === '"') {
    let value = ''
    for (at++; at < header.length && header[at] !== '"'; at++) {
      // Only these two are escaped in practice; a lone backslash is part of a Windows path.
      if (header[at] === '\\' && (header[at + 1] === '"' || header[at + 1] === '\\')) at++
      value += header[at]
    }
    const next = header.indexOf(';', at)
    return [value, next < 0 ? header.length : next + 1]
  }
  const stop = header.indexOf(';', at)
  const end = stop < 0 ? header.length : stop
  const value = header.slice(at, end).trimEnd()
  // A comment stands behind a blank; a parenthesis inside a token is part of it: invoice(1).pdf
  const comment = value.endsWith(')') ? value.lastIndexOf(' (') : -1
  return [comment > 0 ? value.slice(0, comment).trimEnd() : value, end + 1]
}
