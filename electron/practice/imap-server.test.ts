import { connect } from 'node:net'
import { afterEach, expect, test } from 'vitest'
import { ImapMailboxes } from './imap-mailboxes.ts'
import { type ImapServerOptions, type RunningImapServer, startImapServer } from './imap-server.ts'
import { decodeMailboxName, encodeMailboxName } from './imap-utf7.ts'

const closing: (() => Promise<void> | void)[] = []
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close()
})

interface RawClient {
  /** Sends a command, waits for its tagged answer and returns all lines, without the tag. */
  do(command: string): Promise<string>
  send(text: string): void
  /** All that came up to and including this text. */
  until(text: string): Promise<string>
}

async function start(options: Partial<ImapServerOptions> = {}): Promise<RunningImapServer> {
  const server = await startImapServer({ users: [{ user: 'anna', password: 'secret' }], ...options })
  closing.push(server.close)
  return server
}

async function talk(server: RunningImapServer, { isSignedIn = true } = {}): Promise<RawClient> {
  const socket = connect(server.port, '127.0.0.1').setNoDelay()
  closing.push(() => void socket.destroy())
  let received = ''
  let wake = () => {}
  socket.on('data', (chunk) => {
    received += chunk.toString('latin1')
    wake()
  })
  const until = async (text: string) => {
    for (let at = received.indexOf(text); ; at = received.indexOf(text)) {
      if (at >= 0) {
        const taken = received.slice(0, at + text.length)
        received = received.slice(at + text.length)
        return taken
      }
      await new Promise<void>((resolve) => {
        wake = resolve
      })
    }
  }
  let tags = 0
  const client: RawClient = {
    until,
    send: (text) => void socket.write(text, 'latin1'),
    async do(command) {
      const tag = `T${++tags}`
      socket.write(`${tag} ${command}\r\n`, 'latin1')
      return (await until(`${tag} `)).slice(0, -tag.length - 1) + (await until('\r\n')).trimEnd()
    },
  }
  await until('\r\n')
  if (isSignedIn) await client.do('LOGIN anna secret')
  return client
}

const letter = [
  'From: "Bob, Jr." <bob@example.org>',
  'To: anna@example.org, Carl <carl@example.org>',
  'Subject: A letter',
  'Message-ID: <1@example.org>',
  'MIME-Version: 1.0',
  'Content-Type: multipart/mixed; boundary="b 1"',
  '',
  'preamble',
  '--b 1',
  'Content-Type: text/plain; charset=utf-8',
  '',
  'Hello',
  '--b 1',
  'Content-Type: message/rfc822',
  '',
  'Subject: Inside',
  'Content-Type: multipart/alternative; boundary=c',
  '',
  '--c',
  '',
  'inner text',
  '--c',
  'Content-Type: text/html',
  '',
  '<p>',
  '--c--',
  '--b 1',
  'Content-Type: application/pdf',
  'Content-Disposition: attachment; filename="a \\"b\\".pdf"',
  'Content-Transfer-Encoding: base64',
  '',
  'JVBERg==',
  '--b 1--',
  '',
].join('\r\n')

async function withLetters(count = 1, options: Partial<ImapServerOptions> = {}) {
  const server = await start(options)
  for (let number = 1; number <= count; number++) server.mailboxes.deliver('INBOX', Buffer.from(letter), [], Date.UTC(2024, 0, number))
  const client = await talk(server)
  await client.do('SELECT INBOX')
  return { server, client }
}

test('commands come in pieces, with literals of both kinds, and in one packet', async () => {
  const client = await talk(await start(), { isSignedIn: false })
  client.send('a LOGIN {4}\r\n')
  await client.until('+ Go on\r\n')
  client.send('anna "sec')
  client.send('ret"\r\nb NOOP\r\nc LOGIN {4+}\r\nanna {6+}\r\nsecret\r\n')
  expect(await client.until('a OK')).not.toContain('BAD')
  await client.until('b OK')
  await client.until('c OK')
})

