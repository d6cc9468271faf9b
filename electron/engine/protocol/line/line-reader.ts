import { isUtf8 } from 'node:buffer'
import { MailError } from '../../../../shared/errors/mail-error.ts'

const LF = 0x0a
const CR = 0x0d

/** RFC 2449 allows 512 bytes and SASL challenges 12,288; whatever is longer than this is not a status line. */
const longestLine = 65_536

/**
 * Cuts status lines out of chunks. A line ends with LF, the CR before it is optional: old servers forget it, and unlike in a body
 * nothing can be forged with it, because a status line is the server's own text.
 */
export class LineReader {
  #pieces: Buffer[] = []
  #length = 0

  /** Bytes of an unfinished line are waiting. */
  get isInside(): boolean {
    return this.#length > 0
  }

  /** Reads on at `from`. `line` is undefined when the line goes on in the next chunk; `next` is where the bytes behind it start. */
  read(chunk: Buffer, from: number): { readonly line: string | undefined; readonly next: number } {
    const end = chunk.indexOf(LF, from)
    const piece = chunk.subarray(from, end < 0 ? chunk.length : end)
    this.#length += piece.length
    if (this.#length > longestLine) throw new MailError('server-misbehaved', `A line of the server is longer than ${longestLine} bytes.`)
    if (piece.length > 0) this.#pieces.push(piece)
    if (end < 0) return { line: undefined, next: chunk.length }
    const line = decode(this.#pieces.length === 1 && this.#pieces[0] ? this.#pieces[0] : Buffer.concat(this.#pieces))
    this.#pieces = []
    this.#length = 0
    return { line, next: end + 1 }
  }
}

/** Old servers answer in the charset of their country; Latin-1 at least loses nothing. */
function decode(bytes: Buffer): string {
  const text = bytes[bytes.length - 1] === CR ? bytes.subarray(0, -1) : bytes
  return text.toString(isUtf8(text) ? 'utf8' : 'latin1')
}
