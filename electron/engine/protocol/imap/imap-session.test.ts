import { createHash, randomBytes } from 'node:crypto'
import { afterEach, expect, test } from 'vitest'
import { ImapMailboxes } from '../../../practice/imap-mailboxes.ts'
import { allCapabilities } from '../../../practice/imap-server.ts'
import type { FetchedSummary } from './imap-session.ts'
import { closeAll, headersFrom, mail, open, startServer } from './imap-test-kit.ts'

afterEach(closeAll)

const without = (...names: string[]) => allCapabilities.filter((name) => !names.includes(name))
const sha256 = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex')

test('a folder is opened with its numbers as strings, and without CONDSTORE there is no MODSEQ', async () => {
  const mailboxes = new ImapMailboxes()
  mailboxes.deliver('INBOX', mail('one'))
  const session = await open(await startServer({ mailboxes }))
  expect(await session.select('INBOX')).toMatchObject({
    uidValidity: '1700000001',
    uidNext: 2,
    exists: 1,
    highestModSeq: '2',
    isReadOnly: false,
  })
  expect(await session.status('INBOX')).toEqual({ messages: 1, unseen: 1, uidNext: 2, uidValidity: '1700000001', highestModSeq: '2' })
  const older = await open(await startServer({ mailboxes, capabilities: without('CONDSTORE') }))
  expect((await older.select('INBOX')).highestModSeq).toBeNull()
  expect((await older.status('INBOX')).highestModSeq).toBeNull()
})

test('opening a folder again shows that its UIDVALIDITY changed in the meantime', async () => {
  const server = await startServer()
  const session = await open(server)
  const before = await session.select('INBOX')
  server.mailboxes.renumber('INBOX')
  const after = await session.select('INBOX')
  expect(after.uidValidity).not.toBe(before.uidValidity)
})

test('headers come newest first as a whole, in small batches, without gaps and without marking anything as read', async () => {
  const server = await startServer()
  for (let number = 1; number <= 650; number++) server.mailboxes.deliver('INBOX', mail(`Number ${number}`))
  server.mailboxes.expunge('INBOX', new Set([640, 12]))
  const session = await open(server)
  await session.select('INBOX')
  const batches: FetchedSummary[][] = []
  await session.fetchHeaders(await session.listUids({ from: 1, to: '*' }), (batch) => void batches.push([...batch]))
  const uids = batches.flat().map((summary) => summary.uid)
  expect(new Set(uids)).toEqual(new Set([...Array(650).keys()].map((index) => index + 1).filter((uid) => uid !== 640 && uid !== 12)))
  expect(uids).toHaveLength(648)
  expect(Math.min(...uids.slice(0, 100))).toBe(550)
  expect(Math.min(...uids.slice(0, 500))).toBe(150)
  expect(Math.max(...batches.map((batch) => batch.length))).toBe(50)
  expect(batches[1]?.at(-1)?.header.toString()).toContain('Subject: Number 650\r\n')
  expect(server.mailboxes.find('INBOX')?.messages.some((message) => message.flags.has('\\Seen'))).toBe(false)
})

test('a message whose structure the server does not get out, or not readably, comes with its header alone', async () => {
  const server = await startServer()
  for (const subject of ['one', 'odd', 'three']) server.mailboxes.deliver('INBOX', mail(subject))
  server.faults.onCommand = ({ name, tag, text }, connection) => {
    if (name !== 'UID FETCH' || !text.includes('BODYSTRUCTURE')) return undefined
    connection.send('* 2 FETCH (UID 2 FLAGS () RFC822.SIZE 10 BODYSTRUCTURE (("TEXT" "PLAIN" BODY[HEADER.FIELDS (FROM)] "x")')
    connection.send(`${tag} OK Done`)
    return 'handled'
  }
  const session = await open(server)
  await session.select('INBOX')
  const found = await headersFrom(session)
  expect(found.map(({ uid, hasAttachment }) => [uid, hasAttachment])).toEqual([
    [1, null],
    [2, null],
    [3, null],
  ])
})

