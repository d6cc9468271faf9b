// The way to a server (issue 5): proxies, client certificates and metered networks, through the whole engine.
import { readFileSync } from 'node:fs'
import { createServer as createTlsServer } from 'node:tls'
import type { AddressInfo } from 'node:net'
import { afterEach, expect, test } from 'vitest'
import { createEngine, type Engine } from '../../electron/engine/engine.ts'
import { silentLogger } from '../../electron/engine/log.ts'
import { type NetworkPort, systemClock } from '../../electron/engine/ports.ts'
import { type ProxyScript, startProxy } from '../../electron/engine/protocol/scripted-proxy.ts'
import { startImapServer } from '../../electron/practice/imap-server.ts'
import { memorySecrets } from '../../electron/hosts/secrets/memory-secrets.ts'
import type { AccountSettings } from '../../shared/domain/account.ts'
import { defaultConnection, type ProxySettings } from '../../shared/domain/connection.ts'
import type { DoctorReport } from '../../shared/doctor/doctor.ts'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { accountSettings } from './support/test-engine.ts'

const fixture = (name: string) => readFileSync(new URL(`../../electron/practice/fixtures/${name}`, import.meta.url))
const never = new AbortController().signal
const closing: (() => unknown)[] = []
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close()
})

const direct: NetworkPort = { proxyFor: async () => undefined, isMetered: async () => null }

async function engineWith(network: Partial<NetworkPort> = {}) {
  const dataFolder = mkdtempSync(join(tmpdir(), 'postrider-routes-'))
  const secrets = memorySecrets()
  const options = { dataFolder, clock: systemClock, secrets, log: silentLogger, version: 'test' }
  const engine = await createEngine({ ...options, network: { ...direct, ...network } })
  closing.push(() => rmSync(dataFolder, { recursive: true, force: true }), engine.close)
  return { engine, secrets }
}

async function imap() {
  const server = await startImapServer({ users: [{ user: 'a', password: 'p' }] })
  closing.push(server.close)
  return server
}

async function proxy(kind: 'socks5' | 'http', script: ProxyScript) {
  const server = await startProxy(kind, script)
  closing.push(server.close)
  return server
}

/** A host that exists nowhere: only a proxy can lead there. */
const beyond = (own: Partial<ProxySettings>): AccountSettings => ({
  ...accountSettings({ protocol: 'imap', user: 'a', host: 'mail.example.invalid', port: 143 }),
  connection: { ...defaultConnection, proxy: { ...defaultConnection.proxy, ...own } },
})

const add = (engine: Engine, settings: AccountSettings, route = {}) =>
  engine.handlers['accounts.add']({ settings, password: 'p', outgoingPassword: null, route }, never)

async function receive(engine: Engine, isForeground = true) {
  const { runs } = engine.parts
  const progress = await runs.start({ accounts: null, receive: true, send: false, isForeground, bodies: 'on-demand' }).done
  return progress.tasks[0]
}

test('an account’s own proxy takes its mail, with the password from the secrets', async () => {
  const server = await imap()
  const way = await proxy('socks5', { leadsTo: server.port, logOn: ['us', 'CANARY-proxy'] })
  const { engine, secrets } = await engineWith()
  const account = await add(engine, beyond({ kind: 'socks5', host: '127.0.0.1', port: way.port, user: 'us' }), {
    proxyPassword: 'CANARY-proxy',
  })
  expect(await receive(engine)).toMatchObject({ state: 'completed', error: null })
  expect(way.asked).toEqual(['mail.example.invalid:143'])
  expect(await secrets.get(`account-${account.id}-proxy`)).toBe('CANARY-proxy')
  const { text } = engine.handlers['support.information']({}, never) as { text: string }
  expect(JSON.stringify(engine.parts.store.accounts.list()) + text).not.toContain('CANARY')
  expect(engine.handlers['presets.write']({ id: account.id, format: 'json' }, never)).not.toMatchObject({
    text: expect.stringContaining('CANARY'),
  })
  await engine.handlers['accounts.remove']({ id: account.id }, never)
  expect(await secrets.get(`account-${account.id}-proxy`)).toBeUndefined()
})

