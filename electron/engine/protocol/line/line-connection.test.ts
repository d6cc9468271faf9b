import type { AddressInfo, Socket } from 'node:net'
import { connect, createServer } from 'node:net'
import { afterEach, expect, test } from 'vitest'
import { collectBody } from './collect-body.ts'
import { stuffDots } from './dot-stuffing.ts'
import type { LineConnectionOptions, Verdict } from './line-connection.ts'
import { LineConnection } from './line-connection.ts'

const closing: (() => void)[] = []
afterEach(() => {
  for (const close of closing.splice(0)) close()
})

function judge(line: string): Verdict {
  if (line.startsWith('+OK')) return 'ok'
  if (line.startsWith('-ERR')) return 'refused'
  return line.startsWith('+ ') ? 'continue' : 'garbage'
}

interface Pair {
  readonly connection: LineConnection
  /** The server's end. */
  readonly peer: Socket
  /** Resolves with everything that arrived at the server, once it contains `text`. */
  readonly arrived: (text: string) => Promise<string>
  readonly packets: readonly string[]
}

async function pair(options: Partial<LineConnectionOptions> = {}): Promise<Pair> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const accepted = new Promise<Socket>((resolve) => server.once('connection', resolve))
  const socket = connect((server.address() as AddressInfo).port, '127.0.0.1')
  const connection = new LineConnection({ socket, judge, timeoutMs: 10_000, ...options })
  const peer = await accepted
  peer.setNoDelay(true)
  peer.on('error', () => {}) // The client may hang up while we write.
  const packets: string[] = []
  const waiting: (() => void)[] = []
  peer.on('data', (chunk) => {
    packets.push(chunk.toString())
    for (const wake of waiting) wake()
  })
  closing.push(() => {
    peer.destroy()
    socket.destroy()
    server.close()
  })
  const arrived = (text: string) =>
    new Promise<string>((resolve) => {
      const look = () => packets.join('').includes(text) && resolve(packets.join(''))
      waiting.push(look)
      look()
    })
  return { connection, peer, arrived, packets }
}

const codeOf = (promise: Promise<unknown>) =>
  promise.then(
    () => 'it worked',
    (error: Error & { code?: string }) => error.code ?? error.message,
  )

/** Writes byte ranges as packets of their own. */
async function writeCut(peer: Socket, bytes: Buffer, sizeOf: () => number): Promise<void> {
  for (let at = 0; at < bytes.length; ) {
    const size = sizeOf()
    peer.write(bytes.subarray(at, at + size))
    at += size
    await new Promise((resolve) => setImmediate(resolve))
  }
}

test('commands of one turn leave in one packet and are answered in order', async () => {
  const { connection, peer, arrived, packets } = await pair()
  const replies = Promise.all(['A', 'B', 'C'].map((text) => connection.send({ text })))
  await arrived('C\r\n')
  expect(packets).toEqual(['A\r\nB\r\nC\r\n'])
  peer.write('+OK a\r\n-ERR b\r\n+OK c\r\n')
  expect(await replies).toEqual([
    { isOk: true, line: '+OK a' },
    { isOk: false, line: '-ERR b' },
    { isOk: true, line: '+OK c' },
  ])
})

test('a refused command has no body', async () => {
  const { connection, peer } = await pair()
  const { sink, body } = collectBody()
  const replies = Promise.all([connection.send({ text: 'RETR 1', sink }), connection.send({ text: 'RETR 2', sink })])
  peer.write('-ERR none\r\n+OK\r\ntext\r\n.\r\n')
  expect((await replies).map((reply) => reply.isOk)).toEqual([false, true])
  expect(body().toString()).toBe('text\r\n')
})

test('pipelined bodies full of dots stay whole in packets of 1 to 40 bytes (fuzz)', async () => {
  const { connection, peer } = await pair()
  let seed = 7
  const random = (limit: number) => {
    seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0
    return Math.floor((seed / 2 ** 32) * limit)
  }
  const words = ['.', '..', '.x', 'line', '', 'end.', 'a.b']
  const bodies = Array.from({ length: 24 }, () => Array.from({ length: 30 }, () => `${words[random(7)]}\r\n`).join(''))
  const received = Promise.all(
    bodies.map(async (_, index) => {
      const { sink, body } = collectBody()
      await connection.send({ text: `RETR ${index + 1}`, sink })
      return body().toString()
    }),
  )
  const sent = Buffer.concat(bodies.flatMap((body) => [Buffer.from('+OK\r\n'), stuffDots(Buffer.from(body))]))
  await writeCut(peer, sent, () => 1 + random(40))
  expect(await received).toEqual(bodies)
})

test.each(['+O|K 12|0 octets\r\n', '+OK\r|\nab', '+OK\r\nThe end|.\r\n|more\r\n', '+OK\r\nhi\r\n|.\r\n|'])(
  'packets cut as in %j are read alike',
  async (script) => {
    const { connection, peer } = await pair()
    const { sink, body } = collectBody()
    const reply = connection.send({ text: 'RETR 1', sink })
    for (const packet of script.split('|')) {
      peer.write(packet)
      await new Promise((resolve) => setImmediate(resolve))
    }
    if (!script.endsWith('.\r\n|')) peer.write('\r\n.\r\n')
    expect((await reply).isOk).toBe(true)
    const whole = script.replaceAll('|', '')
    expect(body().toString()).toBe(`${whole.slice(whole.indexOf('\n') + 1).replace(/\.\r\n$/, '')}${script.endsWith('|') ? '' : '\r\n'}`)
  },
)