test('an answer that comes in two parts is one message', async () => {
  const server = await startServer()
  server.mailboxes.deliver('INBOX', mail('one'))
  server.faults.onCommand = ({ name, tag }, connection) => {
    if (name !== 'UID FETCH') return undefined
    connection.send('* 1 FETCH (UID 1 FLAGS (\\Seen) RFC822.SIZE 77)')
    connection.send(
      '* 1 FETCH (UID 1 BODY[HEADER.FIELDS ("From")] "Subject: two\r\n" INTERNALDATE " 1-Jan-2024 00:00:00 +0000")'.replace('\r\n', ''),
    )
    connection.send(`${tag} OK Done`)
    return 'handled'
  }
  const session = await open(server)
  await session.select('INBOX')
  expect(await headersFrom(session)).toMatchObject([
    { uid: 1, size: 77, receivedAt: Date.UTC(2024, 0, 1), flags: { seen: true }, header: Buffer.from('Subject: two') },
  ])
})

test('a summary has flags, size, dates and the raw header fields', async () => {
  const server = await startServer()
  const raw = Buffer.from('Subject: Gr\xfc\xdfe\r\nX-Secret: no\r\nFrom: a@example.org\r\n\r\nHi\r\n', 'latin1')
  server.mailboxes.deliver('INBOX', raw, ['\\Seen', '$Forwarded'], Date.UTC(2024, 1, 29, 12, 30, 5))
  const session = await open(server)
  await session.select('INBOX')
  const [summary] = await headersFrom(session)
  expect(summary).toEqual({
    uid: 1,
    flags: { seen: true, answered: false, forwarded: true, flagged: false, draft: false, deleted: false },
    size: raw.length,
    receivedAt: Date.UTC(2024, 1, 29, 12, 30, 5),
    modSeq: '2',
    emailId: null,
    header: Buffer.from('Subject: Gr\xfc\xdfe\r\nFrom: a@example.org\r\n\r\n', 'latin1'),
    hasAttachment: false,
  })
})

test('only messages from the given UID on are listed, though the server would add the newest', async () => {
  const server = await startServer()
  server.mailboxes.deliver('INBOX', mail('old'))
  const session = await open(server)
  await session.select('INBOX')
  expect(await headersFrom(session, 2)).toEqual([])
  expect(await session.fetchFlags({ from: 2, to: '*' })).toEqual(new Map())
  server.mailboxes.deliver('INBOX', mail('new'))
  await session.select('INBOX')
  expect((await headersFrom(session, 2)).map((summary) => summary.uid)).toEqual([2])
})

test('an empty folder has neither headers nor flags', async () => {
  const session = await open(await startServer())
  await session.select('INBOX')
  expect(await headersFrom(session)).toEqual([])
  expect(await session.fetchFlags({ from: 1, to: '*' })).toEqual(new Map())
})

test('calls made at once are answered each with its own', async () => {
  const server = await startServer()
  for (const subject of ['one', 'two', 'three']) server.mailboxes.deliver('INBOX', mail(subject))
  const session = await open(server)
  await session.select('INBOX')
  const bodies = await Promise.all([3, 1, 2].map((uid) => session.fetchRaw(uid)))
  expect(bodies.map((raw) => /Subject: (.*)\r/.exec(raw.toString())?.[1])).toEqual(['three', 'one', 'two'])
})

test('a body comes byte for byte, and is not marked as read', async () => {
  const server = await startServer({ faults: { pieceBytes: 1000 } })
  const raw = Buffer.concat([mail('bytes'), randomBytes(60_000), Buffer.from('\r\n)\r\nA1 OK {5}\r\n')])
  server.mailboxes.deliver('INBOX', raw)
  const session = await open(server)
  await session.select('INBOX')
  expect(sha256(await session.fetchRaw(1))).toBe(sha256(raw))
  expect(server.mailboxes.find('INBOX')?.messages[0]?.flags.size).toBe(0)
})

test.each([3_999_999, 4_000_000, 4_000_001, 6_000_000, 9_500_000])('a message of %i bytes comes in pieces with progress', async (size) => {
  const server = await startServer()
  const raw = randomBytes(size)
  server.mailboxes.deliver('INBOX', raw)
  const session = await open(server)
  await session.select('INBOX')
  const progress: number[] = []
  const fetched = await session.fetchRaw(1, (received, total) => {
    expect(total).toBe(size)
    progress.push(received)
  })
  expect(sha256(fetched)).toBe(sha256(raw))
  expect(progress[0]).toBe(Math.min(size, 4_000_000))
  expect(progress.at(-1)).toBe(size)
})

