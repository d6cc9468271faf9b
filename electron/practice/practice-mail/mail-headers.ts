import { encodeText } from './charset-bytes.ts'

export interface Person {
  readonly name: string
  readonly address: string
  /** Offset of the person's clock, as the Date header has it. Default +0000. */
  readonly zone?: string
}

/** One header with its lines folded; text beyond ASCII becomes encoded words (RFC 2047). */
export function header(name: string, value: string, charset = 'utf-8'): string {
  return fold(`${name}: ${encodeWords(value, charset)}`)
}

export function addressHeader(name: string, people: readonly Person[], charset = 'utf-8'): string {
  return fold(`${name}: ${people.map((person) => addressOf(person, charset)).join(', ')}`)
}

function addressOf({ name, address }: Person, charset: string): string {
  if (name === '') return address
  if (!isAscii(name)) return `${encodeWords(name, charset)} <${address}>`
  return /^[\w .-]+$/.test(name) && !name.includes('.') ? `${name} <${address}>` : `"${name.replace(/["\\]/g, '\\$&')}" <${address}>`
}

/** RFC 5322 date on the person's clock. */
export function dateHeader(date: Date, zone = '+0000'): string {
  const minutes = Number(`${zone[0]}1`) * (Number(zone.slice(1, 3)) * 60 + Number(zone.slice(3)))
  return new Date(date.getTime() + minutes * 60_000).toUTCString().replace('GMT', zone)
}

export function isAscii(text: string): boolean {
  return /^[\x20-\x7e\t\r\n]*$/.test(text)
}

function encodeWords(text: string, charset: string): string {
  if (isAscii(text)) return text
  // 40 bytes become 54 in base64, so that a word stays below the 75 that RFC 2047 allows.
  return chunks(text, charset, 40)
    .map((chunk) => `=?${charset.toUpperCase()}?B?${encodeText(chunk, charset).toString('base64')}?=`)
    .join(' ')
}

/** Whole characters only: an encoded word must be decodable alone. */
function chunks(text: string, charset: string, bytes: number): readonly string[] {
  const parts = ['']
  for (const character of text) {
    const longer = `${parts.at(-1)}${character}`
    if (encodeText(longer, charset).length > bytes) parts.push(character)
    else parts[parts.length - 1] = longer
  }
  return parts
}

function fold(line: string): string {
  const lines = ['']
  for (const word of line.split(' ')) {
    const current = lines.at(-1) ?? ''
    if (current !== '' && current.length + word.length > 74) lines.push(` ${word}`)
    else lines[lines.length - 1] = current === '' && lines.length === 1 ? word : `${current} ${word}`
  }
  return lines.join('\r\n')
}
