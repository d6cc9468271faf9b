import { randomBytes } from 'node:crypto'
import { createServer } from 'node:net'
import type { AddressInfo } from 'node:net'
import { afterEach, expect, test } from 'vitest'
import type { ErrorCode } from '../../../../shared/errors/mail-error.ts'
import type { ImapFaults } from '../../../practice/imap-faults.ts'
import { allCapabilities } from '../../../practice/imap-server.ts'
import { closeAll, failureOf, fixture, headersFrom, listing, mail, open, startServer } from './imap-test-kit.ts'

afterEach(closeAll)

const readOnly: NonNullable<ImapFaults['onCommand']> = ({ name, tag }, connection) => {
  if (name !== 'SELECT') return undefined
  connection.send(`* 1 EXISTS\r\n* OK [UIDVALIDITY 5] Valid\r\n* OK [UIDNEXT 2] Next\r\n${tag} OK [READ-ONLY] Opened\r\n`)
  return 'handled'
}

test('a wrong password is a refused sign-in, with all facts and without the password', async () => {
  const server = await startServer()
  const failure = await failureOf(open(server, { password: 'let me in' }))
  expect(failure).toMatchObject({
    code: 'sign-in-refused',
    detail: {
      account: 'Work',
      server: '127.0.0.1',
      port: server.port,
      protocol: 'IMAP',
      secure: 'none',
      user: 'anna',
      reply: 'NO [AUTHENTICATIONFAILED] Authentication failed.',
      action: 'connect and sign in',
    },
  })
  expect(JSON.stringify(failure)).not.toContain('let me in')
})

test.each<[string, ErrorCode]>([
  ['NO [UNAVAILABLE] Temporary failure', 'server-busy'],
  ['NO [INUSE] Somebody else', 'server-busy'],
  ['NO [LIMIT] Slow down', 'server-busy'],
  ['NO [ALERT] Too many simultaneous connections.', 'server-busy'],
  ['NO [EXPIRED] Password expired', 'sign-in-expired'],
  ['NO [PRIVACYREQUIRED] Not in clear text', 'encryption-unavailable'],
  ['NO Wrong password', 'sign-in-refused'],
  ['BAD Wrong password', 'sign-in-refused'],
])('signing in answered with "%s" is %s', async (reply, code) => {
  const server = await startServer({ faults: { replies: { AUTHENTICATE: reply } } })
  expect(await failureOf(open(server))).toMatchObject({ code, detail: { reply } })
})

test.each<[string, string, ErrorCode]>([
  ['SELECT', 'NO [NONEXISTENT] Unknown', 'folder-missing'],
  ['SELECT', "NO Mailbox doesn't exist", 'folder-missing'],
  ['SELECT', 'NO [NOPERM] Not yours', 'permission-denied'],
  ['SELECT', 'NO [SERVERBUG] Oops', 'server-misbehaved'],
  ['STATUS', 'NO [INUSE] Busy', 'server-busy'],
  ['APPEND', 'NO [TRYCREATE] Make it first', 'folder-missing'],
  ['APPEND', 'NO [OVERQUOTA] Full', 'over-quota'],
  ['APPEND', 'NO Quota exceeded', 'over-quota'],
  ['APPEND', 'NO [TOOBIG] Too large', 'message-refused'],
  ['STORE', 'NO [NOPERM] Not yours', 'permission-denied'],
  ['STORE', 'NO Not now', 'permission-denied'],
  ['FETCH', 'BAD What?', 'unsupported'],
  ['SEARCH', 'NO [CANNOT] No such thing', 'unsupported'],
  ['CREATE', 'NO [CANNOT] Not a name', 'unsupported'],
  ['LIST', 'NO [UNAVAILABLE] Try later', 'server-busy'],
  ['SUBSCRIBE', 'NO Unknown', 'folder-missing'],
])('%s answered with "%s" is %s, with the words of the server', async (command, reply, code) => {
  const server = await startServer()
  server.mailboxes.deliver('INBOX', mail('one'))
  const session = await open(server)
  await session.select('INBOX')
  server.faults.replies = { [command]: reply }
  const work: Record<string, () => Promise<unknown>> = {
    SELECT: () => session.select('INBOX'),
    STATUS: () => session.status('INBOX'),
    APPEND: () => session.append('INBOX', mail('two'), [], 0),
    STORE: () => session.setFlags([1], ['seen'], []),
    FETCH: () => session.fetchRaw(1),
    SEARCH: () => headersFrom(session),
    CREATE: () => session.createFolder('New'),
    LIST: () => session.listFolders(listing()),
    SUBSCRIBE: () => session.subscribe('INBOX'),
  }
  const failure = await failureOf(work[command]?.() ?? Promise.resolve())
  expect(failure).toMatchObject({ code, detail: { reply, account: 'Work', protocol: 'IMAP' } })
  expect(session.isUsable).toBe(true)
})

test('a refusal does not colour the next failure', async () => {
  const session = await open(await startServer())
  expect(await failureOf(session.select('Nowhere'))).toMatchObject({ code: 'folder-missing', detail: { path: 'Nowhere' } })
  await session.select('INBOX')
  const failure = await failureOf(session.fetchRaw(5))
  expect(failure.code).toBe('message-missing')
  expect(failure.detail.reply).toBeUndefined()
})