test('many bodies come with few commands, those that are gone are left out', async () => {
  const server = await startServer()
  const sent = Array.from({ length: 40 }, (_, index) => mail(`Number ${index + 1}`, 'x'.repeat(index * 100)))
  for (const raw of sent) server.mailboxes.deliver('INBOX', raw)
  server.mailboxes.expunge('INBOX', new Set([7]))
  const session = await open(server)
  await session.select('INBOX')
  const got = new Map<number, string>()
  await session.fetchRawMany(new Map(sent.map((raw, index) => [index + 1, raw.length])), (uid, raw) => {
    got.set(uid, raw.toString())
  })
  expect(got.size).toBe(39)
  expect([...got].every(([uid, text]) => text === sent[uid - 1]?.toString())).toBe(true)
  expect(server.commands.filter((command) => command.name === 'UID FETCH')).toHaveLength(1)
})

test('large bodies among many are not held in memory together', async () => {
  const server = await startServer()
  const sent = [randomBytes(3_000_000), mail('small'), randomBytes(3_000_000), randomBytes(5_000_000)]
  for (const raw of sent) server.mailboxes.deliver('INBOX', raw)
  const session = await open(server)
  await session.select('INBOX')
  const got: string[] = []
  await session.fetchRawMany(new Map(sent.map((raw, index) => [index + 1, raw.length])), (uid, raw) => {
    got[uid - 1] = sha256(raw)
  })
  expect(got).toEqual(sent.map(sha256))
})

test('whole messages come newest first with their flags and sizes; a very large one comes as its header', async () => {
  const server = await startServer()
  const sent = [mail('one'), mail('large', 'x'.repeat(2_500_000)), mail('three')]
  for (const raw of sent) server.mailboxes.deliver('INBOX', raw, ['\\Seen'])
  server.mailboxes.deliver('INBOX', mail('gone'))
  server.mailboxes.expunge('INBOX', new Set([4]))
  const session = await open(server)
  await session.select('INBOX')
  const got: FetchedSummary[] = []
  await session.fetchWhole([1, 2, 3, 4], async (group) => {
    got.push(...group)
  })
  expect(got.map(({ uid, flags, size }) => [uid, flags.seen, size])).toEqual([3, 2, 1].map((uid) => [uid, true, sent[uid - 1]?.length]))
  expect(got.map(({ raw }) => raw?.toString())).toEqual([sent[2]?.toString(), undefined, sent[0]?.toString()])
  expect(got[1]?.header.toString()).toContain('Subject: large')
})

test('while a body is handled the next ones are asked for already, and a failure in between is not lost', async () => {
  const server = await startServer()
  const sent = Array.from({ length: 3 }, () => randomBytes(1_500_000))
  for (const raw of sent) server.mailboxes.deliver('INBOX', raw)
  const session = await open(server)
  await session.select('INBOX')
  const sizes = new Map(sent.map((raw, index) => [index + 1, raw.length]))
  const asked: number[] = []
  await session.fetchRawMany(sizes, async () => {
    await session.status('INBOX')
    asked.push(server.commands.filter(({ name }) => name === 'UID FETCH').length)
  })
  expect(asked).toEqual([2, 3, 3])
  await expect(session.fetchRawMany(sizes, () => Promise.reject(new Error('disk full')))).rejects.toThrow('disk full')
})

test('flags are added and removed for many messages at once; messages that are gone do not matter', async () => {
  const server = await startServer()
  for (let number = 1; number <= 5; number++) server.mailboxes.deliver('INBOX', mail(`${number}`), ['\\Flagged'])
  const session = await open(server)
  await session.select('INBOX')
  await session.setFlags([1, 2, 3, 5, 99], ['seen', 'forwarded'], ['flagged'])
  const flags = await session.fetchFlags({ from: 1, to: '*' })
  expect(flags.get(2)).toEqual({ seen: true, answered: false, forwarded: true, flagged: false, draft: false, deleted: false })
  expect(flags.get(4)).toMatchObject({ seen: false, flagged: true })
  expect(server.commands.find((command) => command.name === 'UID STORE')?.text).toContain('UID STORE 1:3,5,99 +FLAGS.SILENT')
})

