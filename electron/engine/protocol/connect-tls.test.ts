import { readFileSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import { createServer } from 'node:net'
import type { TLSSocket } from 'node:tls'
import { connect, createServer as createTlsServer } from 'node:tls'
import { afterEach, expect, test } from 'vitest'
import { MailError } from '../../../shared/errors/mail-error.ts'
import { asCoded, guardPeer, type PeerTrust, tlsOptions, toNetworkError, toTlsError, upgradeToTls } from './connect-tls.ts'

const fixture = (name: string) => readFileSync(new URL(`../../practice/fixtures/${name}`, import.meta.url), 'utf8')
const nobody: PeerTrust = { certificates: [], ca: null }
const testCa: PeerTrust = { certificates: [], ca: fixture('ca.pem') }
const detail = { server: 'localhost', protocol: 'POP3' } as const

const closing: (() => void)[] = []
afterEach(() => {
  for (const close of closing.splice(0)) close()
})

/** A TLS server that greets; `received` is what the client had sent when the connection ended. */
async function greetingServer(certificate: string): Promise<{ port: number; received: () => string }> {
  let received = ''
  const server = createTlsServer({ key: fixture(`${certificate}.key`), cert: fixture(`${certificate}.pem`) }, (socket) => {
    socket.on('data', (chunk) => {
      received += chunk.toString()
    })
    socket.on('error', () => {}) // The client may refuse us.
    socket.write('hello')
  })
  server.on('tlsClientError', () => {})
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  closing.push(() => server.close())
  return { port: (server.address() as AddressInfo).port, received: () => received }
}

interface Attempt {
  readonly port: number
  readonly trust: PeerTrust
  readonly host?: string
}

function open({ port, trust, host = 'localhost' }: Attempt): Promise<TLSSocket> {
  return new Promise((resolve, reject) => {
    const socket = connect({ ...tlsOptions(host, trust), port, host: '127.0.0.1' }, () => socket.write('sent by the client'))
    guardPeer(socket, trust)
    closing.push(() => socket.destroy())
    socket.once('data', () => resolve(socket))
    socket.once('error', reject)
  })
}

async function refusal(attempt: Attempt): Promise<MailError> {
  const error = await open(attempt).then(
    () => undefined,
    (thrown: unknown) => thrown,
  )
  return toNetworkError(error, detail)
}

test('a certificate of the account’s own CA is good, by name and by address', async () => {
  const { port } = await greetingServer('good')
  expect((await open({ port, trust: testCa })).authorized).toBe(true)
  expect((await open({ port, trust: testCa, host: '127.0.0.1' })).authorized).toBe(true)
})

test.each([
  ['good', nobody, 'certificate-untrusted'],
  ['expired', testCa, 'certificate-expired'],
  ['wrong-name', testCa, 'certificate-wrong-name'],
] as const)('the certificate "%s" is refused, and the error says which it is', async (name, trust, code) => {
  const { port } = await greetingServer(name)
  const error = await refusal({ port, trust })
  expect(error.code).toBe(code)
  expect(error.detail).toMatchObject({ server: 'localhost', certificate: { issuer: 'Postrider test CA' } })
  expect(error.detail.certificate?.fingerprint).toMatch(/^sha256:[0-9a-f]{64}$/)
  expect(error.detail.certificate?.validTo).toBe(name === 'expired' ? '2020-01-01' : '2126-01-01')
})

test.each(['good', 'expired', 'wrong-name'])('the pinned certificate "%s" is accepted without a CA', async (name) => {
  const { port } = await greetingServer(name)
  const { certificate } = (await refusal({ port, trust: nobody })).detail
  const pinned: PeerTrust = { certificates: [certificate?.fingerprint ?? ''], ca: null }
  expect((await open({ port, trust: pinned })).destroyed).toBe(false)
})

test('with another certificate pinned the connection ends before a byte of ours is sent', async () => {
  const { port, received } = await greetingServer('wrong-name')
  const pinned: PeerTrust = { certificates: [`sha256:${'0'.repeat(64)}`], ca: testCa.ca }
  const error = await refusal({ port, trust: pinned })
  expect(error.code).toBe('certificate-wrong-name')
  expect(error.detail.certificate?.subject).toBe('elsewhere.example')
  expect(received()).toBe('')
})

test('pins do not replace the CAs: a good certificate needs no pin', async () => {
  const { port } = await greetingServer('good')
  const socket = await open({ port, trust: { certificates: [`sha256:${'0'.repeat(64)}`], ca: testCa.ca } })
  expect(socket.authorized).toBe(true)
})

async function plainServer(greeting: string): Promise<number> {
  const server = createServer((socket) => {
    socket.on('error', () => {}) // The client hangs up in the middle of a handshake.
    socket.on('data', () => greeting && socket.write(greeting))
    closing.push(() => socket.destroy())
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  closing.push(() => server.close())
  return (server.address() as AddressInfo).port
}

test('a server that answers the handshake in plain text has no encryption', async () => {
  const port = await plainServer('+OK ready and plain\r\n')
  expect((await refusal({ port, trust: testCa })).code).toBe('encryption-unavailable')
})

async function upgrade(port: number, timeoutMs: number, signal?: AbortSignal): Promise<unknown> {
  const { connect: connectPlain } = await import('node:net')
  const socket = connectPlain(port, '127.0.0.1')
  await new Promise((resolve) => socket.once('connect', resolve))
  closing.push(() => socket.destroy())
  const request = { socket, host: 'localhost', trust: testCa, timeoutMs }
  return upgradeToTls(signal ? { ...request, signal } : request).catch((error: unknown) => toNetworkError(error, detail).code)
}

test('an upgrade ends in a checked TLS socket', async () => {
  const { port } = await greetingServer('good')
  const socket = (await upgrade(port, 5000)) as TLSSocket
  expect(socket.authorized).toBe(true)
  socket.destroy()
})

test('an upgrade with a wrong certificate, a silent server or a stop is refused in the right words', async () => {
  const { port } = await greetingServer('expired')
  expect(await upgrade(port, 5000)).toBe('certificate-expired')
  const silent = await plainServer('')
  expect(await upgrade(silent, 20)).toBe('timed-out')
  expect(await upgrade(silent, 5000, AbortSignal.abort())).toBe('cancelled')
})

test.each([
  ['ENOTFOUND', 'host-not-found'],
  ['EAI_AGAIN', 'host-not-found'],
  ['ECONNREFUSED', 'connection-refused'],
  ['EHOSTUNREACH', 'connection-refused'],
  ['ETIMEDOUT', 'timed-out'],
  ['ECONNRESET', 'connection-lost'],
  ['EPIPE', 'connection-lost'],
  ['ERR_SSL_WRONG_VERSION_NUMBER', 'encryption-unavailable'],
  ['DEPTH_ZERO_SELF_SIGNED_CERT', 'certificate-untrusted'],
  ['SOMETHING_OF_OURS', 'bug'],
] as const)('%s becomes %s', (nodeCode, code) => {
  expect(toNetworkError(asCoded(new Error('x'), nodeCode), detail)).toMatchObject({ code, detail })
})

test('a refused port is a refused connection even when every address of the host was tried', () => {
  const each = ['::1', '127.0.0.1'].map((address) => new Error(`connect ECONNREFUSED ${address}`))
  const error = toNetworkError(asCoded(new AggregateError(each), 'ECONNREFUSED'), detail)
  expect(error.code).toBe('connection-refused')
  expect(error.message).toContain('127.0.0.1')
})

test('a MailError keeps its code, and what has nothing to do with TLS is not a TLS error', () => {
  expect(toNetworkError(new MailError('server-busy', 'later'), detail)).toMatchObject({ code: 'server-busy', detail })
  expect(toTlsError(asCoded(new Error('x'), 'ECONNRESET'), detail)).toBeUndefined()
})