test('a folder open for reading only takes no flags', async () => {
  const server = await startServer({ faults: { onCommand: readOnly } })
  const session = await open(server)
  await session.select('INBOX')
  expect((await failureOf(session.setFlags([1], ['seen'], []))).code).toBe('permission-denied')
})

test('a folder without UIDVALIDITY is nothing that we can keep', async () => {
  const server = await startServer({
    faults: {
      onCommand: ({ name, tag }, connection) => {
        if (name !== 'SELECT') return undefined
        connection.send(`* 0 EXISTS\r\n${tag} OK Opened\r\n`)
        return 'handled'
      },
    },
  })
  const session = await open(server)
  expect((await failureOf(session.select('INBOX'))).code).toBe('server-misbehaved')
})

test('an answer that can not be read is a mistake of the server', async () => {
  const server = await startServer()
  const session = await open(server)
  server.faults.onCommand = ({ tag }, connection) => {
    connection.send(`${tag} OK [BROKEN (((\r\n`)
    return 'handled'
  }
  expect((await failureOf(session.status('INBOX'))).code).toBe('server-misbehaved')
})

test('a NUL byte is not sent, as servers would replace it', async () => {
  const server = await startServer()
  const session = await open(server)
  expect((await failureOf(session.append('INBOX', Buffer.from('a\0b'), [], 0))).code).toBe('bad-input')
  expect(server.commands.map((command) => command.name)).not.toContain('APPEND')
})

test('a port that nobody listens on refuses the connection, a name that does not exist is not found', async () => {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  await new Promise((resolve) => server.close(resolve))
  expect((await failureOf(open({ port }))).code).toBe('connection-refused')
  expect((await failureOf(open({ port }, { host: 'nowhere.invalid' }))).code).toBe('host-not-found')
})

test.each<[string, ImapFaults, ErrorCode]>([
  ['hangs up at once', { refuse: true }, 'connection-lost'],
  ['says BYE', { greeting: '* BYE Going down' }, 'connection-lost'],
  ['says BYE for being full', { greeting: '* BYE Too many connections' }, 'server-busy'],
  ['says nothing', { silent: true }, 'timed-out'],
  ['says nothing to the password', { silentOn: ['AUTHENTICATE'] }, 'timed-out'],
])('a server that %s', async (_, faults, code) => {
  const server = await startServer({ faults })
  expect((await failureOf(open(server, { timeoutMs: 1000 }))).code).toBe(code)
})

test('the words of a BYE are kept', async () => {
  const server = await startServer({ faults: { greeting: '* BYE Going down for an hour' } })
  expect((await failureOf(open(server))).detail.reply).toBe('Going down for an hour')
})

test('a server that falls silent in the middle is given up, and the session tells why', async () => {
  const server = await startServer()
  server.mailboxes.deliver('INBOX', mail('one'))
  const session = await open(server, { timeoutMs: 1000 })
  await session.select('INBOX')
  const ended: unknown[] = []
  session.onClosed((reason) => ended.push(reason?.code))
  server.faults.silentOn = ['FETCH']
  expect((await failureOf(session.fetchRaw(1))).code).toBe('timed-out')
  expect(session.isUsable).toBe(false)
  expect(ended).toEqual(['timed-out'])
})

test('a session that nobody uses is kept alive beyond the timeout', async () => {
  const server = await startServer()
  const session = await open(server, { timeoutMs: 400 })
  await expect.poll(() => server.commands.filter((command) => command.name === 'NOOP').length, { timeout: 10_000 }).toBeGreaterThan(2)
  expect(await session.status('INBOX')).toMatchObject({ messages: 0 })
})

test('a connection cut in the middle of a body is lost, for all that wait', async () => {
  const server = await startServer()
  server.mailboxes.deliver('INBOX', Buffer.concat([mail('one'), randomBytes(50_000)]))
  server.faults.dropInLiteral = { uid: 1, afterBytes: 20_000 }
  const session = await open(server)
  await session.select('INBOX')
  const [first, second] = await Promise.all([failureOf(session.fetchRaw(1)), failureOf(session.status('INBOX'))])
  expect(first).toMatchObject({ code: 'connection-lost', detail: { action: 'read a message', path: 'INBOX' } })
  expect(second.code).toBe('connection-lost')
  expect((await failureOf(session.status('INBOX'))).code).toBe('connection-lost')
})

test('wherever a connection is cut, what waits fails and nothing hangs', async () => {
  const server = await startServer()
  server.mailboxes.deliver('INBOX', mail('one'))
  for (let bytes = 1; bytes < 1500; bytes += 37) {
    server.faults.dropAfterBytes = bytes
    const work = async () => {
      const session = await open(server)
      await session.listFolders(listing())
      await session.select('INBOX')
      await headersFrom(session)
      await session.fetchRaw(1)
      await session.append('INBOX', mail('two'), [], 0)
    }
    expect([bytes, (await failureOf(work())).code]).toEqual([bytes, 'connection-lost'])
  }
})

