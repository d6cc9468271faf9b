/** One value of BER or DER (X.690), as CMS files are made of them. */
export interface BerValue {
  readonly content: Uint8Array
  /** Empty for a primitive value. */
  readonly children: readonly BerValue[]
  /** The bytes of an octet string, also of one that comes in pieces. */
  octets(): Uint8Array
}

interface Place {
  readonly value: BerValue
  readonly tag: number
  readonly end: number
}

const maxDepth = 30

/** The value at the start of the bytes. Throws a RangeError when they are no BER. */
export function readBer(bytes: Uint8Array): BerValue {
  return placeAt(bytes, 0, 0).value
}

function placeAt(bytes: Uint8Array, start: number, depth: number): Place {
  if (depth > maxDepth) throw new RangeError('The values lie too deep in each other.')
  const tag = byteAt(bytes, start)
  const first = byteAt(bytes, start + 1)
  const isConstructed = (tag & 0x20) !== 0
  if (first === 0x80) {
    const children = childrenAt({ bytes, from: start + 2, until: undefined, depth })
    return { tag, value: valueOf(bytes.subarray(start + 2, children.end), children.values), end: children.end + 2 }
  }
  const lengthBytes = first < 0x80 ? 0 : first & 0x7f
  if (lengthBytes > 4) throw new RangeError('The value is too long.')
  let length = lengthBytes === 0 ? first : 0
  for (let at = 0; at < lengthBytes; at++) length = length * 256 + byteAt(bytes, start + 2 + at)
  const from = start + 2 + lengthBytes
  const end = from + length
  if (end > bytes.length) throw new RangeError('The value ends behind the file.')
  const children = isConstructed ? childrenAt({ bytes, from, until: end, depth }).values : []
  return { tag, value: valueOf(bytes.subarray(from, end), children), end }
}

interface Stretch {
  readonly bytes: Uint8Array
  readonly from: number
  /** undefined: up to the end mark. */
  readonly until: number | undefined
  readonly depth: number
}

function childrenAt({ bytes, from, until, depth }: Stretch): { readonly values: readonly BerValue[]; readonly end: number } {
  const values: BerValue[] = []
  let at = from
  while (until === undefined || at < until) {
    const place = placeAt(bytes, at, depth + 1)
    if (until === undefined && place.tag === 0) break
    values.push(place.value)
    at = place.end
  }
  return { values, end: at }
}

const valueOf = (content: Uint8Array, children: readonly BerValue[]): BerValue => ({
  content,
  children,
  octets: () => (children.length === 0 ? content : Buffer.concat(children.map((child) => child.octets()))),
})

function byteAt(bytes: Uint8Array, at: number): number {
  const byte = bytes[at]
  if (byte === undefined) throw new RangeError('The value ends behind the file.')
  return byte
}
