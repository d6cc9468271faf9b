import { hash as digest } from 'node:crypto'
import { constants, zstdCompressSync } from 'node:zlib'

/** A raw message as it goes into the store. */
export interface PackedBody {
  readonly raw: Uint8Array
  /** See `BodyRef`. */
  readonly hash: string
  /** zstd; null: that would not make it smaller. */
  readonly packed: Uint8Array | null
}

/** The least that zlib takes. */
const smallestChunk = 64

/** Pure. */
export function packBody(raw: Uint8Array): PackedBody {
  return { raw, hash: hashOf(raw), packed: pack(raw) }
}

export function hashOf(raw: Uint8Array): string {
  return digest('sha256', raw, 'hex')
}

/** Level 1 takes two thirds of the time of the default level 3 and makes mail 2 % larger. */
export function pack(raw: Uint8Array): Uint8Array | null {
  const packed = zstdCompressSync(raw, {
    params: { [constants.ZSTD_c_compressionLevel]: 1 },
    pledgedSrcSize: raw.length,
    // One buffer for the result; what is compressed is never larger than a blob may be.
    chunkSize: Math.max(smallestChunk, raw.length),
  })
  return packed.length < raw.length ? packed : null
}
