import { expect, test } from 'vitest'
import { composeMessage, newMessageIdHeader, type MessageToCompose } from './compose-message.ts'
import { decodePart } from './decode-part.ts'
import { messageFacts } from './facts.ts'
import { parseMessage } from './parse-message.ts'
import { readable } from './readable.ts'

const simple: MessageToCompose = {
  identity: { name: 'Jörg Test', organization: '', address: 'joerg@example.org', replyTo: '' },
  to: 'Anna Example <anna@example.org>; bob@example.org',
  cc: '',
  bcc: '',
  subject: 'Grüße aus 東京',
  text: 'Hello\nWorld\n',
  priority: 'normal',
  inReplyTo: '',
  references: [],
  attachments: [],
  date: new Date('2026-03-01T10:00:00Z'),
  messageIdHeader: '<1@example.org>',
  userAgent: 'Postrider/0.1.0',
}
const compose = async (changes: Partial<MessageToCompose> = {}) => {
  const composed = await composeMessage({ ...simple, ...changes })
  const message = parseMessage(composed.raw)
  return { ...composed, source: composed.raw.toString('utf8'), message, facts: messageFacts(message), shown: readable(message) }
}

test('what is composed reads back the same', async () => {
  const { facts, shown } = await compose({ inReplyTo: '<0@example.org>', references: ['<a@b>', '<0@example.org>'] })
  expect(facts.envelope).toMatchObject({
    from: [{ name: 'Jörg Test', address: 'joerg@example.org' }],
    to: [
      { name: 'Anna Example', address: 'anna@example.org' },
      { name: '', address: 'bob@example.org' },
    ],
    subject: 'Grüße aus 東京',
    sentAt: Date.parse('2026-03-01T10:00:00Z'),
    messageIdHeader: '<1@example.org>',
    inReplyTo: '<0@example.org>',
    references: ['<a@b>', '<0@example.org>'],
  })
  expect(shown.text?.trim()).toBe('Hello\nWorld')
})

test.each([
  ['short ASCII', 'one\ntwo\n\n-- \nsig'],
  ['long ASCII lines', `${'word '.repeat(400)}end\nFrom here on\n> quoted`],
  ['a word longer than any line', 'x'.repeat(5000)],
  ['umlauts', `Grüße ${'ä'.repeat(3000)}`],
  ['Japanese', '日本語'.repeat(500)],
  ['lone dots and bare breaks', '.\r\n..\rnext\n.\n'],
])('a text of %s arrives unchanged, in CRLF lines below 998 bytes', async (_, text) => {
  const { raw, shown } = await compose({ text })
  const source = raw.toString('latin1')
  expect(source.replace(/\r\n/g, '')).not.toMatch(/[\r\n]/)
  expect(source.endsWith('\r\n')).toBe(true)
  expect(Math.max(...source.split('\r\n').map((line) => line.length))).toBeLessThanOrEqual(998)
  expect(shown.text?.trimEnd()).toBe(text.replace(/\r\n?/g, '\n').trimEnd())
})

test('Bcc goes to SMTP and not into the bytes; a recipient given twice is told once', async () => {
  const { source, recipients, sender } = await compose({ cc: 'BOB@example.org', bcc: 'secret@example.net' })
  expect(source).not.toContain('secret')
  expect(recipients).toEqual(['anna@example.org', 'bob@example.org', 'secret@example.net'])
  expect(sender).toBe('joerg@example.org')
})

test('a message with Bcc alone goes to undisclosed recipients', async () => {
  const { source, recipients } = await compose({ to: '', bcc: 'secret@example.net' })
  expect(source).toMatch(/^To: "?undisclosed-recipients"?:;\r$/m)
  expect(recipients).toEqual(['secret@example.net'])
})

test.each([
  ['high', '1', 'High'],
  ['low', '5', 'Low'],
] as const)('priority %s is written in the three usual headers', async (priority, number, word) => {
  const { source, facts } = await compose({ priority })
  expect(source).toContain(`X-Priority: ${number}\r\n`)
  expect(source).toMatch(new RegExp(`^X-MSMail-Priority: ${word}\r$`, 'im'))
  expect(source).toMatch(new RegExp(`^Importance: ${word}\r$`, 'im'))
  expect(facts.priority).toBe(priority)
})

test('Reply-To and Organization appear only when set', async () => {
  expect((await compose()).source).not.toMatch(/^(?:Reply-To|Organization|X-Priority):/im)
  const { source } = await compose({ identity: { ...simple.identity, replyTo: 'desk@example.org', organization: 'Exämple' } })
  expect(source).toMatch(/^Reply-To: desk@example\.org\r$/m)
  expect(source).toMatch(/^Organization: =\?UTF-8\?/m)
})

test('no field can smuggle a header in', async () => {
  const evil = 'x\r\nX-Evil: yes\r\n\r\nbody'
  const { message } = await compose({
    subject: evil,
    inReplyTo: `<a@b>\r\nX-Evil: yes`,
    references: [`<a@b>\r\nX-Evil: yes`],
    userAgent: evil,
    identity: { ...simple.identity, name: evil, organization: evil, replyTo: 'a@b.c\r\nX-Evil: yes' },
    attachments: [{ name: 'a\r\nX-Evil: yes', type: 'text/plain', content: Buffer.from('x') }],
  })
  const names = [message.root, ...message.root.children].flatMap((part) => part.fields.map(({ name }) => name))
  expect(names).toContain('subject')
  expect(names).not.toContain('x-evil')
})

test.each([
  ['to', 'anna@example.org; bob', 'bob'],
  ['cc', 'Anna Example', 'Anna Example'],
  ['bcc', 'a@b@c', 'a@b@c'],
] as const)('a recipient in %s that is no address is named', async (field, value, name) => {
  await expect(compose({ [field]: value })).rejects.toMatchObject({ code: 'bad-input', message: expect.stringContaining(`"${name}"`) })
})

test('attachments arrive byte for byte under their names, in their order', async () => {
  const files = [
    { name: 'Grüße aus dem „Büro“.pdf', type: 'application/pdf', content: Buffer.from([0, 255, 13, 10, 10, 128]) },
    { name: 'notes.txt', type: 'text/plain', content: Buffer.from('plain\nfile\n') },
    { name: 'inner.eml', type: 'message/rfc822', content: Buffer.from('Subject: inner\r\n\r\nbody\r\n') },
    { name: 'empty.bin', type: 'application/octet-stream', content: Buffer.alloc(0) },
  ]
  const { shown, message } = await compose({ attachments: files })
  expect(shown.attachments.map(({ name }) => name)).toEqual(files.map(({ name }) => name))
  for (const [index, part] of shown.attachments.entries()) {
    const bytes = decodePart(message, part.path)?.bytes
    if (part.type === 'message/rfc822') expect(bytes?.toString()).toContain('Subject: inner')
    else expect(bytes).toEqual(files[index]?.content)
  }
})

test('a new message id is unique by its random part and carries the domain of the sender', () => {
  expect(newMessageIdHeader('a@example.org', Buffer.from('00ff', 'hex'))).toBe('<00ff@example.org>')
  expect(newMessageIdHeader('a@exämple.org', Buffer.from('00ff', 'hex'))).toBe('<00ff@localhost>')
})
