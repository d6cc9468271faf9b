import type { Envelope, Priority } from '../../../shared/domain/message.ts'
import { parseAddresses } from '../../../shared/mail/addresses.ts'
import { decodeHeaderText, decodeRawHeader, decodeWordsAndClean, wordCharset } from './encoded-words.ts'
import { headerValue, unfolded, type HeaderField } from './headers.ts'
import type { MimeMessage, MimePart } from './parse-message.ts'
import { sentDate } from './sent-date.ts'

const maxReferences = 200

/** Who, what and when of a message, decoded. */
export function envelopeOf(message: MimeMessage): Envelope {
  const { fields } = message.root
  const charset = bodyCharset(message.root) || wordCharset(headerValue(fields, 'subject'))
  const addresses = (name: string) => {
    const value = allValues(fields, name)
    return value === '' ? [] : parseAddresses(decodeRawHeader(value, charset), decodeWordsAndClean)
  }
  return {
    from: addresses('from'),
    sender: addresses('sender'),
    replyTo: addresses('reply-to'),
    to: addresses('to'),
    cc: addresses('cc'),
    bcc: addresses('bcc'),
    subject: decodeHeaderText(headerValue(fields, 'subject'), charset),
    sentAt: sentDate(headerValue(fields, 'date')),
    messageIdHeader: messageIds(headerValue(fields, 'message-id'))[0] ?? '',
    inReplyTo: messageIds(headerValue(fields, 'in-reply-to'))[0] ?? '',
    references: messageIds(headerValue(fields, 'references')).slice(-maxReferences),
  }
}

/** The first header that says something counts; programs disagree on which they write. */
export function priorityOf(fields: readonly HeaderField[]): Priority {
  const number = /^[1-5]/.exec(headerValue(fields, 'x-priority'))?.[0]
  if (number !== undefined && number !== '3') return number < '3' ? 'high' : 'low'
  for (const name of ['x-msmail-priority', 'importance', 'priority']) {
    const word = headerValue(fields, name).toLowerCase()
    if (word === 'high' || word === 'urgent') return 'high'
    if (word === 'low' || word === 'non-urgent') return 'low'
  }
  return 'normal'
}

/** The charset that the first text part claims: the best guess for raw 8-bit bytes in headers. */
function bodyCharset(root: MimePart): string {
  for (let part: MimePart | undefined = root; part; part = part.children[0]) {
    const charset = part.params.get('charset')
    if (charset) return charset
  }
  return ''
}

function allValues(fields: readonly HeaderField[], name: string): string {
  let value = ''
  for (const field of fields) if (field.name === name) value = value === '' ? unfolded(field) : `${value}, ${unfolded(field)}`
  return value
}

function messageIds(value: string): string[] {
  if (value === '') return []
  return value.match(/<[^<>\s]{1,990}>/g) ?? []
}