test('nothing but signing in is possible before signing in', async () => {
  const client = await talk(await start(), { isSignedIn: false })
  expect(await client.do('SELECT INBOX')).toBe('BAD Sign in first')
  expect(await client.do('LOGIN anna wrong')).toContain('NO [AUTHENTICATIONFAILED]')
  expect(await client.do('NONSENSE')).toContain('BAD')
  expect(await client.do(`AUTHENTICATE PLAIN ${Buffer.from('\0anna\0secret').toString('base64')}`)).toContain('OK [CAPABILITY IMAP4rev1')
})

test('BODYSTRUCTURE describes parts, an attached message and its own parts', async () => {
  const { client } = await withLetters()
  const answer = await client.do('FETCH 1 BODYSTRUCTURE')
  expect(answer.split('\r\n')[0]).toBe(
    [
      '* 1 FETCH (BODYSTRUCTURE (',
      '("text" "plain" ("charset" "utf-8") NIL NIL "7bit" 5 0 NIL NIL NIL NIL)',
      '("message" "rfc822" NIL NIL NIL "7bit" 129 (NIL "Inside" NIL NIL NIL NIL NIL NIL NIL NIL) ',
      '(("text" "plain" ("charset" "us-ascii") NIL NIL "7bit" 10 0 NIL NIL NIL NIL)("text" "html" ("charset" "us-ascii") NIL NIL "7bit" 3 0 NIL NIL NIL NIL)',
      ' "alternative" ("boundary" "c") NIL NIL NIL) 10 NIL NIL NIL NIL)',
      '("application" "pdf" NIL NIL NIL "base64" 8 NIL ("attachment" ("filename" "a \\"b\\".pdf")) NIL NIL)',
      ' "mixed" ("boundary" "b 1") NIL NIL NIL))',
    ].join(''),
  )
})

test('ENVELOPE has dates, people and ids', async () => {
  const { client } = await withLetters()
  expect(await client.do('FETCH 1 ENVELOPE')).toContain(
    [
      '(NIL "A letter" (("Bob, Jr." NIL "bob" "example.org")) (("Bob, Jr." NIL "bob" "example.org"))',
      ' (("Bob, Jr." NIL "bob" "example.org")) ((NIL NIL "anna" "example.org")("Carl" NIL "carl" "example.org"))',
      ' NIL NIL NIL "<1@example.org>")',
    ].join(''),
  )
})

test.each([
  ['BODY.PEEK[1]', 'BODY[1] {5}\r\nHello'],
  ['BODY.PEEK[1.MIME]', 'BODY[1.MIME] {43}\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n'],
  ['BODY.PEEK[2.HEADER]', 'BODY[2.HEADER] {68}\r\nSubject: Inside'],
  ['BODY.PEEK[2.1]', 'BODY[2.1] {10}\r\ninner text'],
  ['BODY.PEEK[2.2]', 'BODY[2.2] {3}\r\n<p>'],
  ['BODY.PEEK[3]<2.3>', 'BODY[3]<2> {3}\r\nBER'],
  ['BODY.PEEK[3]<100.3>', 'BODY[3]<100> {0}\r\n'],
  ['BODY.PEEK[4]', 'BODY[4] NIL'],
  ['BODY.PEEK[HEADER.FIELDS (SUBJECT X-NONE)]', 'BODY[HEADER.FIELDS (SUBJECT X-NONE)] {21}\r\nSubject: A letter\r\n\r\n'],
  ['BODY.PEEK[HEADER.FIELDS.NOT (From To Subject Message-ID Content-Type)]', '{21}\r\nMIME-Version: 1.0\r\n\r\n'],
  ['BODY.PEEK[]<0.6>', 'BODY[]<0> {6}\r\nFrom: '],
  ['RFC822.SIZE', `RFC822.SIZE ${letter.length}`],
  ['INTERNALDATE', 'INTERNALDATE " 1-Jan-2024 00:00:00 +0000"'],
])('FETCH %s', async (item, answer) => {
  const { client, server } = await withLetters()
  expect(await client.do(`FETCH 1 ${item}`)).toContain(answer)
  expect(server.mailboxes.find('INBOX')?.messages[0]?.flags.size).toBe(0)
})

test('reading a body marks it as read, peeking does not, and neither does a folder open for reading only', async () => {
  const { client } = await withLetters()
  await client.do('EXAMINE INBOX')
  expect(await client.do('FETCH 1 BODY[1]')).not.toContain('\\Seen')
  await client.do('SELECT INBOX')
  expect(await client.do('FETCH 1 BODY[1]')).toContain('FLAGS (\\Seen)')
})

