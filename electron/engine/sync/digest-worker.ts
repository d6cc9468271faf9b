// Entry of the thread that parses and packs mail; only its types are imported. Takes and gives the bytes of many messages in one piece.
import { parentPort } from 'node:worker_threads'
import { type Digest, digestOf } from './digest.ts'

export interface DigestQuestion {
  readonly joined: Uint8Array
  readonly lengths: readonly number[]
  readonly now: number
}

export interface DigestAnswer {
  readonly results: readonly (Omit<Digest, 'body'> & { readonly hash: string; readonly packedLength: number | null })[]
  readonly joined: Uint8Array
}

parentPort?.on('message', ({ joined, lengths, now }: DigestQuestion) => {
  let at = 0
  const digests = lengths.map((length) => {
    const raw = Buffer.from(joined.buffer, joined.byteOffset + at, length)
    at += length
    return digestOf(raw, now)
  })
  const packed = new Uint8Array(Buffer.concat(digests.flatMap(({ body }) => body.packed ?? [])))
  const results = digests.map(({ body, ...digest }) => ({ ...digest, hash: body.hash, packedLength: body.packed?.length ?? null }))
  parentPort?.postMessage({ results, joined: packed } satisfies DigestAnswer, [packed.buffer])
})
