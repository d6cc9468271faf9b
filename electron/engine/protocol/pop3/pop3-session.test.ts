import { readFileSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import { createServer } from 'node:net'
import { afterEach, expect, test } from 'vitest'
import { MailError } from '../../../../shared/errors/mail-error.ts'
import type { StoredMessage } from '../../../practice/pop3-maildrop.ts'
import { arrayMaildrop } from '../../../practice/pop3-maildrop.ts'
import type { Pop3Server } from '../../../practice/pop3-server.ts'
import { startPop3Server } from '../../../practice/pop3-server.ts'
import type { Pop3ServerOptions } from '../../../practice/pop3-server-options.ts'
import type { Pop3Session, Pop3Target } from './pop3-session.ts'
import { openPop3Session } from './pop3-session.ts'

const fixture = (name: string) => readFileSync(new URL(`../../../practice/fixtures/${name}`, import.meta.url), 'utf8')
const certificate = (name: string) => ({ key: fixture(`${name}.key`), cert: fixture(`${name}.pem`) })
const password = 'correct horse, bättery'
const never = new AbortController().signal

const closing: (() => unknown)[] = []
afterEach(async () => {
  for (const close of closing.splice(0)) await close()
})

function threeMessages(): StoredMessage[] {
  return ['one', 'two', 'three'].map((name) => ({
    uidl: `uidl-${name}`,
    raw: Buffer.from(`Subject: ${name}\r\n\r\n.dot\r\n..\r\nGr\xfc\xdfe from ${name}\r\n`, 'latin1'),
  }))
}

async function serve(options: Partial<Pop3ServerOptions> = {}, messages = threeMessages()): Promise<Pop3Server> {
  const maildrop = arrayMaildrop(messages)
  const server = await startPop3Server({ findUser: (name) => (name === 'CORP/jdoe' ? { password, maildrop } : undefined), ...options })
  closing.push(server.close)
  return server
}

function targetOf(port: number, changes: Partial<Pop3Target> = {}): Pop3Target {
  return {
    host: 'localhost',
    port,
    security: 'none',
    user: 'CORP/jdoe',
    password,
    signIn: 'password',
    trust: { certificates: [], ca: fixture('ca.pem') },
    timeoutMs: 10_000,
    accountName: 'Work',
    ...changes,
  }
}

async function open(port: number, changes: Partial<Pop3Target> = {}, trace?: (line: string) => void): Promise<Pop3Session> {
  const session = await openPop3Session(targetOf(port, changes), never, trace)
  closing.push(() => session.destroy())
  return session
}

async function failure(work: Promise<unknown>): Promise<MailError> {
  const error = await work.then(
    () => new Error('it worked'),
    (thrown: unknown) => thrown,
  )
  if (!(error instanceof MailError)) throw error
  return error
}

async function fetchAll(session: Pop3Session, numbers: readonly number[]): Promise<[number, Buffer][]> {
  const taken: [number, Buffer][] = []
  await session.retrieveAll(numbers, (number, raw) => {
    taken.push([number, raw])
  })
  return taken
}

test('reads, deletes and quits over a plain connection', async () => {
  const messages = threeMessages()
  const [one, , three] = messages
  const session = await open((await serve({}, messages)).port)
  expect(await session.stat()).toEqual({ count: 3, bytes: messages.reduce((sum, { raw }) => sum + raw.length, 0) })
  expect(await session.list()).toEqual(messages.map(({ raw }, index) => ({ number: index + 1, size: raw.length })))
  expect(await session.uidl()).toEqual(messages.map(({ uidl }, index) => ({ number: index + 1, uidl })))
  expect(await fetchAll(session, [3, 1])).toEqual([
    [3, three?.raw],
    [1, one?.raw],
  ])
  expect((await session.top(1, 1)).toString()).toBe('Subject: one\r\n\r\n.dot\r\n')
  await session.delete(2)
  await session.noop()
  await session.quit()
  expect(messages).toEqual([one, three])
})

test('what was marked is kept when the session is reset, or ends without QUIT', async () => {
  const messages = threeMessages()
  const { port } = await serve({}, messages)
  const first = await open(port)
  await first.delete(1)
  await first.reset()
  await first.quit()
  const second = await open(port)
  await second.delete(1)
  second.destroy()
  await expect(second.stat()).rejects.toMatchObject({ code: 'cancelled' })
  expect(messages).toHaveLength(3)
})

test.each(['tls', 'starttls'] as const)('signs in over %s with name and password', async (security) => {
  const server = await serve({ tls: certificate('good'), security })
  const session = await open(server.port, { security })
  expect((await session.stat()).count).toBe(3)
  expect(server.commands).toEqual([...(security === 'starttls' ? ['STLS'] : []), 'CAPA', 'USER CORP/jdoe', 'PASS ***', 'STAT'])
})

test.each([
  ['expired', 'tls', 'certificate-expired'],
  ['wrong-name', 'tls', 'certificate-wrong-name'],
  ['expired', 'starttls', 'certificate-expired'],
  ['wrong-name', 'starttls', 'certificate-wrong-name'],
] as const)('the certificate "%s" over %s is refused before anything is sent, and can be pinned', async (name, security, code) => {
  const server = await serve({ tls: certificate(name), security })
  const error = await failure(open(server.port, { security }))
  expect(error).toMatchObject({ code, detail: { account: 'Work', server: 'localhost', protocol: 'POP3', secure: security } })
  expect(server.commands.filter((command) => command !== 'STLS')).toEqual([])
  const pinned = { certificates: [error.detail.certificate?.fingerprint ?? ''], ca: null }
  expect((await (await open(server.port, { security, trust: pinned })).stat()).count).toBe(3)
})

test('another pin than the server’s does not open the connection', async () => {
  const server = await serve({ tls: certificate('good'), security: 'tls' })
  const trust = { certificates: [`sha256:${'0'.repeat(64)}`], ca: null }
  expect((await failure(open(server.port, { security: 'tls', trust }))).code).toBe('certificate-untrusted')
  expect(server.commands).toEqual([])
})

test('never goes on in plain text when the server has no STLS', async () => {
  const server = await serve()
  const error = await failure(open(server.port, { security: 'starttls' }))
  expect(error).toMatchObject({ code: 'encryption-unavailable', detail: { reply: '-ERR Unknown command' } })
  expect(server.commands).toEqual(['STLS'])
})

test('refuses bytes that were slipped in before the handshake', async () => {
  const server = await serve({ faults: { onCommand: (name) => (name === 'STLS' ? Buffer.from('+OK\r\n+OK injected\r\n') : undefined) } })
  expect((await failure(open(server.port, { security: 'starttls' }))).code).toBe('server-misbehaved')
  expect(server.commands).toEqual(['STLS'])
})

test('a TLS port that speaks plain text, and a plain port that speaks TLS', async () => {
  const plain = await serve()
  expect((await failure(open(plain.port, { security: 'tls' }))).code).toBe('encryption-unavailable')
  const secure = await serve({ tls: certificate('good'), security: 'tls' })
  const code = (await failure(open(secure.port, { security: 'none', timeoutMs: 50 }))).code
  expect(code).toBe('timed-out')
})

test.each([
  ['SCRAM-SHA-256', { mechanisms: ['PLAIN', 'CRAM-MD5', 'SCRAM-SHA-1', 'SCRAM-SHA-256'] }, 'AUTH SCRAM-SHA-256'],
  ['SCRAM-SHA-1', { mechanisms: ['CRAM-MD5', 'SCRAM-SHA-1'] }, 'AUTH SCRAM-SHA-1'],
  ['CRAM-MD5', { mechanisms: ['PLAIN', 'CRAM-MD5'], apop: true }, 'AUTH CRAM-MD5'],
  ['APOP', { mechanisms: ['PLAIN'], apop: true }, 'APOP CORP/jdoe ***'],
  ['name and password', { mechanisms: ['PLAIN'] }, 'PASS ***'],
  ['name and password without CAPA', { capa: false }, 'PASS ***'],
])('in the clear it signs in with %s', async (_, abilities, command) => {
  const server = await serve({ abilities })
  expect((await (await open(server.port)).stat()).count).toBe(3)
  expect(server.commands).toContain(command)
})

test('a refused SCRAM is not followed by a weaker try', async () => {
  const server = await serve({ abilities: { mechanisms: ['SCRAM-SHA-256', 'PLAIN'] }, faults: { isPasswordWrong: true } })
  expect((await failure(open(server.port))).code).toBe('sign-in-refused')
  expect(server.commands).toEqual(['CAPA', 'AUTH SCRAM-SHA-256', '***', '***'])
})

test('a server that says yes without its SCRAM signature is not believed', async () => {
  let answers = 0
  const onCommand = (name: string) => (name === '' && ++answers === 2 ? '+OK come in' : undefined)
  const server = await serve({ abilities: { mechanisms: ['SCRAM-SHA-256'] }, faults: { onCommand } })
  expect((await failure(open(server.port))).code).toBe('server-misbehaved')
})

test.each(['spa', 'oauth2', 'none'] as const)('sign-in "%s" is refused by us, not tried as a password', async (signIn) => {
  const server = await serve()
  expect((await failure(open(server.port, { signIn }))).code).toBe('sign-in-unsupported')
  expect(server.commands).toEqual(['CAPA'])
})

test.each([{ user: 'a\r\nDELE 1' }, { password: 'a\nb' }, { user: 'a\0b' }])(
  'control characters are refused before connecting',
  async (changes) => {
    const server = await serve()
    expect((await failure(open(server.port, changes))).code).toBe('bad-input')
    expect(server.connections).toBe(0)
  },
)

test.each([
  ['-ERR [AUTH] no', 'sign-in-refused'],
  ['-ERR no', 'sign-in-refused'],
  ['-ERR account locked out', 'sign-in-refused'],
  ['-ERR [IN-USE] wait', 'mailbox-locked'],
  ['-ERR unable to lock maildrop', 'mailbox-locked'],
  ['-ERR Maildrop is already in use', 'mailbox-locked'],
  ['-ERR [LOGIN-DELAY] wait', 'server-busy'],
  ['-ERR [SYS/TEMP] wait', 'server-busy'],
  ['-ERR [sys/temp/disk] wait', 'server-busy'],
  ['-ERR [SYS/PERM] call us', 'permission-denied'],
  ['what?', 'server-misbehaved'],
])('%j to the password means %s', async (reply, code) => {
  const server = await serve({ faults: { onCommand: (name) => (name === 'PASS' ? reply : undefined) } })
  const error = await failure(open(server.port))
  expect(error).toMatchObject({ code, detail: { reply, action: 'sign in', user: 'CORP/jdoe', account: 'Work', port: server.port } })
})

test('a wrong password, and a maildrop that somebody else has', async () => {
  const server = await serve()
  expect((await failure(open(server.port, { password: 'wrong' }))).code).toBe('sign-in-refused')
  const session = await open(server.port)
  expect((await failure(open(server.port))).code).toBe('mailbox-locked')
  await session.quit()
  expect(await open(server.port)).toBeDefined()
})

test.each([
  ['-ERR too many connections', 'server-busy'],
  ['-ERR [SYS/PERM] blocked', 'permission-denied'],
  ['SSH-2.0-OpenSSH', 'server-misbehaved'],
])('the greeting %j means %s and is no uncaught error', async (greeting, code) => {
  const server = await serve({ faults: { greeting } })
  expect(await failure(open(server.port))).toMatchObject({ code, detail: { reply: greeting, action: 'connect' } })
})

test('neither trace nor error ever shows the password, not even when the server quotes it', async () => {
  const lines: string[] = []
  const encoded = Buffer.from(`\0CORP/jdoe\0${password}`).toString('base64')
  const onCommand = (name: string, args: string) => (name === 'PASS' ? `-ERR wrong: ${args} ${encoded}` : undefined)
  const server = await serve({ faults: { onCommand } })
  const error = await failure(open(server.port, {}, (line) => lines.push(line)))
  expect(lines).toContain('C: PASS ***')
  expect(lines).toContain('S: -ERR wrong: *** ***')
  expect(error.detail.reply).toBe('-ERR wrong: *** ***')
  expect(JSON.stringify([lines, error.message, error.detail])).not.toContain('horse')
})

test('a password that looks like part of an answer does not change what the answer means', async () => {
  const server = await serve({ faults: { onCommand: (name) => (name === 'PASS' ? '-ERR [IN-USE] wait' : undefined) } })
  const error = await failure(open(server.port, { password: 'IN-USE' }))
  expect(error).toMatchObject({ code: 'mailbox-locked', detail: { reply: '-ERR [***] wait' } })
})

test.each(['none', 'tls'] as const)('a port where nobody listens is a refused connection (%s)', async (security) => {
  const { port, close } = await startPop3Server({ findUser: () => undefined })
  await close()
  expect((await failure(open(port, { security, host: '127.0.0.1' }))).code).toBe('connection-refused')
})

test('a server that hangs up at once, and one that says nothing', async () => {
  const rude = await serve({ faults: { hangUp: true } })
  expect((await failure(open(rude.port))).code).toBe('connection-lost')
  const silent = createServer()
  await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve))
  closing.push(() => silent.close())
  expect((await failure(open((silent.address() as AddressInfo).port, { timeoutMs: 50 }))).code).toBe('timed-out')
  const mute = await serve({ faults: { isSilentAfterGreeting: true } })
  expect((await failure(open(mute.port, { timeoutMs: 50 }))).code).toBe('timed-out')
})

