// Secure Password Authentication (NTLM) over POP3.
import { type AddressInfo, createServer } from 'node:net'
import { afterEach, expect, test } from 'vitest'
import { type ErrorInfo, toErrorInfo } from '../../../../shared/errors/mail-error.ts'
import { ntlm } from '../../../practice/ntlm-server.ts'
import { arrayMaildrop } from '../../../practice/pop3-maildrop.ts'
import { type Pop3Server, startPop3Server } from '../../../practice/pop3-server.ts'
import type { Pop3ServerOptions } from '../../../practice/pop3-server-options.ts'
import { openPop3Session, type Pop3Session, type Pop3Target } from './pop3-session.ts'

const logon = { user: 'CORP/jdoe/jdoe', password: 'correct horse, bättery' }

const closing: (() => unknown)[] = []
afterEach(async () => {
  for (const close of closing.splice(0)) await close()
})

async function serve(options: Partial<Pop3ServerOptions> = {}): Promise<Pop3Server> {
  const findUser = (name: string) => (name === logon.user ? { password: logon.password, maildrop: arrayMaildrop([]) } : undefined)
  const server = await startPop3Server({ findUser, abilities: { mechanisms: ['PLAIN', 'SCRAM-SHA-256', 'NTLM'] }, ...options })
  closing.push(server.close)
  return server
}

/** A server that answers the lines one by one. */
async function lines(...answers: readonly ((line: string) => string)[]): Promise<number> {
  const left = [...answers]
  const server = createServer((socket) => {
    socket.on('error', () => {}) // The client may hang up at any time.
    socket.write('+OK ready\r\n')
    socket.on('data', (chunk) => socket.write(`${left.shift()?.(chunk.toString().trim()) ?? '-ERR what?'}\r\n`))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  closing.push(() => server.close())
  return (server.address() as AddressInfo).port
}

async function open(port: number, changes: Partial<Pop3Target> = {}, trace?: (line: string) => void): Promise<Pop3Session> {
  const target: Pop3Target = {
    host: '127.0.0.1',
    port,
    security: 'none',
    ...logon,
    signIn: 'spa',
    trust: { certificates: [], ca: null },
    timeoutMs: 5_000,
    accountName: 'Work',
    ...changes,
  }
  const session = await openPop3Session(target, new AbortController().signal, trace)
  closing.push(() => session.destroy())
  return session
}

async function failureOf(work: Promise<unknown>): Promise<ErrorInfo> {
  return work.then(
    () => expect.fail('It should have failed.'),
    (error: unknown) => toErrorInfo(error),
  )
}

test('it signs in with NTLM alone, and the answers are not in the trace', async () => {
  const server = await serve()
  const trace: string[] = []
  await open(server.port, {}, (line) => trace.push(line))
  expect(server.commands).toEqual(['CAPA', 'AUTH NTLM', '***', '***'])
  expect(trace.filter((line) => line.startsWith('C: '))).toEqual(['C: CAPA', 'C: AUTH NTLM', 'C: ***', 'C: ***'])
})

test('a wrong password is refused, and nothing weaker follows', async () => {
  const server = await serve()
  const error = await failureOf(open(server.port, { password: 'wrong' }))
  expect(error).toMatchObject({ code: 'sign-in-refused', detail: { user: logon.user, action: 'sign in' } })
  expect(server.commands).toEqual(['CAPA', 'AUTH NTLM', '***', '***'])
})

test('a server without NTLM gets no password', async () => {
  const server = await serve({ abilities: { mechanisms: ['PLAIN', 'LOGIN', 'CRAM-MD5'], apop: true } })
  expect((await failureOf(open(server.port))).code).toBe('sign-in-unsupported')
  expect(server.commands).toEqual(['CAPA'])
})

test('a server without CAPA is asked for NTLM all the same', async () => {
  const knowing = await serve({ abilities: { capa: false, mechanisms: ['NTLM'] } })
  await open(knowing.port)
  const ignorant = await serve({ abilities: { capa: false, mechanisms: [] } })
  expect((await failureOf(open(ignorant.port))).code).toBe('sign-in-unsupported')
  expect([knowing.commands, ignorant.commands]).toEqual([
    ['CAPA', 'AUTH NTLM', '***', '***'],
    ['CAPA', 'AUTH NTLM'],
  ])
})

test('"+OK" instead of an empty challenge, as Exchange says it, is not yet a yes', async () => {
  const exchange = ntlm((name) => (name === logon.user ? logon.password : undefined))
  exchange.next()
  let signedIn: string | undefined
  const port = await lines(
    () => '-ERR no CAPA',
    () => '+OK',
    (type1) => `+ ${Buffer.from(exchange.next(Buffer.from(type1, 'base64')).value ?? '').toString('base64')}`,
    (type3) => {
      const end = exchange.next(Buffer.from(type3, 'base64'))
      signedIn = end.done ? end.value : undefined
      return '+OK welcome'
    },
  )
  await open(port)
  expect(signedIn).toBe(logon.user)
})

test('a yes without a challenge is not believed', async () => {
  const port = await lines(
    () => '-ERR no CAPA',
    () => '+OK',
    () => '+OK come in',
  )
  expect((await failureOf(open(port))).code).toBe('server-misbehaved')
})

test('a challenge that makes no sense cancels the log-on', async () => {
  let last = ''
  const port = await lines(
    () => '-ERR no CAPA',
    () => '+ ',
    () => '+ TlRMTVNTUAACAAAA',
    (line) => {
      last = line
      return '-ERR cancelled'
    },
  )
  expect((await failureOf(open(port))).code).toBe('server-misbehaved')
  expect(last).toBe('*')
})