test('STORE replaces, adds and removes flags, and UNCHANGEDSINCE spares what has changed', async () => {
  const { client } = await withLetters(2)
  expect(await client.do('STORE 1 FLAGS (\\Seen Work)')).toContain('* 1 FETCH (FLAGS (\\Seen Work))')
  expect(await client.do('UID STORE 1 -FLAGS Work')).toContain('* 1 FETCH (UID 1 FLAGS (\\Seen))')
  expect(await client.do('STORE 1:2 +FLAGS.SILENT (\\Flagged)')).toBe('OK Done')
  expect(await client.do('UID STORE 1:2 (UNCHANGEDSINCE 3) +FLAGS (\\Deleted)')).toContain('OK [MODIFIED 1,2]')
})

test.each([
  ['ALL', '1 2 3'],
  ['UNSEEN', '1 3'],
  ['SEEN FLAGGED', '2'],
  ['NOT SEEN UID 2:*', '3'],
  ['OR SEEN 3', '2 3'],
  ['(UNSEEN) (3)', '3'],
  ['FROM "bob, jr"', '1 2 3'],
  ['HEADER Message-ID ""', '1 2 3'],
  ['SUBJECT nothing', ''],
  ['BODY "inner text"', '1 2 3'],
  ['SINCE 2-Jan-2024 BEFORE 3-Jan-2024', '2'],
  ['LARGER 100000', ''],
  ['MODSEQ 5', '2'],
  ['CHARSET UTF-8 TEXT letter', '1 2 3'],
])('SEARCH %s', async (keys, found) => {
  const { client, server } = await withLetters(3)
  server.mailboxes.setFlags('INBOX', 2, ['\\Seen', '\\Flagged'])
  expect(await client.do(`SEARCH ${keys}`)).toContain(`* SEARCH${found && ` ${found}`}\r\n`)
})

test('COPY and MOVE tell the new UIDs, and what was moved is gone', async () => {
  const { client, server } = await withLetters(3)
  expect(await client.do('UID COPY 1:2 Elsewhere')).toContain('NO [TRYCREATE]')
  const { uidValidity } = server.mailboxes.create('Elsewhere')
  expect(await client.do('UID COPY 1:2 Elsewhere')).toBe(`OK [COPYUID ${uidValidity} 1,2 1,2] Copied`)
  expect(await client.do('MOVE 2 Elsewhere')).toBe(`* OK [COPYUID ${uidValidity} 2 3] Moved\r\n* 2 EXPUNGE\r\nOK Done`)
  expect(server.mailboxes.find('INBOX')?.messages.map((message) => message.uid)).toEqual([1, 3])
})

test('EXPUNGE removes what is marked, UID EXPUNGE only of those named, CLOSE without a word', async () => {
  const { client, server } = await withLetters(4)
  await client.do('STORE 1:3 +FLAGS.SILENT (\\Deleted)')
  expect(await client.do('UID EXPUNGE 2')).toBe('* 2 EXPUNGE\r\nOK Done')
  expect(await client.do('EXPUNGE')).toBe('* 2 EXPUNGE\r\n* 1 EXPUNGE\r\nOK Done')
  await client.do('STORE 1 +FLAGS.SILENT (\\Deleted)')
  expect(await client.do('CLOSE')).toBe('OK Done')
  expect(server.mailboxes.find('INBOX')?.messages).toEqual([])
})

test('during IDLE news are pushed: mail that arrives, flags and what others expunge', async () => {
  const { client, server } = await withLetters(1)
  client.send('i IDLE\r\n')
  await client.until('+ Waiting\r\n')
  server.mailboxes.deliver('INBOX', Buffer.from('Subject: new\r\n\r\n'))
  server.mailboxes.setFlags('INBOX', 2, ['\\Seen'])
  server.mailboxes.expunge('INBOX', new Set([1]))
  expect(await client.until('EXPUNGE\r\n')).toBe('* 2 EXISTS\r\n* 2 FETCH (UID 2 FLAGS (\\Seen))\r\n* 1 EXPUNGE\r\n')
  client.send('DONE\r\n')
  expect(await client.until('i OK')).toBe('i OK')
})

