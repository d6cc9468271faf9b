import { randomBytes } from 'node:crypto'
import { expect, test } from 'vitest'
import { decodePart } from './decode-part.ts'
import { headerFacts, messageFacts } from './facts.ts'
import { parseMessage, type MimePart } from './parse-message.ts'
import { readable } from './readable.ts'

const lines = (...text: readonly string[]) => Buffer.from(text.join('\r\n'))
const pathsOf = (part: MimePart): string[] => [`${part.path}:${part.type}`, ...part.children.flatMap(pathsOf)]
const mixed = (boundary: string) => ['From: a@b', 'MIME-Version: 1.0', `Content-Type: multipart/mixed; boundary="${boundary}"`, '']

test('parts are numbered as IMAP numbers them', () => {
  const raw = lines(
    ...mixed('o'),
    ...[
      '--o',
      'Content-Type: multipart/alternative; boundary=i',
      '',
      '--i',
      '',
      'text',
      '--i',
      'Content-Type: text/html',
      '',
      '<p>',
      '--i--',
      '',
    ],
    ...['--o', 'Content-Type: application/pdf', '', 'pdf', '--o--', 'epilogue'],
  )
  expect(pathsOf(parseMessage(raw).root)).toEqual([
    ':multipart/mixed',
    '1:multipart/alternative',
    '1.1:text/plain',
    '1.2:text/html',
    '2:application/pdf',
  ])
})

test('the line break in front of a delimiter belongs to it', () => {
  const message = parseMessage(lines(...mixed('b'), '--b', '', 'one', '', '--b', '', 'two', '--b--', ''))
  expect(['1', '2'].map((path) => decodePart(message, path)?.bytes.toString())).toEqual(['one\r\n', 'two'])
})

test('an inner multipart that was cut off ends where the outer one goes on', () => {
  const raw = lines(
    ...mixed('o'),
    ...['--o', 'Content-Type: multipart/alternative; boundary=i', '', '--i', '', 'text'],
    ...['--o', 'Content-Type: application/pdf', '', 'pdf', '--o--', ''],
  )
  expect(pathsOf(parseMessage(raw).root)).toEqual([':multipart/mixed', '1:multipart/alternative', '1.1:text/plain', '2:application/pdf'])
})

test('a boundary that begins like another one is a different one', () => {
  const raw = lines(...mixed('b'), '--b', '', 'one', '--bb', 'still one', '--b-', 'too', '--b--x', 'and this', '--b  ', '', 'two', '--b--')
  const message = parseMessage(raw)
  expect(decodePart(message, '1')?.bytes.toString()).toBe('one\r\n--bb\r\nstill one\r\n--b-\r\ntoo\r\n--b--x\r\nand this')
  expect(decodePart(message, '2')?.bytes.toString()).toBe('two')
})

test('a misspelt boundary is guessed from the first line that looks like a delimiter', () => {
  const raw = lines(...mixed('declared'), 'preamble', '--used', 'Content-Type: text/plain', '', 'text', '--used--', '')
  expect(readable(parseMessage(raw)).text).toBe('text')
})

test('a part without any header is text from its first line on', () => {
  const raw = lines(...mixed('b'), '--b', 'no header here', 'at all', '--b--', '')
  expect(readable(parseMessage(raw)).text).toBe('no header here\nat all')
})

test('an mbox line and blank lines in front are skipped', () => {
  expect(messageFacts(parseMessage(lines('From a@b Mon Jan 1', 'Subject: x', '', 'y'))).envelope.subject).toBe('x')
  expect(messageFacts(parseMessage(lines('', '', 'Subject: x', '', 'y'))).envelope.subject).toBe('x')
})

test('plain bytes without a header are shown as text', () => {
  expect(readable(parseMessage(Buffer.from('just words'))).text).toBe('just words')
})

test('plain text around HTML is shown with it', () => {
  const raw = lines(
    ...mixed('b'),
    '--b',
    'Content-Type: text/html',
    '',
    '<b>hi</b>',
    '--b',
    'Content-Type: text/plain',
    '',
    'list <footer>',
    '--b--',
    '',
  )
  const { text, html } = readable(parseMessage(raw))
  expect(html).toContain('<b>hi</b>')
  expect(html).toContain('list &lt;footer&gt;')
  expect(text).toBe('hi\n\nlist <footer>')
})

