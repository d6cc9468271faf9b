const EQUALS = 61
const LF = 10
const CR = 13

const noDigit = 255
const hexDigits = new Uint8Array(256).fill(noDigit)
for (let digit = 0; digit < 16; digit++) {
  hexDigits[digit.toString(16).charCodeAt(0)] = digit
  hexDigits[digit.toString(16).toUpperCase().charCodeAt(0)] = digit
}

/** Undoes a Content-Transfer-Encoding; a name that we do not know leaves the bytes as they are. */
export function decodeTransfer(bytes: Buffer, encoding: string): Buffer {
  if (encoding === 'base64') return decodeBase64(bytes)
  return encoding === 'quoted-printable' ? decodeQuotedPrintable(bytes) : bytes
}

/** RFC 2045 6.7, leaving whatever is not a valid escape as it stands. */
export function decodeQuotedPrintable(bytes: Buffer): Buffer {
  let from = bytes.indexOf(EQUALS)
  if (from < 0) return bytes
  const result = Buffer.allocUnsafe(bytes.length)
  let length = bytes.copy(result, 0, 0, from)
  while (from < bytes.length) {
    const byte = bytes[from] ?? 0
    if (byte !== EQUALS) {
      result[length++] = byte
      from++
      continue
    }
    const high = hexDigits[bytes[from + 1] ?? 0] ?? noDigit
    const low = hexDigits[bytes[from + 2] ?? 0] ?? noDigit
    if (high !== noDigit && low !== noDigit) {
      result[length++] = high * 16 + low
      from += 3
    } else {
      const next = softBreakEnd(bytes, from)
      if (next < 0) result[length++] = byte
      from = next < 0 ? from + 1 : next
    }
  }
  return result.subarray(0, length)
}

/** Where the line after a soft break begins, or -1; blanks between `=` and the line's end were added on the way. */
function softBreakEnd(bytes: Buffer, equals: number): number {
  let at = equals + 1
  // More than a few blanks are text; the bound also keeps a row of "=     =     =" linear.
  while (at < equals + 80 && (bytes[at] === 32 || bytes[at] === 9)) at++
  if (bytes[at] === CR && bytes[at + 1] === LF) return at + 2
  if (bytes[at] === LF) return at + 1
  return at >= bytes.length ? at : -1
}

/** Joined base64 blocks, each with its own padding, occur where a program appended to an attachment. */
export function decodeBase64(bytes: Buffer): Buffer {
  const text = bytes.toString('latin1')
  const decoded = Buffer.from(text, 'base64')
  const padding = text.indexOf('=')
  if (padding < 0 || !/[A-Za-z0-9+/]/.test(text.slice(padding, padding + 200))) return decoded
  return Buffer.concat(text.split(/=[=\s]*/).map((block) => Buffer.from(block, 'base64')))
}

/** Decoded size without decoding: exact for base64 in even lines, close otherwise. */
export function decodedSize(bytes: Buffer, encoding: string): number {
  if (encoding === 'quoted-printable') return bytes.length < 1 << 20 ? decodeQuotedPrintable(bytes).length : bytes.length
  if (encoding !== 'base64') return bytes.length
  let end = bytes.length
  while (end > 0 && ((bytes[end - 1] ?? 0) <= 32 || bytes[end - 1] === EQUALS)) end--
  const lineFeed = bytes.indexOf(LF)
  if (lineFeed < 0 || lineFeed >= end) return Math.floor((end * 3) / 4)
  const breakLength = bytes[lineFeed - 1] === CR ? 2 : 1
  const digits = end - Math.floor(end / (lineFeed + 1)) * breakLength
  return Math.floor((digits * 3) / 4)
}
