// The multi-line body of POP3 (RFC 1939 section 3) and NNTP (RFC 3977 section 3.1.1): a dot at the start of a line is doubled, a line
// with nothing but a dot ends the body.
//
// A line starts after CRLF only. A bare LF is content: were "LF . CRLF" taken for the end, a message could carry its own false end
// and forge the replies to the commands behind it (the trick known from SMTP as smuggling).

const CR = 0x0d
const LF = 0x0a
const DOT = 0x2e
const crlfDot = Buffer.from('\r\n.')
const loneCr = Buffer.from('\r')

/** What the bytes so far end with. Held back are only the dot and the CR behind it, which the state itself remembers. */
type Place = 'text' | 'after CR' | 'line start' | 'after dot' | 'after dot CR'

/** Decodes one body from chunks that may be cut anywhere. */
export class DotDecoder {
  #place: Place = 'line start'

  /**
   * Reads on at `from` and calls `emit` with pieces of `chunk`, in order, never empty. The CRLF before the final dot is part of the body.
   * Returns where the bytes behind the end start; -1: the body goes on in the next chunk.
   */
  feed(chunk: Buffer, from: number, emit: (piece: Buffer) => void): number {
    let at = from
    let start = from
    const emitUntil = (end: number) => {
      if (end > start) emit(chunk.subarray(start, end))
    }
    while (at < chunk.length) {
      const byte = chunk[at]
      switch (this.#place) {
        case 'text': {
          const found = chunk.indexOf(crlfDot, at)
          if (found < 0) {
            this.#place = placeAtEnd(chunk, at)
            at = chunk.length
            break
          }
          emitUntil(found + 2)
          at = start = found + 3
          this.#place = 'after dot'
          break
        }
        case 'after CR':
          this.#place = byte === LF ? 'line start' : 'text'
          if (byte === LF) at++
          break
        case 'line start':
          this.#place = byte === DOT ? 'after dot' : 'text'
          if (byte !== DOT) break
          emitUntil(at)
          at = start = at + 1
          break
        case 'after dot':
          this.#place = byte === CR ? 'after dot CR' : 'text'
          if (byte === CR) at = start = at + 1
          break
        case 'after dot CR':
          if (byte === LF) return at + 1
          emit(loneCr)
          this.#place = 'text'
          break
      }
    }
    emitUntil(chunk.length)
    return -1
  }
}

/** `from` keeps a CR that an earlier chunk ended with out of the question: it has been judged already. */
function placeAtEnd(chunk: Buffer, from: number): Place {
  const last = chunk.length - 1
  if (chunk[last] === CR) return 'after CR'
  return chunk[last] === LF && last > from && chunk[last - 1] === CR ? 'line start' : 'text'
}

/** A body as it goes over the line, with the final dot. What does not end in CRLF gains one: the protocol can't say it otherwise. */
export function stuffDots(body: Buffer): Buffer {
  const pieces: Buffer[] = []
  let start = 0
  if (body[0] === DOT) pieces.push(Buffer.from('.'))
  for (let found = body.indexOf(crlfDot); found >= 0; found = body.indexOf(crlfDot, start)) {
    pieces.push(body.subarray(start, found + 3), Buffer.from('.'))
    start = found + 3
  }
  pieces.push(body.subarray(start))
  const isEnded = body.length === 0 || body.subarray(-2).equals(Buffer.from('\r\n'))
  pieces.push(Buffer.from(isEnded ? '.\r\n' : '\r\n.\r\n'))
  return Buffer.concat(pieces)
}
