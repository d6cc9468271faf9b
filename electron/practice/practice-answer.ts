import { randomUUID } from 'node:crypto'
import { envelopeOf } from '../engine/mime/envelope.ts'
import { parseMessage } from '../engine/mime/parse-message.ts'
import { addressHeader, dateHeader, header, type Person } from './practice-mail/mail-headers.ts'
import { text } from './practice-mail/mail-parts.ts'

/** A letter to everybody must not bring everybody's answer. */
const mostAnswers = 5

export interface AnswerRequest {
  readonly raw: Buffer
  /** Who gets the answers. */
  readonly sender: string
  /** Who gives them: the recipients outside the practice accounts. */
  readonly recipients: readonly string[]
  readonly now: Date
}

/** What those who were written to reply, so that a newcomer sees mail come in. Made here; nobody was asked. */
export function practiceAnswers({ raw, sender, recipients, now }: AnswerRequest): readonly Buffer[] {
  const { subject, messageIdHeader, references, from, to, cc } = envelopeOf(parseMessage(raw))
  const names = new Map([...to, ...cc].map(({ name, address }) => [address.toLowerCase(), name]))
  const writer: Person = { name: from[0]?.name ?? '', address: sender }
  return recipients.slice(0, mostAnswers).map((address) => {
    const person = { name: names.get(address.toLowerCase()) || nameFrom(address), address }
    const body = text(answerText({ subject, writer, person }))
    const lines = [
      addressHeader('From', [person]),
      addressHeader('To', [writer]),
      header('Subject', /^re:/i.test(subject) ? subject : `Re: ${subject}`),
      `Date: ${dateHeader(now)}`,
      `Message-ID: <${randomUUID()}@practice.example.org>`,
      ...answered(messageIdHeader, references),
      'Auto-Submitted: auto-replied',
      'MIME-Version: 1.0',
      ...body.headers,
    ]
    return Buffer.concat([Buffer.from(`${lines.join('\r\n')}\r\n\r\n`), body.body])
  })
}

function answered(messageIdHeader: string, references: readonly string[]): readonly string[] {
  if (messageIdHeader === '') return []
  return [`In-Reply-To: ${messageIdHeader}`, `References: ${[...references, messageIdHeader].join('\r\n ')}`]
}

function answerText({ subject, writer, person }: { readonly subject: string; readonly writer: Person; readonly person: Person }): string {
  const about = subject === '' ? 'your message without a subject' : `your message "${subject}"`
  return `Hello${writer.name === '' ? '' : ` ${writer.name}`},

thank you for ${about}. It arrived in one piece.

This is a practice answer: the practice server wrote it in my name, and nobody has read what you wrote. Three things to look at now:

- Sent Items has a copy of what you sent.
- The message that you answered shows a small arrow, if this was an answer.
- Answer this one too, and I shall thank you again. I am very polite.

${person.name}`
}

/** `anna.weber@example.org` is Anna Weber. */
function nameFrom(address: string): string {
  const words = address.slice(0, address.lastIndexOf('@')).split(/[._-]+/)
  return words.map((word) => `${word.charAt(0).toUpperCase()}${word.slice(1)}`).join(' ')
}
