// MD4 (RFC 1320), for NTLM alone: Node's OpenSSL and Electron's BoringSSL no longer have it.

const shifts = [
  [3, 7, 11, 19],
  [3, 5, 9, 13],
  [3, 9, 11, 15],
] as const

const orders = [
  [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15],
  [0, 4, 8, 12, 1, 5, 9, 13, 2, 6, 10, 14, 3, 7, 11, 15],
  [0, 8, 4, 12, 2, 10, 6, 14, 1, 9, 5, 13, 3, 11, 7, 15],
] as const

const additions = [0, 0x5a827999, 0x6ed9eba1] as const

const mixes = [
  (x: number, y: number, z: number) => (x & y) | (~x & z),
  (x: number, y: number, z: number) => (x & y) | (x & z) | (y & z),
  (x: number, y: number, z: number) => x ^ y ^ z,
] as const

type State = readonly [number, number, number, number]

/** 16 bytes. */
export function md4(input: Uint8Array): Buffer {
  const padded = pad(input)
  let state: State = [0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476]
  for (let at = 0; at < padded.length; at += 64) state = addBlock(state, padded.subarray(at, at + 64))
  const digest = Buffer.alloc(16)
  state.forEach((word, index) => {
    digest.writeInt32LE(word | 0, index * 4)
  })
  return digest
}

/** A one bit, zeros, and the length in bits as the last 8 bytes of a block. */
function pad(input: Uint8Array): Buffer {
  const padded = Buffer.alloc(Math.ceil((input.length + 9) / 64) * 64)
  padded.set(input)
  padded[input.length] = 0x80
  padded.writeBigUInt64LE(BigInt(input.length) * 8n, padded.length - 8)
  return padded
}

function addBlock(before: State, block: Buffer): State {
  let [a, b, c, d] = before
  for (const [round, mix] of mixes.entries()) {
    for (const [step, word] of (orders[round] ?? []).entries()) {
      const sum = a + mix(b, c, d) + block.readInt32LE(word * 4) + (additions[round] ?? 0)
      const turned = rotate(sum, shifts[round]?.[step % 4] ?? 0)
      ;[a, b, c, d] = [d, turned, b, c]
    }
  }
  return [(before[0] + a) | 0, (before[1] + b) | 0, (before[2] + c) | 0, (before[3] + d) | 0]
}

function rotate(word: number, by: number): number {
  return (word << by) | (word >>> (32 - by))
}
