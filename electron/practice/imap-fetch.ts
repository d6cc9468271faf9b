// What FETCH answers for one message.
import { createHash } from 'node:crypto'
import type { StoredMessage } from './imap-mailboxes.ts'
import { findPart, rawFields, readPart, type ServedPart } from './imap-mime.ts'
import { bodyStructure, envelope } from './imap-structure.ts'
import { BadCommand, internalDateText, listOf, literal, textOf, type Token } from './imap-syntax.ts'

const macros: Readonly<Record<string, readonly string[]>> = {
  FAST: ['FLAGS', 'INTERNALDATE', 'RFC822.SIZE'],
  ALL: ['FLAGS', 'INTERNALDATE', 'RFC822.SIZE', 'ENVELOPE'],
  FULL: ['FLAGS', 'INTERNALDATE', 'RFC822.SIZE', 'ENVELOPE', 'BODY'],
}

/** The items asked for, macros spelled out. */
export function fetchItems(token: Token | undefined): readonly string[] {
  if (token?.kind === 'list') return listOf(token).map(textOf)
  const item = textOf(token)
  return macros[item.toUpperCase()] ?? [item]
}

/** Whether reading it marks the message as read. */
export function marksSeen(item: string): boolean {
  return /^BODY\[/i.test(item) || /^RFC822(\.TEXT)?$/i.test(item)
}

/** `name value`, as it stands in the answer. */
export function fetchItem(message: StoredMessage, item: string): string {
  const name = item.toUpperCase()
  switch (name) {
    case 'UID':
      return `UID ${message.uid}`
    case 'FLAGS':
      return `FLAGS (${[...message.flags].join(' ')})`
    case 'MODSEQ':
      return `MODSEQ (${message.modSeq})`
    case 'EMAILID':
      return `EMAILID (M${createHash('sha1').update(message.raw).digest('hex')})`
    case 'INTERNALDATE':
      return `INTERNALDATE ${internalDateText(message.internalDate)}`
    case 'RFC822.SIZE':
      return `RFC822.SIZE ${message.raw.length}`
    case 'ENVELOPE':
      return `ENVELOPE ${envelope(partsOf(message))}`
    case 'BODYSTRUCTURE':
      return `BODYSTRUCTURE ${bodyStructure(partsOf(message), true)}`
    case 'BODY':
      return `BODY ${bodyStructure(partsOf(message), false)}`
    case 'RFC822':
      return `RFC822 ${literal(message.raw.toString('latin1'))}`
    case 'RFC822.HEADER':
      return `RFC822.HEADER ${literal(partsOf(message).header)}`
    case 'RFC822.TEXT':
      return `RFC822.TEXT ${literal(partsOf(message).body)}`
    default:
      return section(message, item)
  }
}

function section(message: StoredMessage, item: string): string {
  const match = /^BODY(?:\.PEEK)?\[(.*)\](?:<(\d+)\.(\d+)>)?$/i.exec(item)
  if (!match) throw new BadCommand(`Unknown item ${item}`)
  const [, name = '', from, count] = match
  const text = sectionText(message, name)
  if (from === undefined) return `BODY[${name}] ${text === undefined ? 'NIL' : literal(text)}`
  const piece = text?.slice(Number(from), Number(from) + Number(count))
  return `BODY[${name}]<${from}> ${piece === undefined ? 'NIL' : literal(piece)}`
}

/** undefined: the message has no such part. */
function sectionText(message: StoredMessage, name: string): string | undefined {
  if (name === '') return message.raw.toString('latin1')
  const match = /^(\d+(?:\.\d+)*)?\.?(HEADER\.FIELDS(?:\.NOT)? ?\(.*\)|HEADER|TEXT|MIME)?$/i.exec(name)
  if (!match) throw new BadCommand(`Unknown section ${name}`)
  const [, number, kind = ''] = match
  const part = number === undefined ? partsOf(message) : findPart(partsOf(message), number)
  if (!part) return undefined
  if (kind === '') return part.body
  if (kind.toUpperCase() === 'MIME') return part.header
  // HEADER and TEXT of a numbered part are those of the message that it holds.
  const whole = number === undefined ? part : part.message
  return whole && ofMessage(whole, kind)
}

function ofMessage({ header, body }: ServedPart, kind: string): string {
  if (kind.toUpperCase() === 'TEXT') return body
  if (kind.toUpperCase() === 'HEADER') return header
  const names = new Set((/\((.*)\)/.exec(kind)?.[1] ?? '').toLowerCase().replaceAll('"', '').split(/\s+/))
  const isWanted = /\.NOT/i.test(kind) ? (name: string) => !names.has(name) : (name: string) => names.has(name)
  const fields = rawFields(header).filter(({ name }) => isWanted(name))
  return `${fields.map(({ raw }) => raw).join('')}\r\n`
}

const parsed = new WeakMap<Buffer, ServedPart>()

function partsOf({ raw }: StoredMessage): ServedPart {
  const known = parsed.get(raw) ?? readPart(raw.toString('latin1'))
  parsed.set(raw, known)
  return known
}