test('what the system says counts unless the account says otherwise', async () => {
  const server = await imap()
  const way = await proxy('http', { leadsTo: server.port })
  const system = { kind: 'http', host: '127.0.0.1', port: way.port, user: '', password: '' } as const
  const { engine } = await engineWith({ proxyFor: async (host) => (host.endsWith('.invalid') ? system : undefined) })
  const account = await add(engine, beyond({ kind: 'system' }))
  expect((await receive(engine))?.state).toBe('completed')
  expect(await engine.handlers['network.facts']({ host: 'mail.example.invalid', port: 143 }, never)).toEqual({
    systemProxy: `HTTP 127.0.0.1:${way.port}`,
    isMetered: null,
  })
  const { id, isDefault: _isDefault, ...settings } = account
  const own = { ...settings, connection: beyond({ kind: 'none' }).connection }
  await engine.handlers['accounts.update']({ id, settings: own, password: null, outgoingPassword: null }, never)
  expect((await receive(engine))?.error?.code).toBe('host-not-found')
})

async function check(engine: Engine, settings: AccountSettings): Promise<DoctorReport> {
  return engine.handlers['doctor.run']({ run: 'r', account: null, settings, password: 'p', outgoingPassword: null }, never)
}

test.each([
  ['unreachable', {}, 'proxy-unreachable'],
  ['refusing', { refuse: 2 }, 'proxy-refused'],
  ['asking for a log-on', { logOn: ['us', 'word'] as const }, 'proxy-sign-in-refused'],
] as const)('the doctor stops at Connect when the proxy is %s, and leads to the Connection page', async (_how, script, code) => {
  const way = await proxy('socks5', script)
  if (code === 'proxy-unreachable') await closing.pop()?.()
  const { engine } = await engineWith()
  const { steps, problem } = await check(engine, beyond({ kind: 'socks5', host: '127.0.0.1', port: way.port }))
  expect(problem).toMatchObject({ step: 'connect', error: { code, detail: { proxy: `SOCKS5 127.0.0.1:${way.port}` } } })
  expect(problem?.actions[0]).toEqual({ kind: 'open-page', page: 'connection' })
  expect(steps.find(({ name }) => name === 'find')).toMatchObject({ state: 'skipped', text: 'The proxy looks the name up.' })
})

test('a client certificate is shown to a server that asks for it; without one the error says so', async () => {
  const received: string[] = []
  const tls = {
    key: fixture('good.key'),
    cert: fixture('good.pem'),
    ca: fixture('client.pem'),
    requestCert: true,
    rejectUnauthorized: true,
  }
  const server = createTlsServer(tls, (socket) => {
    received.push(socket.getPeerCertificate().subject.CN?.toString() ?? '')
    socket.on('error', () => {}) // The client hangs up when it has heard enough.
    socket.end('* BYE that is all\r\n')
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  closing.push(() => server.close())
  const { port } = server.address() as AddressInfo
  const { engine, secrets } = await engineWith()
  const settings = accountSettings({
    protocol: 'imap',
    user: 'a',
    host: 'localhost',
    port,
    security: 'tls',
    ca: fixture('ca.pem').toString(),
  })
  const account = await add(engine, settings)
  expect((await receive(engine))?.error?.code).toBe('client-certificate-refused')
  const clientCertificate = { base64: fixture('client.p12').toString('base64'), passphrase: 'practice' }
  const { id, isDefault: _isDefault, ...known } = account
  const change = { id, settings: known, password: null, outgoingPassword: null }
  const changed = await engine.handlers['accounts.update']({ ...change, route: { clientCertificate } }, never)
  expect(changed.trust.clientCertificate).toMatchObject({ subject: 'Anna Example' })
  await receive(engine)
  expect(received).toEqual(['Anna Example'])
  expect(await secrets.get(`account-${id}-certificate`)).toContain('practice')
  expect(JSON.stringify(engine.parts.store.accounts.list())).not.toContain(clientCertificate.base64.slice(0, 40))
  const without = await engine.handlers['accounts.update']({ ...change, route: { clientCertificate: null } }, never)
  expect(without.trust.clientCertificate).toBeUndefined()
  expect(await secrets.get(`account-${id}-certificate`)).toBeUndefined()
})

test('on a metered network only checks that nobody asked for are left out', async () => {
  const server = await imap()
  const { engine } = await engineWith({ isMetered: async () => true })
  const plain = accountSettings({ protocol: 'imap', user: 'a', port: server.port })
  await add(engine, { ...plain, connection: { ...defaultConnection, notOnMetered: true } })
  const background = await receive(engine, false)
  expect(background).toMatchObject({ state: 'completed', notes: [expect.stringContaining('the network is metered')] })
  expect(server.commands).toEqual([])
  expect(await receive(engine)).toMatchObject({ state: 'completed', notes: [] })
  expect(server.commands.length).toBeGreaterThan(0)
})
