// Builds MIME parts for sample mail. All content is ours, so there is nothing to defend against here.
import { createHash } from 'node:crypto'
import { encodeText } from './charset-bytes.ts'
import { isAscii } from './mail-headers.ts'

/** A MIME part: its header lines and its encoded body, both with CRLF. */
export interface Part {
  readonly headers: readonly string[]
  readonly body: Buffer
}

export interface TextOptions {
  readonly charset?: string
  readonly encoding?: 'quoted-printable' | 'base64' | '8bit'
  /** RFC 3676: a space before the line end says that the line goes on. */
  readonly isFlowed?: boolean
}

export function text(content: string, options: TextOptions = {}): Part {
  return textPart('plain', options.isFlowed ? flow(content) : wrap(content), options)
}

export function html(content: string, options: TextOptions = {}): Part {
  return textPart('html', content, options)
}

function textPart(kind: 'plain' | 'html', content: string, { charset, encoding, isFlowed }: TextOptions): Part {
  const bytes = encodeText(crlf(`${content.trim()}\n`), charset ?? 'utf-8')
  const isPlain = bytes.every((byte) => byte < 128)
  const how = encoding ?? (isPlain ? '7bit' : 'quoted-printable')
  const name = charset ?? (isAscii(content) ? 'us-ascii' : 'utf-8')
  return {
    headers: [`Content-Type: text/${kind}; charset=${name}${isFlowed ? '; format=flowed' : ''}`, `Content-Transfer-Encoding: ${how}`],
    body: how === 'quoted-printable' ? quotedPrintable(bytes) : how === 'base64' ? base64(bytes) : bytes,
  }
}

export interface FileOptions {
  /** Shown in the text instead of being offered as a file. */
  readonly contentId?: string
  readonly parameters?: string
}

export function file(name: string, type: string, content: Buffer | string, options: FileOptions = {}): Part {
  const { contentId, parameters = '' } = options
  // RFC 2231 for names beyond ASCII.
  const named = isAscii(name) ? `filename="${name}"` : `filename*=utf-8''${encodeURIComponent(name)}`
  return {
    headers: [
      `Content-Type: ${type}${parameters}`,
      `Content-Disposition: ${contentId ? 'inline' : 'attachment'};\r\n ${named}`,
      ...(contentId ? [`Content-ID: <${contentId}>`] : []),
      'Content-Transfer-Encoding: base64',
    ],
    body: base64(Buffer.from(content)),
  }
}

/** A whole message inside another one. */
export function forwarded(message: Buffer): Part {
  return { headers: ['Content-Type: message/rfc822', 'Content-Disposition: attachment; filename="forwarded.eml"'], body: message }
}

/** A part that is exactly as written: for what the builder would not write, broken mail above all. */
export function asWritten(headers: readonly string[], body: string | Buffer): Part {
  return { headers, body: typeof body === 'string' ? Buffer.from(crlf(body), 'latin1') : body }
}

export const mixed = (...parts: readonly Part[]) => multipart('mixed', parts)
export const alternative = (...parts: readonly Part[]) => multipart('alternative', parts)
export const related = (...parts: readonly Part[]) => multipart('related', parts)

export function multipart(kind: string, parts: readonly Part[]): Part {
  const contents = parts.map((part) => Buffer.concat([Buffer.from(`${part.headers.join('\r\n')}\r\n\r\n`), part.body]))
  // Made from the content: the same mail has the same boundary in every run.
  const hash = createHash('sha256').update(kind)
  for (const content of contents) hash.update(content)
  const boundary = `=_${hash.digest('hex').slice(0, 24)}`
  const pieces = contents.flatMap((content, index) => [Buffer.from(`${index === 0 ? '' : '\r\n'}--${boundary}\r\n`), content])
  return {
    headers: [`Content-Type: multipart/${kind};\r\n boundary="${boundary}"`],
    body: Buffer.concat([...pieces, Buffer.from(`\r\n--${boundary}--\r\n`)]),
  }
}

export function crlf(content: string): string {
  return content.replace(/\r?\n/g, '\r\n')
}

/** Paragraphs as most programs send them; quoted lines and indented ones stay as they are. */
function wrap(content: string): string {
  return content
    .split('\n')
    .flatMap((line) => (/^[>\s]/.test(line) ? [line] : breakLine(line, 74)))
    .join('\n')
}

function flow(content: string): string {
  return content
    .split('\n')
    .flatMap((line) => breakLine(line, 70).map((piece, index, all) => (index < all.length - 1 ? `${piece} ` : piece)))
    .join('\n')
}

function breakLine(line: string, width: number): readonly string[] {
  const lines = ['']
  for (const word of line.split(' ')) {
    const current = lines.at(-1) ?? ''
    if (current !== '' && current.length + word.length >= width) lines.push(word)
    else lines[lines.length - 1] = current === '' ? word : `${current} ${word}`
  }
  return lines
}

function base64(bytes: Buffer): Buffer {
  return Buffer.from(`${bytes.toString('base64').replace(/(.{76})(?=.)/g, '$1\r\n')}\r\n`)
}

function quotedPrintable(bytes: Buffer): Buffer {
  const lines = bytes.toString('latin1').split('\r\n').map(quotedPrintableLine)
  return Buffer.from(lines.join('\r\n'), 'latin1')
}

function quotedPrintableLine(line: string): string {
  const escape = (character: string) => `=${character.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`
  const escaped = line.replace(/[^\x20-\x3c\x3e-\x7e]/g, escape).replace(/ $/, '=20')
  const pieces: string[] = []
  for (let rest = escaped; rest !== ''; ) {
    // A soft line break must not cut an escape in two.
    const cut = rest.length <= 76 ? rest.length : /^.{73}(?:=|.=)/s.test(rest) ? rest.lastIndexOf('=', 74) : 75
    pieces.push(rest.slice(0, cut))
    rest = rest.slice(cut)
  }
  return pieces.join('=\r\n')
}