test('a keyword that the folder does not keep is not sent', async () => {
  const server = await startServer({
    faults: {
      onCommand: ({ name, tag }, connection) => {
        if (name !== 'SELECT') return undefined
        connection.send('* 1 EXISTS\r\n* OK [PERMANENTFLAGS (\\Seen)] Kept\r\n* OK [UIDVALIDITY 5] Valid\r\n* OK [UIDNEXT 2] Next')
        connection.send(`${tag} OK [READ-WRITE] Opened\r\n`)
        return 'handled'
      },
    },
  })
  const session = await open(server)
  await session.select('INBOX')
  expect(session.canStoreForwarded).toBe(false)
  await session.setFlags([1], ['forwarded'], [])
  expect(server.commands.map((command) => command.name)).not.toContain('UID STORE')
})

test('only flags that changed since a MODSEQ are asked for', async () => {
  const server = await startServer()
  for (let number = 1; number <= 3; number++) server.mailboxes.deliver('INBOX', mail(`${number}`))
  const session = await open(server)
  const { highestModSeq } = await session.select('INBOX')
  server.mailboxes.setFlags('INBOX', 2, ['\\Answered'])
  const changed = await session.fetchFlags({ from: 1, to: '*' }, highestModSeq ?? undefined)
  expect([...changed.keys()]).toEqual([2])
  expect(changed.get(2)?.answered).toBe(true)
})

test('a message is stored with flags and date, and its UID comes back', async () => {
  const server = await startServer()
  server.mailboxes.create('Sent "Items"')
  const session = await open(server)
  const raw = Buffer.from('Subject: Gr\xfc\xdfe\r\n\r\n{3}\r\n\xff\xfe)\r\n', 'latin1')
  const when = Date.UTC(2023, 11, 31, 23, 59, 59)
  expect(await session.append('Sent "Items"', raw, ['seen', 'draft'], when)).toEqual({ uid: 1 })
  const [stored] = server.mailboxes.find('Sent "Items"')?.messages ?? []
  expect(stored?.raw.equals(raw)).toBe(true)
  expect(stored?.internalDate).toBe(when)
  expect([...(stored?.flags ?? [])]).toEqual(['\\Seen', '\\Draft'])
})

test('without UIDPLUS the UID of a stored message is unknown, and long literals wait for the go-ahead', async () => {
  const server = await startServer({ capabilities: without('UIDPLUS', 'LITERAL+') })
  const session = await open(server)
  const raw = mail('big', 'x'.repeat(200_000))
  expect(await session.append('INBOX', raw, [], 0)).toEqual({ uid: null })
  expect(server.mailboxes.find('INBOX')?.messages[0]?.raw.equals(raw)).toBe(true)
})

test('attachments are told from the structure, pictures of the text are not attachments', async () => {
  const server = await startServer()
  const part = (headers: string) => `--b\r\n${headers}\r\n\r\nxx\r\n`
  const multipart = (type: string, ...headers: string[]) =>
    Buffer.from(`Content-Type: multipart/${type}; boundary=b\r\n\r\n${headers.map(part).join('')}--b--\r\n`)
  const messages = [
    multipart('alternative', 'Content-Type: text/plain', 'Content-Type: text/html'),
    multipart('related', 'Content-Type: text/html', 'Content-Type: image/png\r\nContent-ID: <1@x>\r\nContent-Disposition: inline'),
    multipart('mixed', 'Content-Type: text/plain', 'Content-Type: application/pdf; name="a b.pdf"'),
    multipart('mixed', 'Content-Type: text/plain', 'Content-Type: text/plain\r\nContent-Disposition: attachment; filename=a.txt'),
    multipart('mixed', 'Content-Type: text/plain', 'Content-Type: message/rfc822\r\n\r\nSubject: inner'),
    multipart('signed', 'Content-Type: text/plain', 'Content-Type: application/pgp-signature; name=signature.asc'),
    Buffer.from('Content-Type: application/zip\r\n\r\nPK'),
  ]
  for (const raw of messages) server.mailboxes.deliver('INBOX', raw)
  const session = await open(server)
  await session.select('INBOX')
  const found = await headersFrom(session)
  expect(found.map((summary) => summary.hasAttachment)).toEqual([false, false, true, true, true, false, true])
})

test('close says good-bye, tells listeners without a reason, and leaves the session unusable', async () => {
  const server = await startServer()
  const session = await open(server)
  const ended: unknown[] = []
  session.onClosed((reason) => ended.push(reason))
  expect(session.isUsable).toBe(true)
  await session.close()
  expect(session.isUsable).toBe(false)
  expect(ended).toEqual([undefined])
  expect(server.commands.at(-1)?.name).toBe('LOGOUT')
})
