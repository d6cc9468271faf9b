import type { Flags } from '../../../../shared/domain/message.ts'
import type { FetchItems, FetchValue } from './fetch-answer.ts'
import { flagsFromServer } from './imap-flags.ts'
import type { FetchedSummary } from './imap-types.ts'

/** The header fields that the list, threading and the search index need. */
const summaryFields: readonly string[] = [
  'From',
  'Sender',
  'Reply-To',
  'To',
  'Cc',
  'Bcc',
  'Subject',
  'Date',
  'Message-ID',
  'In-Reply-To',
  'References',
  'X-Priority',
  'X-MSMail-Priority',
  'Importance',
  'Priority',
  'Content-Type',
  'Content-Disposition',
  'MIME-Version',
]

/** No ENVELOPE: the header fields say more, and our own parser reads them, whatever the server makes of odd mail. */
export const summaryItems = `INTERNALDATE RFC822.SIZE BODY.PEEK[HEADER.FIELDS (${summaryFields.join(' ')})]`

/** The same with the whole message instead of its header. */
export const wholeItems = 'INTERNALDATE RFC822.SIZE BODY.PEEK[]'

const nothing = Buffer.alloc(0)
const headerPrefix = 'BODY[HEADER.FIELDS'

export function uidOf(items: FetchItems): number | undefined {
  const uid = Number(textOf(items.get('UID')))
  return Number.isSafeInteger(uid) && uid > 0 ? uid : undefined
}

/** undefined: the answer has none. */
export function flagsOf(items: FetchItems): Flags | undefined {
  const flags = items.get('FLAGS')
  return isList(flags) ? flagsFromServer(flags.filter((flag) => typeof flag === 'string')) : undefined
}

export function sizeOf(items: FetchItems): number | undefined {
  const size = Number(textOf(items.get('RFC822.SIZE')))
  return Number.isSafeInteger(size) && size >= 0 ? size : undefined
}

export function modSeqOf(items: FetchItems): string | null {
  const modSeq = items.get('MODSEQ')
  const value = isList(modSeq) ? modSeq[0] : undefined
  return typeof value === 'string' && /^\d{1,20}$/.test(value) ? value : null
}

/** The whole message, or the piece of it that was asked for. undefined: the server has not sent any. */
export function sourceOf(items: FetchItems): Buffer | undefined {
  return bytesOf(items.get('BODY[]'))
}

/** undefined: not all of it has come, or it is only an unasked flag change of another message. */
export function toSummary(items: FetchItems): FetchedSummary | undefined {
  const uid = uidOf(items)
  const size = sizeOf(items)
  const raw = sourceOf(items)
  const header = raw ? nothing : headerOf(items)
  const flags = flagsOf(items)
  if (uid === undefined || size === undefined || !header || !flags) return undefined
  const structure = items.get('BODYSTRUCTURE')
  return {
    uid,
    flags,
    size,
    receivedAt: toEpoch(textOf(items.get('INTERNALDATE'))),
    modSeq: modSeqOf(items),
    emailId: emailIdOf(items),
    header,
    ...(raw && { raw }),
    hasAttachment: isList(structure) ? hasAttachment(structure) : null,
  }
}

function headerOf(items: FetchItems): Buffer | undefined {
  for (const [name, value] of items) if (name.startsWith(headerPrefix)) return bytesOf(value) ?? Buffer.alloc(0)
  return undefined
}

/** Google's number for a message is the same thing under an older name. */
function emailIdOf(items: FetchItems): string | null {
  const told = items.get('EMAILID')
  if (isList(told)) return textOf(told[0]) || null
  const google = textOf(items.get('X-GM-MSGID'))
  return google === '' ? null : `gm:${google}`
}

/** 0 where the server's date makes no sense. */
function toEpoch(date: string): number {
  const time = Date.parse(date.trim())
  return Number.isNaN(time) ? 0 : time
}

/** BODYSTRUCTURE (RFC 9051 7.5.2): whether something is to be shown with a paper clip. Pictures of an HTML text are not. */
export function hasAttachment(node: readonly FetchValue[]): boolean {
  const [first, second] = node
  if (isList(first)) return partsOf(node).some(hasAttachment)
  const type = `${textOf(first)}/${textOf(second)}`.toLowerCase()
  if (type === 'message/rfc822' || type === 'message/global') return true
  const disposition = dispositionOf(node)
  if (disposition.kind === 'attachment') return true
  if (type.startsWith('text/')) return disposition.hasName || hasParameter(node[2], 'name')
  return node[3] === null && !/^application\/(x-)?(pkcs7|pgp)-signature$/.test(type)
}

/** Of a multipart: the lists before its subtype. */
function partsOf(node: readonly FetchValue[]): readonly (readonly FetchValue[])[] {
  const end = node.findIndex((value) => !isList(value))
  return node.slice(0, end < 0 ? node.length : end).filter(isList)
}

/** It stands behind the fixed fields, whose number depends on the type: the first list there that looks like one. */
function dispositionOf(node: readonly FetchValue[]): { readonly kind: string; readonly hasName: boolean } {
  for (const value of node.slice(7)) {
    if (!isList(value) || value.length !== 2 || typeof value[0] !== 'string') continue
    if (value[1] !== null && !isList(value[1])) continue
    return { kind: value[0].toLowerCase(), hasName: hasParameter(value[1], 'filename') }
  }
  return { kind: '', hasName: false }
}

/** `name`, and its RFC 2231 forms `name*` and `name*0`. */
function hasParameter(list: FetchValue | undefined, name: string): boolean {
  if (!isList(list)) return false
  return list.some((key, index) => {
    const [word = ''] = index % 2 === 0 ? textOf(key).toLowerCase().split('*') : []
    return word === name && textOf(list[index + 1]) !== ''
  })
}

function isList(value: FetchValue | undefined): value is readonly FetchValue[] {
  return Array.isArray(value)
}

function textOf(value: FetchValue | undefined): string {
  if (typeof value === 'string') return value
  return Buffer.isBuffer(value) ? value.toString('latin1') : ''
}

function bytesOf(value: FetchValue | undefined): Buffer | undefined {
  if (Buffer.isBuffer(value)) return value
  return typeof value === 'string' ? Buffer.from(value, 'latin1') : undefined
}