test('a stop ends the connecting and the fetching at once', async () => {
  const mute = await serve({ faults: { isSilentAfterGreeting: true } })
  const stop = new AbortController()
  const opening = failure(openPop3Session(targetOf(mute.port), stop.signal))
  stop.abort()
  expect((await opening).code).toBe('cancelled')

  const slow = await serve({ faults: { bytesPerSecond: 2000 } }, [{ uidl: 'big', raw: Buffer.alloc(500_000, 'x') }])
  const stopFetching = new AbortController()
  const session = await openPop3Session(targetOf(slow.port), stopFetching.signal)
  const fetching = failure(session.retrieve(1, () => stopFetching.abort()))
  expect((await fetching).code).toBe('cancelled')
})

test('without CAPA, UIDL and TOP the rest still works', async () => {
  const { port } = await serve({ abilities: { capa: false, uidl: false, top: false } })
  const session = await open(port)
  expect(session.capabilities.size).toBe(0)
  expect(await session.uidl()).toBeUndefined()
  expect((await failure(session.top(1, 0))).code).toBe('unsupported')
  expect((await session.list()).map(({ number }) => number)).toEqual([1, 2, 3])
  expect(await fetchAll(session, [1, 2, 3])).toHaveLength(3)
})

test('an empty maildrop may refuse LIST and UIDL: that means no mail', async () => {
  const onCommand = (name: string) => (name === 'UIDL' || name === 'LIST' ? '-ERR no messages' : undefined)
  const session = await open((await serve({ faults: { onCommand } }, [])).port)
  expect([await session.uidl(), await session.list()]).toEqual([[], []])
})

