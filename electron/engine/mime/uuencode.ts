/** A file inside a plain text, as mail programs sent it before MIME. */
export interface UuFile {
  readonly name: string
  readonly bytes: Buffer
}

const begin = /^begin(?:-base64)? [0-7]{3,4} ([^\r\n]{1,300}?)\r?$/gm
const maxFiles = 1000

/** Splits a text into what people read and the files in it; without a complete file the text comes back as it is. */
export function splitUuencoded(text: string): { readonly text: string; readonly files: readonly UuFile[] } {
  if (!text.includes('begin')) return { text, files: [] }
  const files: UuFile[] = []
  let kept = ''
  let at = 0
  begin.lastIndex = 0
  for (let match = begin.exec(text); match && files.length < maxFiles; match = begin.exec(text)) {
    const block = readBlock(text, begin.lastIndex + 1, match[0].startsWith('begin-base64'))
    // A begin without its end is a sentence of somebody's; lines read so far are not looked at again.
    if (block.bytes) {
      kept += text.slice(at, match.index)
      at = block.end
      files.push({ name: match[1] ?? '', bytes: block.bytes })
    }
    begin.lastIndex = block.end
  }
  return { text: files.length === 0 ? text : kept + text.slice(at), files }
}

function readBlock(text: string, from: number, isBase64: boolean): { readonly end: number; readonly bytes: Buffer | undefined } {
  const pieces: Buffer[] = []
  for (let at = from; at < text.length; ) {
    const newline = text.indexOf('\n', at)
    const lineEnd = newline < 0 ? text.length : newline
    const line = text.slice(at, lineEnd).replace(/\r$/, '')
    const next = Math.min(lineEnd + 1, text.length)
    if (line === (isBase64 ? '====' : 'end')) return { end: next, bytes: Buffer.concat(pieces) }
    const piece = isBase64 ? Buffer.from(line, 'base64') : decodeLine(line)
    if (!piece) return { end: at, bytes: undefined }
    pieces.push(piece)
    at = next
  }
  return { end: text.length, bytes: undefined }
}

/** One line: its first character says how many bytes it holds. undefined: no uuencoded line. */
function decodeLine(line: string): Buffer | undefined {
  if (line === '' || line === '`') return Buffer.alloc(0)
  const length = (line.charCodeAt(0) - 32) & 63
  const needed = Math.ceil(length / 3) * 4
  if (line.length > 90 || !/^[ -`]+$/.test(line) || line.length - 1 < Math.ceil((length * 4) / 3)) return undefined
  const bytes = Buffer.alloc((needed / 4) * 3)
  for (let i = 0; i < needed / 4; i++) {
    let bits = 0
    // Trailing blanks may have been cut off on the way: a missing character counts as one.
    for (let k = 0; k < 4; k++) bits = (bits << 6) | (((line.charCodeAt(1 + i * 4 + k) || 32) - 32) & 63)
    bytes[i * 3] = bits >> 16
    bytes[i * 3 + 1] = (bits >> 8) & 255
    bytes[i * 3 + 2] = bits & 255
  }
  return bytes.subarray(0, length)
}