test('a picture with a content id that nobody shows stays an attachment', () => {
  const raw = lines(
    ...mixed('b'),
    '--b',
    'Content-Type: text/html',
    '',
    '<p>',
    '--b',
    'Content-Type: image/png',
    'Content-ID: <x@y>',
    '',
    'png',
    '--b--',
    '',
  )
  expect(readable(parseMessage(raw)).attachments).toMatchObject([{ name: 'attachment.png', contentId: 'x@y' }])
})

test('a text sent as a file is not shown', () => {
  const raw = lines(
    ...mixed('b'),
    '--b',
    '',
    'shown',
    '--b',
    'Content-Type: text/plain',
    'Content-Disposition: attachment; filename=a.txt',
    '',
    'file',
    '--b--',
    '',
  )
  expect(readable(parseMessage(raw))).toMatchObject({ text: 'shown', attachments: [{ name: 'a.txt' }] })
})

test('signatures are listed but are no reason for a paper clip', () => {
  const raw = lines(...mixed('b'), '--b', '', 'shown', '--b', 'Content-Type: application/pgp-signature', '', 'sig', '--b--', '')
  expect(messageFacts(parseMessage(raw)).hasAttachment).toBe(false)
  expect(readable(parseMessage(raw)).attachments).toHaveLength(1)
})

test('there is no part where none is', () => {
  const message = parseMessage(lines(...mixed('b'), '--b', '', 'x', '--b--', ''))
  expect(['', '0', '3', '1.1', '1.x', 'constructor', '1.1.1'].map((path) => decodePart(message, path)?.bytes.length)).toEqual(
    Array(7).fill(undefined),
  )
})

test('a header alone gives the list row', () => {
  const facts = headerFacts(
    lines('From: Anna <a@b>', 'Subject: x', 'X-Priority: 1 (Highest)', 'Content-Type: multipart/mixed; boundary=b', '', ''),
  )
  expect(facts).toMatchObject({
    envelope: { from: [{ name: 'Anna', address: 'a@b' }], subject: 'x' },
    priority: 'high',
    hasAttachment: true,
    searchText: '',
  })
})

test('search text has words of HTML without tags and is not endless', () => {
  const html = lines('Content-Type: text/html', '', '<style>p{}</style><p>W&ouml;rter &amp; Zeichen</p>')
  expect(messageFacts(parseMessage(html)).searchText).toBe('Wörter & Zeichen')
  expect(messageFacts(parseMessage(lines('', 'word '.repeat(100_000)))).searchText).toHaveLength(256 * 1024)
})

test('raw UTF-8 in addresses is read', () => {
  expect(messageFacts(parseMessage(lines('From: Jörg <jörg@exämple.org>', '', ''))).envelope.from).toEqual([
    { name: 'Jörg', address: 'jörg@exämple.org' },
  ])
})

const readAll = (raw: Buffer) => {
  const message = parseMessage(raw)
  const facts = messageFacts(message)
  const { text, html, attachments } = readable(message)
  for (const { path } of attachments.slice(0, 20)) decodePart(message, path)
  return facts.searchText.length + (text?.length ?? 0) + (html?.length ?? 0)
}

const seed = lines(
  ...[
    'From: =?utf-8?B?5pel?= <a@b>, "x',
    'Subject: =?iso-2022-jp?B?GyRC?= =?x?q?=zz?=',
    "Content-Type: multipart/mixed; boundary*0=b; name*=utf-8''%C3",
  ],
  ...[
    '',
    '--b',
    'Content-Type: text/plain; charset=utf-7; format=flowed',
    'Content-Transfer-Encoding: quoted-printable',
    '',
    '+AGE- =C3=',
    '> x ',
    'begin 644 f',
    '#0V%T',
    '`',
    'end',
    '--b',
  ],
  ...[
    'Content-Type: text/html; charset=gb18030',
    'Content-Transfer-Encoding: base64',
    '',
    'PHA+PGltZyBzcmM9Y2lkOng+',
    '--b',
    'Content-Type: message/rfc822',
    '',
    'Subject: in',
    '--b--',
    '',
  ],
)