test('with mail in it, a refused LIST is a failure, and so is a UIDL that is refused for now', async () => {
  const onCommand = (name: string) => (name === 'UIDL' ? '-ERR [SYS/TEMP] later' : name === 'LIST' ? '-ERR no' : undefined)
  const session = await open((await serve({ faults: { onCommand } })).port)
  expect((await failure(session.list())).code).toBe('server-misbehaved')
  expect((await failure(session.uidl())).code).toBe('server-busy')
})

test('lists are read with spaces too many, gaps and lines that make no sense', async () => {
  const onCommand = (name: string) => {
    if (name === 'UIDL') return Buffer.from('+OK\r\n1  abc\r\n 3 with space \r\n\r\nwhat\r\n0 zero\r\n4\r\n.\r\n')
    return name === 'LIST' ? Buffer.from('+OK 2 messages\r\n1   120 octets\r\n2 many\r\n3 7\r\n.\r\n') : undefined
  }
  const session = await open((await serve({ faults: { onCommand } })).port)
  expect(await session.uidl()).toEqual([
    { number: 1, uidl: 'abc' },
    { number: 3, uidl: 'with space' },
  ])
  expect(await session.list()).toEqual([
    { number: 1, size: 120 },
    { number: 3, size: 7 },
  ])
})

test('a STAT without numbers makes no sense', async () => {
  const session = await open((await serve({ faults: { onCommand: (name) => (name === 'STAT' ? '+OK lots' : undefined) } })).port)
  expect(await failure(session.stat())).toMatchObject({ code: 'server-misbehaved', detail: { reply: '+OK lots' } })
})

