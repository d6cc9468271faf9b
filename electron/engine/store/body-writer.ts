import { createHash, type Hash } from 'node:crypto'
import type { PartFile } from './body-files.ts'

/** Enough for the header and the first texts of any message that people write. */
const beginning = 1024 * 1024

export interface BodyWriterParts {
  readonly begin: () => PartFile
  /** Before the file bears its name: no clean-up may take it away. */
  readonly announce: (hash: string) => void
}

/** A body that has arrived whole. */
export type WrittenBody =
  /** Small enough to be put together with others. */
  | { readonly kind: 'small'; readonly raw: Buffer }
  /** Already on the disk; `start` are its first bytes, 1 MiB at most. */
  | { readonly kind: 'stored'; readonly body: { readonly hash: string; readonly size: number }; readonly start: Buffer }

/** Takes a body in pieces. What is larger than the limit is hashed and written while it arrives. */
export class BodyWriter {
  readonly #limit: number
  readonly #parts: BodyWriterParts
  /** All of a small body, the beginning of a large one. */
  readonly #pieces: Buffer[] = []
  #kept = 0
  #size = 0
  #large: { readonly file: PartFile; readonly hasher: Hash } | undefined

  constructor(limit: number, parts: BodyWriterParts) {
    this.#limit = limit
    this.#parts = parts
  }

  /** Takes the piece over: its memory may be gone afterwards. Returns how many bytes of the body are in memory. */
  write(piece: Buffer): number {
    this.#size += piece.length
    if (!this.#large && this.#size > this.#limit) this.#spill()
    this.#large?.hasher.update(piece)
    this.#large?.file.write(piece)
    if (this.#kept < beginning) {
      // A piece keeps the whole packet alive that it came in; of a large body only a copy of its beginning is kept.
      const kept = this.#large ? Buffer.from(piece.subarray(0, beginning - this.#kept)) : piece
      this.#pieces.push(kept)
      this.#kept += kept.length
    }
    if (this.#large) release(piece)
    return this.#kept
  }

  end(): WrittenBody {
    const kept = Buffer.concat(this.#pieces, this.#kept)
    if (!this.#large) return { kind: 'small', raw: kept }
    const body = { hash: this.#large.hasher.digest('hex'), size: this.#size }
    this.#parts.announce(body.hash)
    this.#large.file.keep(body.hash)
    return { kind: 'stored', body, start: kept }
  }

  discard(): void {
    this.#large?.file.discard()
  }

  #spill(): void {
    this.#large = { file: this.#parts.begin(), hasher: createHash('sha256') }
    for (const piece of this.#pieces) {
      this.#large.hasher.update(piece)
      this.#large.file.write(piece)
    }
  }
}

/** Gives a packet's memory back at once, if the piece is all of it: left to the collector, some 60 MB of packets would wait for it. */
function release({ buffer, byteLength }: Buffer): void {
  if (buffer instanceof ArrayBuffer && buffer.byteLength === byteLength) buffer.transfer(0)
}