test('no bytes make it fail', () => {
  expect(readAll(seed)).toBeGreaterThan(0)
  let state = 12345
  const random = (below: number) => {
    state = (Math.imul(state, 1103515245) + 12345) >>> 0
    return Math.floor((state / 4294967296) * below)
  }
  for (let round = 0; round < 4000; round++) {
    const raw = Buffer.from(seed)
    for (let change = 0; change < 1 + random(12); change++) {
      const at = random(raw.length)
      if (random(3) === 0) raw.copy(raw, at, random(raw.length), random(raw.length))
      else raw[at] = random(256)
    }
    expect(readAll(raw.subarray(0, random(4) === 0 ? random(raw.length) : raw.length))).toBeGreaterThanOrEqual(0)
  }
  for (let round = 0; round < 200; round++) expect(readAll(randomBytes(500))).toBeGreaterThanOrEqual(0)
})

const megabyte = (piece: string) => piece.repeat(Math.ceil(1_000_000 / piece.length))
const body = (type: string, text: string) => lines('From: a@b', `Content-Type: ${type}`, '', text)
const slowOnes: readonly (readonly [name: string, raw: Buffer])[] = [
  ['delimiters', body('multipart/mixed; boundary=b', megabyte('--b\n'))],
  ['delimiters of nobody', body('multipart/mixed; boundary=b', megabyte('--c\n'))],
  [
    'multiparts that never end',
    body(
      'multipart/mixed; boundary=b',
      Array.from({ length: 20_000 }, (_, i) => `--b\nContent-Type: multipart/mixed; boundary=b${i}\n\n`).join(''),
    ),
  ],
  [
    'nested multiparts',
    lines(Array.from({ length: 20_000 }, (_, i) => `Content-Type: multipart/mixed; boundary=b${i}\n\n--b${i}\n`).join('')),
  ],
  ['header without end', Buffer.from(megabyte('Subject: x\n'))],
  ['folded header', Buffer.from(`Subject: x\n${megabyte(' \n')}`)],
  ['blanks in a header', Buffer.from(`Subject: ${megabyte(' ')}\n \n\nx`)],
  ['openings of encoded words', Buffer.from(`Subject: ${megabyte('=?utf-8?q?')}?=\n\nx`)],
  ['encoded words', Buffer.from(`Subject: ${megabyte('=?utf-8?q?=C3?=  ')}\n\nx`)],
  ['parameters', body(`text/plain; ${megabyte('a=b; ')}`, 'x')],
  ['parameter pieces', body(`text/plain; ${Array.from({ length: 60_000 }, (_, i) => `name*${i}=x`).join('; ')}`, 'x')],
  ['quotes in a parameter', body(`text/plain; ${megabyte('name="\\')}`, 'x')],
  ['recipients', Buffer.from(`To: ${megabyte('a@b, ')}\n\nx`)],
  ['references', Buffer.from(`References: ${megabyte('<')}\n\nx`)],
  ['beginnings of uuencode', body('text/plain', megabyte('begin 644 x\n'))],
  ['uuencode', body('text/plain', megabyte('begin 644 x\n#0V%T\nend\n'))],
  ['flowed text', body('text/plain; format=flowed', megabyte('x \n> y \n'))],
  ['flowed quote marks', body('text/plain; format=flowed', megabyte('>'))],
  ['soft breaks', body('text/plain\r\nContent-Transfer-Encoding: quoted-printable', megabyte('=   '))],
  ['padding', body('application/x\r\nContent-Transfer-Encoding: base64', megabyte('YQ=='))],
  ['tags', body('text/html', megabyte('<'))],
  ['unclosed elements', body('text/html', megabyte('<noscript><title>'))],
  ['links', body('text/html', megabyte('<a href=http://x>y</a>'))],
  ['open links', body('text/html', megabyte('<a href="'))],
  ['entities', body('text/html', megabyte('&amp'))],
  ['content ids', body('text/html', megabyte('cid:'))],
  ['a wrong label', body('text/plain; charset=utf-8', Buffer.alloc(1_000_000, 0xe4).toString('latin1'))],
]
test.each(slowOnes)('endless %s take no endless time', (_, raw) => {
  const start = process.cpuUsage()
  expect(readAll(raw)).toBeGreaterThanOrEqual(0)
  const { user, system } = process.cpuUsage(start)
  expect((user + system) / 1e6).toBeLessThan(2)
})
