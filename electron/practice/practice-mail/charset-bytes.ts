import iconv from 'iconv-lite'

/** Text in any charset that sample mail uses, as bytes. */
export function encodeText(text: string, charset: string): Buffer {
  return charset === 'iso-2022-jp' ? iso2022jp(text) : iconv.encode(text, charset)
}

const toJapanese = Buffer.from('\x1b$B', 'latin1')
const toAscii = Buffer.from('\x1b(B', 'latin1')

/** iconv-lite does not write ISO-2022-JP; it is EUC-JP without the high bits, between escape sequences (RFC 1468). */
function iso2022jp(text: string): Buffer {
  const pieces: Buffer[] = []
  let isJapanese = false
  const change = (to: boolean) => {
    if (to !== isJapanese) pieces.push(to ? toJapanese : toAscii)
    isJapanese = to
  }
  for (const character of text) {
    const bytes = iconv.encode(character, 'euc-jp')
    change(bytes.length === 2)
    pieces.push(Buffer.from(bytes.map((byte) => byte & 0x7f)))
  }
  change(false)
  return Buffer.concat(pieces)
}