test('outside of IDLE news wait for the end of a command, and expunges for one that does not count', async () => {
  const { client, server } = await withLetters(2)
  server.mailboxes.expunge('INBOX', new Set([1]))
  expect(await client.do('FETCH 2 UID')).toBe('* 2 FETCH (UID 2)\r\nOK Done')
  expect(await client.do('NOOP')).toBe('* 1 EXPUNGE\r\nOK Done')
})

test('LIST knows wildcards, attributes and RETURN options, LSUB the subscribed ones', async () => {
  const mailboxes = new ImapMailboxes('.')
  mailboxes.create('Wörk.A&B', { isSubscribed: true })
  mailboxes.create('Wörk', { isSelectable: false })
  mailboxes.create('Gesendet', { specialUse: '\\Sent' })
  const client = await talk(await start({ mailboxes }))
  expect(await client.do('LIST "" ""')).toBe('* LIST (\\Noselect) "." ""\r\nOK Done')
  expect(await client.do('LIST "" %')).toBe(
    [
      '* LIST (\\HasNoChildren) "." "INBOX"',
      '* LIST (\\HasChildren \\Noselect) "." "W&APY-rk"',
      '* LIST (\\HasNoChildren \\Sent) "." "Gesendet"',
      'OK Done',
    ].join('\r\n'),
  )
  expect(await client.do('LIST "W&APY-rk." "*" RETURN (SUBSCRIBED STATUS (MESSAGES UNSEEN))')).toBe(
    ['* LIST (\\HasNoChildren \\Subscribed) "." "W&APY-rk.A&-B"', '* STATUS "W&APY-rk.A&-B" (MESSAGES 0 UNSEEN 0)', 'OK Done'].join('\r\n'),
  )
  expect(await client.do('LSUB "" "*"')).toBe('* LSUB () "." "INBOX"\r\n* LSUB () "." "W&APY-rk.A&-B"\r\nOK Done')
})

test('folders are made, renamed with all that is in them, and deleted', async () => {
  const server = await start()
  const client = await talk(server)
  await client.do('CREATE Work/Old')
  await client.do('CREATE Work')
  expect(await client.do('CREATE work')).toBe('OK Done')
  expect(await client.do('CREATE inbox')).toContain('ALREADYEXISTS')
  await client.do('RENAME Work Archive')
  await client.do('DELETE work')
  expect(await client.do('DELETE INBOX')).toContain('NO')
  expect(server.mailboxes.list().map((folder) => folder.path)).toEqual(['INBOX', 'Archive/Old', 'Archive'])
})

test('APPEND takes flags and a date, and tells the UID', async () => {
  const server = await start()
  const client = await talk(server)
  expect(await client.do('APPEND INBOX (\\Seen) " 2-Feb-2020 10:00:00 +0200" {5+}\r\nA: b\n')).toBe('OK [APPENDUID 1700000001 1] Stored')
  const [message] = server.mailboxes.find('INBOX')?.messages ?? []
  expect(message).toMatchObject({ internalDate: Date.UTC(2020, 1, 2, 8), flags: new Set(['\\Seen']) })
})

test('CHANGEDSINCE answers only what has changed, with its MODSEQ', async () => {
  const { client, server } = await withLetters(2)
  server.mailboxes.setFlags('INBOX', 1, ['\\Answered'])
  await client.do('NOOP')
  expect(await client.do('UID FETCH 1:* (FLAGS) (CHANGEDSINCE 3)')).toBe('* 1 FETCH (FLAGS (\\Answered) UID 1 MODSEQ (4))\r\nOK Done')
})

test.each(['plain', 'a & b', 'Entwürfe', '日本語/台北', '📬 Post', '~peter/mail/&', 'ü&ü'])(
  'the name %s survives modified UTF-7',
  (name) => {
    const encoded = encodeMailboxName(name)
    expect(encoded).toMatch(/^[\x20-\x7e]*$/)
    expect(decodeMailboxName(encoded)).toBe(name)
  },
)

test('modified UTF-7 is that of RFC 3501', () => {
  expect(encodeMailboxName('~peter/mail/台北/日本語')).toBe('~peter/mail/&U,BTFw-/&ZeVnLIqe-')
})
