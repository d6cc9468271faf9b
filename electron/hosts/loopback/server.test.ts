import { mkdtempSync, mkdirSync, writeFileSync } from 'node:fs'
import { request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { WebSocket } from 'ws'
import { connect } from '../../../shared/contract/connect.ts'
import { hostCalls, type HostCalls, type HostEvents } from '../../../shared/contract/host-contract.ts'
import { serve } from '../../../shared/contract/serve.ts'
import { silentLogger } from '../../engine/log.ts'
import { loadPage } from '../page-files.ts'
import { startStub } from '../testing/stub-thread.ts'
import { socketWire } from '../wires.ts'
import type { EngineThread } from '../worker/start-engine.ts'
import { PresetFiles } from '../preset-files.ts'
import { loopbackHandlers } from './host-handlers.ts'
import { startLoopback, type LoopbackHost } from './server.ts'

let engine: EngineThread
let host: LoopbackHost
let cookie = ''
let quits = 0

beforeAll(async () => {
  const folder = mkdtempSync(join(tmpdir(), 'postrider-page-'))
  mkdirSync(join(folder, 'assets'))
  writeFileSync(join(folder, 'index.html'), '<!doctype html>')
  writeFileSync(join(folder, 'assets', 'index-1a2b.js'), 'export {}')
  writeFileSync(join(folder, 'assets', 'index-1a2b.js.map'), '{}')
  writeFileSync(join(folder, '..', 'outside.txt'), 'secret')
  engine = await startStub()
  const facts = { practice: true, presets: new PresetFiles(), secrets: 'memory', dataFolder: folder, quit: () => quits++ } as const
  host = await startLoopback({
    engine,
    page: await loadPage(folder),
    log: silentLogger,
    port: 0,
    serveHost: (wire, origin) => void serve<HostCalls, HostEvents>(hostCalls, loopbackHandlers(origin, facts), wire),
  })
  const login = await get(host.url.slice(host.origin.length))
  cookie = login.headers['set-cookie']?.[0]?.split(';')[0] ?? ''
})

afterAll(async () => {
  await host.close()
  await engine.shutdown()
})

interface Reply {
  readonly status: number
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>
  readonly body: string
}

/** Not fetch: it would tidy up paths and refuse to send a Host of our choice. */
function get(path: string, headers: Readonly<Record<string, string>> = {}, method = 'GET'): Promise<Reply> {
  const { hostname, port, host: name } = new URL(host.origin)
  return new Promise((resolve, reject) => {
    const sent = request({ hostname, port, path, method, headers: { host: name, ...headers } }, (response) => {
      let body = ''
      response.setEncoding('utf8').on('data', (text) => (body += text))
      response.on('end', () => resolve({ status: response.statusCode ?? 0, headers: response.headers, body }))
    })
    sent.on('error', reject).end()
  })
}

function openSocket(path: string, headers: Readonly<Record<string, string>>): Promise<string> {
  return new Promise((resolve) => {
    const socket = new WebSocket(host.origin.replace('http', 'ws') + path, { headers })
    socket.on('error', (error) => resolve(error.message))
    socket.on('open', () => {
      socket.close()
      resolve('open')
    })
  })
}

test('only the right token is traded for a cookie, which no script and no other site can use', async () => {
  const right = await get(host.url.slice(host.origin.length))
  const { port } = new URL(host.origin)
  expect(right.status).toBe(302)
  expect(right.headers['set-cookie']?.[0]).toMatch(new RegExp(`^postrider-${port}=[\\w-]{43}; HttpOnly; SameSite=Strict; Path=/$`))
  for (const path of ['/login', '/login?token=', '/login?token=x', `${host.url.slice(host.origin.length)}x`]) {
    const wrong = await get(path)
    expect(wrong.status, path).toBe(403)
    expect(wrong.headers['set-cookie'], path).toBeUndefined()
  }
})

test('the token itself is no cookie', async () => {
  const { port } = new URL(host.origin)
  const token = new URL(host.url).searchParams.get('token') ?? ''
  expect((await get('/', { cookie: `postrider-${port}=${token}` })).status).toBe(403)
})

test('a log-in that began on another site continues from here, so that its strict cookie is sent', async () => {
  const reply = await get(host.url.slice(host.origin.length), { 'sec-fetch-site': 'cross-site' })
  expect(reply).toMatchObject({ status: 200, headers: { refresh: '0; url=/' } })
})

test('the page needs the cookie, the exact Host and GET', async () => {
  expect((await get('/', { cookie })).status).toBe(200)
  expect((await get('/')).status).toBe(403)
  expect((await get('/', { cookie: cookie.replace(/.$/, '!') })).status).toBe(403)
  const { port } = new URL(host.origin)
  for (const name of ['evil.example', `localhost:${port}`, '127.0.0.1', `evil.example:${port}`])
    expect((await get('/', { cookie, host: name })).status, name).toBe(421)
  for (const method of ['POST', 'PUT', 'DELETE', 'OPTIONS', 'HEAD']) expect((await get('/', { cookie }, method)).status, method).toBe(405)
})

test('the page comes with a strict policy, and files with a hash in their name are kept by the browser', async () => {
  const page = await get('/', { cookie })
  const policy = String(page.headers['content-security-policy'])
  for (const rule of [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "frame-ancestors 'none'",
    "require-trusted-types-for 'script'",
  ])
    expect(policy.split('; ')).toContain(rule)
  expect(policy).not.toContain('unsafe')
  expect(page.headers).toMatchObject({ 'cache-control': 'no-store', 'x-content-type-options': 'nosniff', 'referrer-policy': 'no-referrer' })
  const script = await get('/assets/index-1a2b.js', { cookie })
  expect(script.headers).toMatchObject({
    'content-type': 'text/javascript; charset=utf-8',
    'cache-control': expect.stringContaining('immutable'),
  })
})

test('no path leads out of the page, and source maps are not served', async () => {
  const paths = [
    '/../outside.txt',
    '/%2e%2e/outside.txt',
    '/..%2foutside.txt',
    '/..%5coutside.txt',
    '/assets/../../outside.txt',
    '/C:/x',
    '/%00',
    '/%',
    '/assets',
  ]
  for (const path of [...paths, '/assets/index-1a2b.js.map']) expect((await get(path, { cookie })).status, path).toBe(404)
})

test('a WebSocket needs a known path, the cookie, and the exact Host and Origin', async () => {
  const { origin } = host
  for (const path of ['/engine', '/host']) expect(await openSocket(path, { cookie, origin }), path).toBe('open')
  expect(await openSocket('/other', { cookie, origin })).toContain('403')
  expect(await openSocket('/engine', { cookie })).toContain('403')
  expect(await openSocket('/engine', { origin })).toContain('403')
  expect(await openSocket('/engine', { cookie, origin: 'null' })).toContain('403')
  expect(await openSocket('/engine', { cookie, origin: origin.replace('127.0.0.1', 'localhost') })).toContain('403')
  expect(await openSocket('/host', { cookie, origin: 'http://evil.example' })).toContain('403')
  expect(await openSocket('/engine', { cookie, origin, host: 'evil.example' })).toContain('403')
})

test('a socket that does not speak JSON is closed', async () => {
  for (const sent of ['no json', Buffer.from([1, 2])]) {
    const socket = new WebSocket(`${host.origin.replace('http', 'ws')}/engine`, { headers: { cookie, origin: host.origin } })
    socket.on('open', () => socket.send(sent))
    const code = await new Promise((resolve, reject) => socket.on('close', resolve).on('error', reject))
    expect(code).toBe(1003)
  }
})

test('content needs no cookie but the exact Host, and is sandboxed whatever the engine says', async () => {
  const reply = await get('/content/token/body?x=1')
  expect(reply).toMatchObject({ status: 200, body: 'content of /token/body?x=1' })
  expect(reply.headers).toMatchObject({
    'content-security-policy': "default-src 'none'; sandbox",
    'x-content-type-options': 'nosniff',
    'cross-origin-resource-policy': 'cross-origin',
  })
  expect((await get('/content/other')).status).toBe(404)
  expect((await get('/content/broken')).status).toBe(500)
  expect((await get('/content/token/body', { host: 'evil.example' })).status).toBe(421)
  expect((await get('/content/token/body', {}, 'POST')).status).toBe(405)
})

test('the host says where content is, opens only web and mail links, and can be told to quit', async () => {
  const socket = new WebSocket(`${host.origin.replace('http', 'ws')}/host`, { headers: { cookie, origin: host.origin } })
  await new Promise((resolve, reject) => socket.once('open', resolve).once('error', reject))
  const client = connect<HostCalls, HostEvents>(socketWire(socket))
  expect(await client.call('host.info', {})).toMatchObject({
    kind: 'loopback',
    contentBase: `${host.origin}/content`,
    practice: true,
    secrets: 'memory',
  })
  expect(await client.call('host.openLink', { url: 'https://example.org/' })).toBeNull()
  for (const url of ['javascript:alert(1)', 'file:///etc/passwd', 'data:text/html,x'])
    await expect(client.call('host.openLink', { url })).rejects.toMatchObject({ code: 'bad-input' })
  await client.call('host.quit', {})
  expect(quits).toBe(1)
  client.close()
})

test('a port that is taken is said so', async () => {
  const { port } = new URL(host.origin)
  const again = startLoopback({ engine, page: () => undefined, serveHost: () => {}, port: Number(port), log: silentLogger })
  await expect(again).rejects.toMatchObject({ code: 'bad-input', message: `Port ${port} is used by another program.` })
})