test('stopping in the middle of a body rejects at once and ends the connection', async () => {
  const server = await startServer()
  server.mailboxes.deliver('INBOX', randomBytes(200_000))
  const stopping = new AbortController()
  const session = await open(server, { signal: stopping.signal })
  await session.select('INBOX')
  // In pieces this small it would take minutes.
  server.faults.pieceBytes = 1
  const fetching = failureOf(session.fetchRaw(1))
  const waiting = failureOf(session.status('INBOX'))
  await expect.poll(() => server.commands.at(-1)?.name).toBe('UID FETCH')
  stopping.abort()
  expect((await fetching).code).toBe('cancelled')
  expect((await waiting).code).toBe('cancelled')
  expect(session.isUsable).toBe(false)
})

test('stopping while connecting rejects at once', async () => {
  const server = await startServer({ faults: { silent: true } })
  const stopping = new AbortController()
  const opening = failureOf(open(server, { signal: stopping.signal }))
  await expect.poll(() => server.connections).toBe(1)
  stopping.abort()
  expect((await opening).code).toBe('cancelled')
  expect((await failureOf(open(server, { signal: stopping.signal }))).code).toBe('cancelled')
  expect(server.connections).toBe(1)
})

test('closing does not wait long for a server that does not answer LOGOUT', async () => {
  const server = await startServer({ faults: { silentOn: ['LOGOUT'] } })
  const session = await open(server)
  const before = Date.now()
  await session.close()
  expect(Date.now() - before).toBeLessThan(5_000)
  expect(session.isUsable).toBe(false)
})

test.each<[string, ErrorCode, (tag: string) => string]>([
  ['a literal of 4 GB', 'server-misbehaved', () => '* 1 FETCH (UID 1 BODY[] {4294967296}'],
  ['a literal with a size of a hundred digits', 'server-misbehaved', () => `* 1 FETCH (UID 1 BODY[] {${'9'.repeat(100)}}`],
  ['a BYE', 'connection-lost', () => '* BYE Going down for maintenance'],
  ['an answer to a command that was never sent', 'timed-out', () => 'ZZZZ OK Done'],
])('%s instead of an answer ends in %s', async (_, code, answer) => {
  const server = await startServer()
  server.mailboxes.deliver('INBOX', mail('one'))
  const session = await open(server, { timeoutMs: 1000 })
  await session.select('INBOX')
  server.faults.onCommand = ({ name, tag }, connection) => {
    if (name !== 'UID FETCH') return undefined
    connection.send(answer(tag))
    if (answer(tag).includes('BYE')) connection.cut()
    return 'handled'
  }
  const failure = await failureOf(session.fetchRaw(1))
  expect(failure).toMatchObject({ code, detail: { action: 'read a message', path: 'INBOX' } })
  expect(session.isUsable).toBe(false)
})

test('a line that never ends is given up before it fills the memory', async () => {
  const server = await startServer()
  server.mailboxes.deliver('INBOX', mail('one'))
  const session = await open(server)
  await session.select('INBOX')
  server.faults.onCommand = ({ name }, connection) => {
    if (name !== 'UID FETCH') return undefined
    connection.send(`* 1 FETCH (UID 1 FLAGS (${'x'.repeat(17 * 1024 * 1024)}`)
    return 'handled'
  }
  expect((await failureOf(session.fetchRaw(1))).code).toBe('server-misbehaved')
  expect(session.isUsable).toBe(false)
})

test('words put in before STARTTLS are taken for an attack, not for answers', async () => {
  const tls = { mode: 'starttls' as const, cert: fixture('good.pem'), key: fixture('good.key') }
  const server = await startServer({ tls })
  server.faults.onCommand = ({ name, tag }, connection) => {
    if (name !== 'STARTTLS') return undefined
    connection.send(`${tag} OK Begin TLS now\r\n* CAPABILITY IMAP4rev1 AUTH=PLAIN`)
    return 'handled'
  }
  const failure = await failureOf(open(server, { security: 'starttls', trust: { certificates: [], ca: fixture('ca.pem') } }))
  expect(failure.code).toBe('encryption-unavailable')
  expect(server.commands.map(({ name }) => name)).not.toContain('AUTHENTICATE')
  expect(server.commands.map(({ name }) => name)).not.toContain('LOGIN')
})

test('VANISHED of billions that nobody asked for, and VANISHED of nothing, do no harm', async () => {
  const server = await startServer({ capabilities: [...allCapabilities, 'QRESYNC'] })
  for (const subject of ['one', 'two']) server.mailboxes.deliver('INBOX', mail(subject))
  const session = await open(server)
  await session.select('INBOX')
  server.faults.onCommand = ({ name }, connection) => {
    if (name === 'SEARCH' || name === 'UID SEARCH') connection.send('* VANISHED 1:4294967295\r\n* VANISHED\r\n* VANISHED x')
    return undefined
  }
  expect(await session.listUids({ from: 1, to: '*' })).toEqual([1, 2])
  expect(session.exists).toBe(0)
})