function manyMessages(count: number, size = 200): StoredMessage[] {
  return Array.from({ length: count }, (_, index) => ({
    uidl: `u${index}`,
    raw: Buffer.from(`Subject: ${index}\r\n\r\n.${'x'.repeat(size)}\r\n`),
  }))
}

test('many messages are pipelined and come in order, headers and bodies', async () => {
  const messages = manyMessages(1000)
  const server = await serve({}, messages)
  const session = await open(server.port)
  const numbers = messages.map((_, index) => index + 1)
  expect((await fetchAll(session, numbers)).map(([, raw]) => raw)).toEqual(messages.map(({ raw }) => raw))
  const headers: string[] = []
  await session.topAll(numbers, async (_, raw) => {
    await new Promise((resolve) => setImmediate(resolve))
    headers.push(raw.toString())
  })
  expect(headers).toEqual(messages.map((_, index) => `Subject: ${index}\r\n\r\n`))
  expect(server.mostCommandsAtOnce).toBe(512)
})

test('without PIPELINING there is one command at a time', async () => {
  const server = await serve({ abilities: { pipelining: false } }, manyMessages(20))
  const session = await open(server.port)
  expect(await fetchAll(session, [1, 2, 3, 4, 5])).toHaveLength(5)
  expect(server.mostCommandsAtOnce).toBe(1)
})