test('an intermediate line is answered, and the answer is not traced', async () => {
  const trace: string[] = []
  const { connection, peer, arrived } = await pair({ trace: (line) => trace.push(line) })
  const reply = connection.send({ text: 'AUTH X', onContinue: (line) => `secret for ${line.slice(2)}` })
  peer.write('+ you\r\n')
  await arrived('secret for you\r\n')
  peer.write('+OK\r\n')
  await reply
  expect(trace).toEqual(['C: AUTH X', 'S: + you', 'C: ***', 'S: +OK'])
})

test('a sink that returns a promise holds the server up and loses nothing', async () => {
  const { connection, peer } = await pair()
  const body = Buffer.alloc(8_000_000, 'sixteen letters\n'.replace('\n', '\r'))
  let received = 0
  let open = 0
  let isOverlapping = false
  const done = connection.send({
    text: 'RETR 1',
    sink: async (piece) => {
      isOverlapping ||= ++open > 1
      received += piece.length
      await new Promise((resolve) => setImmediate(resolve))
      open--
    },
  })
  peer.write('+OK\r\n')
  peer.write(stuffDots(body))
  peer.write('+OK next\r\n')
  const next = connection.send({ text: 'NOOP' })
  await done
  expect(received).toBe(body.length + 2)
  expect(isOverlapping).toBe(false)
  expect((await next).line).toBe('+OK next')
})

test('a sink that fails ends the connection with its error', async () => {
  const { connection, peer } = await pair()
  const failing = connection.send({
    text: 'RETR 1',
    sink: () => Promise.reject(new Error('disk full')),
  })
  peer.write('+OK\r\ntext\r\n.\r\n')
  await expect(failing).rejects.toThrow('disk full')
  await expect(connection.send({ text: 'NOOP' })).rejects.toThrow('disk full')
})

test('a closed connection rejects everything that waits, also in the middle of a body', async () => {
  const { connection, peer } = await pair()
  const codes = Promise.all([
    codeOf(connection.send({ text: 'RETR 1', sink: () => {} })),
    codeOf(connection.send({ text: 'RETR 2', sink: () => {} })),
  ])
  peer.write('+OK\r\nhalf of')
  peer.end()
  expect(await codes).toEqual(['connection-lost', 'connection-lost'])
  expect(await codeOf(connection.send({ text: 'NOOP' }))).toBe('connection-lost')
})

test.each([
  ['before the reply', ''],
  ['in the middle of a body', '+OK\r\nhalf of'],
])('silence %s times out', async (_, bytes) => {
  const { connection, peer } = await pair({ timeoutMs: 40 })
  const code = codeOf(connection.send({ text: 'RETR 1', sink: () => {} }))
  peer.write(bytes)
  expect(await code).toBe('timed-out')
})

test('a slow answer is no silence', async () => {
  const { connection, peer } = await pair({ timeoutMs: 600 })
  const reply = connection.send({ text: 'RETR 1', sink: () => {} })
  const timer = setInterval(() => peer.write('x'), 20)
  peer.write('+OK\r\n')
  setTimeout(() => {
    clearInterval(timer)
    peer.write('\r\n.\r\n')
  }, 1500)
  expect((await reply).isOk).toBe(true)
})

test('a stop rejects at once and hangs up', async () => {
  const stop = new AbortController()
  const { connection, peer } = await pair({ signal: stop.signal })
  const code = codeOf(connection.send({ text: 'RETR 1', sink: () => {} }))
  const hungUp = new Promise((resolve) => peer.once('close', resolve))
  stop.abort()
  expect(await code).toBe('cancelled')
  await hungUp
  expect(await codeOf(connection.send({ text: 'NOOP' }))).toBe('cancelled')
})

test.each([
  ['an answer that is none', 'Hello there\r\n', 'server-misbehaved'],
  ['a challenge that nobody can answer', '+ abc\r\n', 'server-misbehaved'],
  ['an endless line', 'x'.repeat(70_000), 'server-misbehaved'],
])('%s ends the connection', async (_, bytes, code) => {
  const { connection, peer } = await pair()
  const result = codeOf(connection.send({ text: 'STAT' }))
  peer.write(bytes)
  expect(await result).toBe(code)
})

test.each([
  ['-ERR idle for too long\r\n', 'connection-lost'],
  ['+OK nobody asked\r\n', 'server-misbehaved'],
])('after the unasked %j the next command is rejected', async (bytes, code) => {
  const { connection, peer } = await pair()
  const closed = new Promise((resolve) => peer.once('close', resolve))
  peer.write(bytes)
  await closed
  expect(await codeOf(connection.send({ text: 'NOOP' }))).toBe(code)
})

test('a line break can not be smuggled into a command', async () => {
  const { connection } = await pair()
  expect(await codeOf(connection.send({ text: 'USER a\r\nDELE 1' }))).toBe('bad-input')
})

test.each(['+OK\r\n+OK injected\r\n', '+OK\r\nhalf a li'])('an upgrade is refused when the server said %j', async (bytes) => {
  const { connection, peer } = await pair()
  const upgraded = connection.send({ text: 'STLS' }).then(() => connection.upgrade(async (plain) => plain))
  peer.write(bytes)
  expect(await codeOf(upgraded)).toBe('server-misbehaved')
})
