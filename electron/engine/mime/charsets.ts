import { isAscii, isUtf8 } from 'node:buffer'
import iconv from 'iconv-lite'
import libmime from 'libmime/lib/charset.js'

/** Names that mail uses and neither library knows, in the spelling of iconv-lite or libmime. */
const aliases: Readonly<Record<string, string>> = {
  chinesebig5: 'big5',
  'big5-eten': 'big5',
  'x-euc': 'euc-jp',
  'iso-2022-jp-ms': 'iso-2022-jp',
  'iso-2022-jp-1': 'iso-2022-jp',
  'iso-2022-jp-2': 'iso-2022-jp',
  cp50220: 'iso-2022-jp',
  cp50221: 'iso-2022-jp',
  'unicode-1-1-utf-7': 'utf-7',
  'x-unicode-2-0-utf-7': 'utf-7',
  'x-mac-roman': 'macintosh',
  cp65001: 'utf-8',
  'unicode-1-1-utf-8': 'utf-8',
  utf8mb4: 'utf-8',
  '8859_1': 'windows-1252',
  'iso-8859-8-i': 'iso-8859-8',
  'iso-8859-8-e': 'iso-8859-8',
  'x-windows-949': 'cp949',
  'iso-8859-1': 'windows-1252',
  'iso8859-1': 'windows-1252',
  'iso_8859-1': 'windows-1252',
  latin1: 'windows-1252',
  'iso-8859-9': 'windows-1254',
  'iso-8859-11': 'windows-874',
  'tis-620': 'windows-874',
  gb2312: 'gbk',
  'euc-kr': 'cp949',
  'ks_c_5601-1987': 'cp949',
}

/** Labels that say nothing about bytes above 127, whoever wrote them; and codecs of iconv-lite that are no charsets. */
const meaningless = new Set([
  '',
  'us-ascii',
  'ascii',
  'ansi_x3.4-1968',
  'unknown-8bit',
  'x-unknown',
  'unknown',
  'default_charset',
  'default',
  'binary',
  'base64',
  'hex',
  '8bit',
  '7bit',
  'x-user-defined',
  'utf-7-imap',
  'utf7-imap',
])

const sevenBit = /^(?:iso-?2022|utf-?7|utf-?16|utf-?32|ucs-?2|hz|jis)/

/**
 * Bytes to text by the chain: declared charset, UTF-8 if valid, guess (the document's own word, the user's
 * choice), windows-1252. Never throws and never trusts the label: `us-ascii` with 8-bit bytes counts as undeclared.
 */
export function decodeCharset(bytes: Buffer, declared: string, guess: () => string = noGuess): string {
  const charset = charsetName(declared)
  if (isAscii(bytes) && !sevenBit.test(charset)) return bytes.toString('latin1')
  if (charset === 'utf-8') return decodeDeclaredUtf8(bytes, guess)
  if (charset !== '') return decodeKnown(bytes, charset)
  if (isUtf8(bytes)) return withoutBom(bytes.toString('utf8'))
  return decodeGuessed(bytes, guess())
}

/** The charset that an HTML document names for itself, looked for where browsers look, or ''. */
export function htmlMetaCharset(bytes: Buffer): string {
  return /<meta\b[^>]{0,300}?charset\s*=\s*["']?\s*([\w.:-]{1,40})/i.exec(bytes.toString('latin1', 0, 4096))?.[1] ?? ''
}

const names = new Map<string, string>()

/** The label as a decodable name, or '' when it tells nothing. */
function charsetName(label: string): string {
  const known = names.get(label)
  if (known !== undefined) return known
  const name = resolve(label)
  // Labels come from strangers: the cache must not grow with them.
  if (names.size < 500) names.set(label, name)
  return name
}

function resolve(label: string): string {
  const plain = label.toLowerCase().replace(/[\s"']/g, '')
  if (meaningless.has(plain)) return ''
  const name = aliases[plain] ?? plain
  if (name === 'utf-8' || name === 'utf8' || name === 'utf_8') return 'utf-8'
  if (name.startsWith('iso-2022-jp')) return name
  if (iconv.encodingExists(name)) return name
  const libmimeName = libmime.normalizeCharset(name).toLowerCase()
  return iconv.encodingExists(libmimeName) && !meaningless.has(libmimeName) ? libmimeName : ''
}

function decodeKnown(bytes: Buffer, charset: string): string {
  // iconv-lite has no stateful Japanese; libmime brings a decoder for it. With 8-bit bytes it is Shift_JIS in disguise.
  if (charset.startsWith('iso-2022-jp')) return isAscii(bytes) ? libmime.decode(bytes, 'iso-2022-jp') : iconv.decode(bytes, 'shift_jis')
  try {
    return iconv.decode(bytes, charset)
  } catch {
    // A codec of iconv-lite that needs more than bytes: better odd letters than no mail.
    return bytes.toString('latin1')
  }
}

/** A few broken characters are damage on the way; mostly broken ones are another charset under a wrong label. */
function decodeDeclaredUtf8(bytes: Buffer, guess: () => string): string {
  const text = withoutBom(bytes.toString('utf8'))
  if (isUtf8(bytes)) return text
  let broken = 0
  let sound = 0
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i)
    if (code === 0xfffd) broken++
    else if (code > 127) sound++
  }
  if (broken <= sound) return text
  return decodeGuessed(bytes, guess())
}

function decodeGuessed(bytes: Buffer, label: string): string {
  const charset = charsetName(label)
  return decodeKnown(bytes, charset === '' || charset === 'utf-8' ? 'windows-1252' : charset)
}

const noGuess = () => ''

function withoutBom(text: string): string {
  return text.charCodeAt(0) === 0xfeff ? text.slice(1) : text
}