test('a slow taker holds the server up instead of filling the memory', async () => {
  const { port } = await serve({}, manyMessages(60, 1_000_000))
  let begun = 0
  const session = await open(port, {}, (line) => {
    if (/^S: \+OK \d+ octets/.test(line)) begun++
  })
  const first = Promise.withResolvers<void>()
  const taken: number[] = []
  const numbers = Array.from({ length: 60 }, (_, index) => index + 1)
  const fetching = session.retrieveAll(numbers, async (number) => {
    taken.push(number)
    if (number === 1) await first.promise
  })
  // Turns enough for all 60 MB to arrive, if nothing held them up.
  for (let turn = 0; turn < 3000; turn++) await new Promise((resolve) => setImmediate(resolve))
  expect(taken).toEqual([1])
  expect(begun).toBeGreaterThan(5)
  expect(begun).toBeLessThan(12)
  first.resolve()
  await fetching
  expect(taken).toEqual(numbers)
})

test('a message that is gone does not stop the others, and is reported in the end', async () => {
  const server = await serve()
  const session = await open(server.port)
  const taken: number[] = []
  const error = await failure(session.retrieveAll([1, 9, 3], (number) => void taken.push(number)))
  expect(error).toMatchObject({ code: 'message-missing', detail: { action: 'fetch message 9' } })
  expect(taken).toEqual([1, 3])
  expect((await session.stat()).count).toBe(3)
})

test('when the taker fails its error comes out and the session is over', async () => {
  const session = await open((await serve({}, manyMessages(300))).port)
  const full = new MailError('store-full', 'The disk is full.')
  const error = await failure(
    session.retrieveAll(
      Array.from({ length: 300 }, (_, index) => index + 1),
      (number) => (number === 5 ? Promise.reject(full) : undefined),
    ),
  )
  expect(error.code).toBe('store-full')
  expect((await failure(session.stat())).code).toBe('store-full')
})

test('what arrived whole before the connection broke is handed on', async () => {
  const server = await serve({ faults: { dropInMessage: { number: 3, afterBytes: 10 } } })
  const session = await open(server.port)
  const taken: number[] = []
  expect((await failure(session.retrieveAll([1, 2, 3], (number) => void taken.push(number)))).code).toBe('connection-lost')
  expect(taken).toEqual([1, 2])
})

test('wherever the connection breaks, it is a MailError and no half message comes out', async () => {
  const [message] = threeMessages()
  if (!message) throw new Error('there is none')
  let isComplete = false
  for (let bytes = 1; !isComplete; bytes++) {
    const server = await serve({ faults: { dropAfterBytes: bytes } }, [{ ...message }])
    const taken: Buffer[] = []
    try {
      const session = await openPop3Session(targetOf(server.port), never)
      await session.retrieveAll([1], (_, raw) => void taken.push(raw))
      await session.quit()
      isComplete = true
    } catch (error) {
      expect(error).toBeInstanceOf(MailError)
      expect(error).toMatchObject({ code: 'connection-lost', detail: { account: 'Work', protocol: 'POP3' } })
    }
    expect(taken.every((raw) => raw.equals(message.raw))).toBe(true)
    await server.close()
    expect(bytes).toBeLessThan(2000)
  }
})

test('a QUIT that is not answered is a failure', async () => {
  const onCommand = (name: string) => (name === 'QUIT' ? '-ERR some deleted messages not removed' : undefined)
  const refusing = await open((await serve({ faults: { onCommand } })).port)
  expect((await failure(refusing.quit())).code).toBe('server-busy')
  const silent = await open((await serve({ faults: { onCommand: (name) => (name === 'QUIT' ? Buffer.alloc(0) : undefined) } })).port, {
    timeoutMs: 500,
  })
  expect((await failure(silent.quit())).code).toBe('timed-out')
})
