import type { MessageFacts } from '../message-facts.ts'
import { envelopeOf, priorityOf } from './envelope.ts'
import { htmlToText } from './html-to-text.ts'
import { parseMessage, type MimeMessage } from './parse-message.ts'
import { readable } from './readable.ts'

/** Characters; the end of a longer text is not found by a search. */
const maxSearchText = 256 * 1024

/** What the store keeps of a message: its list row and the text to find it by. */
export function messageFacts(message: MimeMessage): MessageFacts {
  const { attachments } = readable(message)
  const shown = searchText(message)
  return {
    envelope: envelopeOf(message),
    priority: priorityOf(message.root.fields),
    hasAttachment: attachments.some(({ type }) => !isSignature(type)),
    searchText: shown.length > maxSearchText ? shown.slice(0, maxSearchText) : shown,
  }
}

/** The same from a header alone, as POP3 TOP and IMAP's header fetch give it. */
export function headerFacts(rawHeader: Uint8Array): MessageFacts {
  const message = parseMessage(rawHeader)
  const { type, fields } = message.root
  return {
    envelope: envelopeOf(message),
    priority: priorityOf(fields),
    // The structure is still on the server; these two say "there is more than text" and are rarely wrong.
    hasAttachment: type === 'multipart/mixed' || !/^(?:text|multipart)\//.test(type),
    searchText: '',
  }
}

/** Below this a plain alternative says "please use another program" more often than what the message says. */
const shortText = 200

function searchText(message: MimeMessage): string {
  const { text, html } = readable(message)
  if (html === null || (text !== null && text.length >= shortText)) return text ?? ''
  const words = htmlToText(html.slice(0, 4 * maxSearchText), { links: false })
  return text === null ? words : `${text}\n${words}`
}

function isSignature(type: string): boolean {
  return type === 'application/pgp-signature' || type === 'application/pkcs7-signature' || type === 'application/x-pkcs7-signature'
}
