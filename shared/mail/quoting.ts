import type { Envelope } from '../domain/message.ts'
import { formatAddresses } from './addresses.ts'

const width = 76

export interface Quoted {
  readonly envelope: Envelope
  /** What is shown of the original, as plain text. */
  readonly text: string
  /** Epoch ms: stands in for a Date header that is missing. */
  readonly receivedAt?: number
  /** How the reader's own place writes a date and time; English long form by default. */
  readonly formatDate?: (epochMs: number) => string
}

/** The text of a reply: room for the answer, then the original with each line marked (reference 7.3). */
export function replyText(original: Quoted): string {
  return `\n\n${[...headerBlock(original), '', ...lines(original.text)].map(quote).flatMap(wrapQuoted).join('\n')}\n`
}

/** The text of a forwarded message: the same block, unmarked, so that the next reader sees it as it was. */
export function forwardText(original: Quoted): string {
  return `\n\n${[...headerBlock(original), '', ...lines(original.text)].join('\n')}\n`
}

function headerBlock({ envelope, receivedAt, formatDate = longDate }: Quoted): string[] {
  const sentAt = envelope.sentAt ?? receivedAt
  const block = ['----- Original Message -----']
  const add = (label: string, value: string) => {
    if (value !== '') block.push(`${label}: ${value}`)
  }
  add('From', formatAddresses(envelope.from))
  add('To', formatAddresses(envelope.to))
  add('Cc', formatAddresses(envelope.cc))
  add('Sent', sentAt === undefined ? '' : formatDate(sentAt))
  add('Subject', envelope.subject)
  return block
}

function longDate(epochMs: number): string {
  return new Intl.DateTimeFormat('en-US', { dateStyle: 'full', timeStyle: 'short' }).format(epochMs).replace(/[\u202f\u00a0]/g, ' ')
}

function lines(text: string): string[] {
  return text.trimEnd().split(/\r\n|\r|\n/)
}

/** `> text` for a first quote, `>> text` for what was quoted already. */
function quote(line: string): string {
  return line.startsWith('>') ? `>${line}` : `> ${line}`.trimEnd()
}

/** Breaks a long line at blanks and repeats its marks; a word longer than a line stays whole (links). */
function wrapQuoted(line: string): string[] {
  if (line.length <= width) return [line]
  const marks = /^(?:>+ ?)+/.exec(line)?.[0] ?? ''
  const wrapped: string[] = []
  let current = ''
  for (const word of line.slice(marks.length).split(' ')) {
    if (current !== '' && marks.length + current.length + 1 + word.length > width) {
      wrapped.push(marks + current)
      current = word
    } else current = current === '' ? word : `${current} ${word}`
  }
  wrapped.push(marks + current)
  return wrapped
}
