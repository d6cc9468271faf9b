import { readFileSync } from 'node:fs'
import { createServer as createHttpsServer, type Server } from 'node:https'
import { createServer, type AddressInfo } from 'node:net'
import { createServer as createTlsServer } from 'node:tls'
import { afterEach, expect, test } from 'vitest'
import { discover } from './discover.ts'
import { networkDiscovery } from './discovery-ports.ts'

const fixture = (name: string) => readFileSync(new URL(`../../practice/fixtures/${name}`, import.meta.url), 'utf8')
const ca = fixture('ca.pem')
const identity = { key: fixture('good.key'), cert: fixture('good.pem') }
const signal = new AbortController().signal
const autoconfigFile = readFileSync(new URL('./fixtures/config-v1.1.xml', import.meta.url))

const closing: (() => void)[] = []
afterEach(() => {
  for (const close of closing.splice(0)) close()
})

async function listening(server: Server | ReturnType<typeof createServer>): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  closing.push(() => server.close())
  return (server.address() as AddressInfo).port
}

async function webServer(): Promise<{ readonly port: number; readonly asked: readonly string[] }> {
  const asked: string[] = []
  const server = createHttpsServer(identity, ({ url = '', headers }, response) => {
    asked.push(`${url} ${JSON.stringify(headers)}`)
    if (url === '/moved') return response.writeHead(302, { location: '/.well-known/autoconfig/mail/config-v1.1.xml' }).end()
    if (url === '/plain') return response.writeHead(302, { location: 'http://127.0.0.1:1/' }).end()
    if (url === '/circle') return response.writeHead(302, { location: '/circle' }).end()
    if (url === '/large') return response.end(Buffer.alloc(300 * 1024))
    if (url.startsWith('/.well-known/')) return response.end(autoconfigFile)
    return response.writeHead(404).end('no')
  })
  server.on('tlsClientError', () => {})
  return { port: await listening(server), asked }
}

test('The file of a provider is fetched by HTTPS and read', async () => {
  const { port, asked } = await webServer()
  const ports = { ...networkDiscovery({ ca, httpsPort: port }), services: async () => [], mailHosts: async () => [] }
  const { findings } = await discover('secret.name@localhost', { ports, isOffline: false, signal })
  expect(findings[0]).toMatchObject({ source: 'autoconfig', from: 'Example Mail & More' })
  expect(asked.join()).not.toContain('secret')
})

test('Redirects stay with HTTPS, a missing file is none, a large one is refused', async () => {
  const { port } = await webServer()
  const ports = networkDiscovery({ ca })
  const at = (path: string) => ports.fetch(`https://localhost:${port}${path}`, signal)
  expect(Buffer.from((await at('/moved')) ?? [])).toEqual(autoconfigFile)
  expect(await at('/plain')).toBeUndefined()
  expect(await at('/circle')).toBeUndefined()
  expect(await at('/nothing')).toBeUndefined()
  await expect(at('/large')).rejects.toThrow(/too large/)
})

test('A server with a certificate of somebody unknown is not believed', async () => {
  const { port, asked } = await webServer()
  await expect(networkDiscovery().fetch(`https://localhost:${port}/moved`, signal)).rejects.toThrow()
  expect(asked).toEqual([])
})

test('A greeting is heard with and without TLS, and nothing is sent', async () => {
  let received = ''
  const greet = (socket: { on(name: 'data' | 'error', listener: (data: Buffer) => void): void; write(text: string): void }) => {
    socket.on('data', (data) => {
      received += data.toString()
    })
    socket.on('error', () => {})
    socket.write('* OK ready\r\n')
  }
  const tlsServer = createTlsServer(identity, greet)
  tlsServer.on('tlsClientError', () => {})
  const [secure, plain] = await Promise.all([listening(tlsServer), listening(createServer(greet))])
  const trusting = networkDiscovery({ ca })
  expect(await trusting.greeting('localhost', secure, { tls: true, signal })).toBe('* OK ready\r\n')
  expect(await trusting.greeting('127.0.0.1', plain, { tls: false, signal })).toBe('* OK ready\r\n')
  expect(await networkDiscovery().greeting('localhost', secure, { tls: true, signal })).toBe('')
  expect(received).toBe('')
})

test('Waiting for a greeting ends with the signal', async () => {
  const port = await listening(createServer(() => {}))
  const controller = new AbortController()
  const greeting = networkDiscovery().greeting('127.0.0.1', port, { tls: false, signal: controller.signal })
  controller.abort()
  expect(await greeting).toBe('')
})
