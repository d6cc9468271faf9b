import { expect, test } from 'vitest'
import type { Envelope } from '../domain/message.ts'
import { replyFields, type ReplyStart } from './reply-draft.ts'

const envelope: Envelope = {
  from: [{ name: 'Anna Example', address: 'anna@example.org' }],
  sender: [],
  replyTo: [],
  to: [
    { name: 'Me', address: 'ME@example.net' },
    { name: 'Bob', address: 'bob@example.org' },
  ],
  cc: [
    { name: '', address: 'cc@example.org' },
    { name: 'Bob again', address: 'BOB@example.org' },
  ],
  bcc: [],
  subject: 'Lunch, again',
  sentAt: Date.UTC(2026, 2, 1, 10),
  messageIdHeader: '<3@example.org>',
  inReplyTo: '<2@example.org>',
  references: ['<1@example.org>', '<2@example.org>'],
}
const formatDate = (ms: number) => new Date(ms).toISOString()
const start = (changes: Partial<ReplyStart> = {}, header: Partial<Envelope> = {}) =>
  replyFields({
    kind: 'reply',
    original: { envelope: { ...envelope, ...header }, text: 'Hello\n> old\n\nBye\n', formatDate },
    ownAddresses: ['me@example.net'],
    quote: true,
    ...changes,
  })

test('a reply goes to the author, with the thread kept', () => {
  expect(start()).toMatchObject({
    to: 'Anna Example <anna@example.org>',
    cc: '',
    bcc: '',
    subject: 'Re: Lunch, again',
    inReplyTo: '<3@example.org>',
    references: ['<1@example.org>', '<2@example.org>', '<3@example.org>'],
  })
})

test('Reply-To wins over From', () => {
  expect(start({}, { replyTo: [{ name: '', address: 'desk@example.org' }] }).to).toBe('desk@example.org')
})

test('a reply to all leaves out our own addresses and says nobody twice', () => {
  expect(start({ kind: 'reply-all' })).toMatchObject({ to: 'Anna Example <anna@example.org>; Bob <bob@example.org>', cc: 'cc@example.org' })
})

test('answering our own message writes to its recipients again', () => {
  const mine = { from: [{ name: 'Me', address: 'me@example.net' }], to: [{ name: 'Bob', address: 'bob@example.org' }] }
  expect(start({}, mine).to).toBe('Bob <bob@example.org>')
})

test('recipients that are only names are left out', () => {
  expect(start({ kind: 'reply-all' }, { to: [{ name: 'undisclosed-recipients', address: '' }], cc: [] }).to).toBe(
    'Anna Example <anna@example.org>',
  )
})

test('the original is quoted below its header block', () => {
  expect(start().text).toBe(
    [
      ...[
        '',
        '',
        '> ----- Original Message -----',
        '> From: Anna Example <anna@example.org>',
        '> To: Me <ME@example.net>; Bob <bob@example.org>',
      ],
      ...['> Cc: cc@example.org; Bob again <BOB@example.org>', '> Sent: 2026-03-01T10:00:00.000Z', '> Subject: Lunch, again', '>'],
      ...['> Hello', '>> old', '>', '> Bye', ''],
    ].join('\n'),
  )
})

test('quoted lines are wrapped at 76 and links stay whole', () => {
  const link = `https://example.org/${'x'.repeat(90)}`
  const { text } = start({ original: { envelope, text: `${'word '.repeat(40)}${link}`, formatDate } })
  const lines = text.split('\n')
  expect(lines.filter((line) => line.length > 76)).toEqual([`> ${link}`])
  expect(lines.filter((line) => line.includes('word')).every((line) => line.startsWith('> word'))).toBe(true)
})

test('without quoting a reply begins empty', () => {
  expect(start({ quote: false }).text).toBe('')
})

test('a forwarded message has no recipient, is always included, and is not marked', () => {
  const { to, text, subject, inReplyTo } = start({ kind: 'forward', quote: false })
  expect({ to, subject, inReplyTo }).toEqual({ to: '', subject: 'Fw: Lunch, again', inReplyTo: '' })
  expect(text).toContain('\nHello\n> old\n\nBye\n')
})

test('a thread of hundreds keeps its first and its newest references', () => {
  const references = Array.from({ length: 300 }, (_, i) => `<${i}@example.org>`)
  const result = start({}, { references, messageIdHeader: '<new@example.org>' }).references
  expect(result).toHaveLength(50)
  expect([result[0], result.at(-1)]).toEqual(['<0@example.org>', '<new@example.org>'])
})
