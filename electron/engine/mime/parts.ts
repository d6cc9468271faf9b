import libmime from 'libmime'
import { decodeCharset, htmlMetaCharset } from './charsets.ts'
import { decodeHeaderText, wordCharset } from './encoded-words.ts'
import { isDangerousFile, safeFileName } from './file-names.ts'
import { paramText, parseStructured } from './header-params.ts'
import { headerValue, readHeaders } from './headers.ts'
import type { MimeMessage, MimePart } from './parse-message.ts'
import { decodedSize, decodeTransfer } from './transfer-encoding.ts'

/** A part that is offered as a file or shown inside the HTML. */
export interface PartInfo {
  readonly path: string
  readonly type: string
  /** Safe to show and to use as a file name; never empty. */
  readonly name: string
  /** Decoded bytes, exact or a close estimate. */
  readonly size: number
  /** Without angle brackets; '' when there is none. */
  readonly contentId: string
  readonly isDangerous: boolean
}

export function partBytes(message: MimeMessage, part: MimePart): Buffer {
  return message.raw.subarray(part.start, part.end)
}

/** A text part as text. */
export function decodeBody(message: MimeMessage, part: MimePart): string {
  const bytes = decodeTransfer(partBytes(message, part), part.encoding)
  const declared = part.params.get('charset') ?? ''
  return decodeCharset(bytes, declared, () => (part.type === 'text/html' ? htmlMetaCharset(bytes) : '') || subjectCharset(message))
}

export function partInfo(message: MimeMessage, part: MimePart): PartInfo {
  const name = safeFileName(partName(message, part))
  return {
    path: part.path === '' ? '1' : part.path,
    type: part.type,
    name,
    size: decodedSize(partBytes(message, part), part.encoding),
    contentId: headerValue(part.fields, 'content-id').replace(/^\s*<|>\s*$/g, ''),
    isDangerous: isDangerousFile(name),
  }
}

/** The name that the sender gave, decoded but not yet safe; else one made from the type. */
export function partName(message: MimeMessage, part: MimePart): string {
  const disposition = parseStructured(headerValue(part.fields, 'content-disposition'))
  const given = paramText(disposition.params, 'filename') || paramText(part.params, 'name')
  if (given !== '') return given
  if (part.type === 'message/rfc822') return `${innerSubject(message, part) || 'message'}.eml`
  if (part.type === 'text/calendar') return 'invite.ics'
  if (part.type === 'message/delivery-status' || part.type === 'text/rfc822-headers') return `${part.type.replace(/^.*\//, '')}.txt`
  return `attachment.${libmime.detectExtension(part.type)}`
}

/** Who encodes the subject properly and forgets to label the body writes both in one charset. */
function subjectCharset({ root }: MimeMessage): string {
  return wordCharset(headerValue(root.fields, 'subject')) || wordCharset(headerValue(root.fields, 'from'))
}

function innerSubject(message: MimeMessage, part: MimePart): string {
  const bytes = decodeTransfer(message.raw.subarray(part.start, Math.min(part.end, part.start + 65_536)), part.encoding)
  const { fields } = readHeaders(bytes, 0, { isPart: false, isDelimiter: () => false })
  // A subject is no path: what looks like one must not lose its front.
  return decodeHeaderText(headerValue(fields, 'subject')).slice(0, 120).replace(/[\\/]/g, '-').trim()
}
