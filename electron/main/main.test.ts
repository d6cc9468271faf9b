/** main.ts against a fake electron module: what can be proven without the binary. */
import { readFileSync } from 'node:fs'
import { MessageChannel } from 'node:worker_threads'
import { beforeAll, expect, test, vi } from 'vitest'
import { connect } from '../../shared/contract/connect.ts'
import type { EngineCalls, EngineEvents } from '../../shared/contract/engine-contract.ts'
import type { HostCalls, HostEvents } from '../../shared/contract/host-contract.ts'
import type { MessagePortMain } from 'electron'
import { silentLogger } from '../engine/log.ts'
import { systemClock } from '../engine/ports.ts'
import { memorySecrets } from '../hosts/secrets/memory-secrets.ts'
import { serveEngine } from '../hosts/serve-engine.ts'
import { stubEngine } from '../hosts/testing/stub-engine.ts'
import { portWire } from '../hosts/wires.ts'
import { mainPortWire } from './relay.ts'
import { fakeElectron, FakeWindow, seen } from './testing/fake-electron.ts'

vi.mock('electron', async () => (await import('./testing/fake-electron.ts')).fakeElectron)
vi.mock('../hosts/worker/start-engine.ts', () => ({
  startEngine: async () => {
    const ports = { dataFolder: 'data', clock: systemClock, secrets: memorySecrets(), log: silentLogger, version: '1.2.3' }
    const engine = await stubEngine(ports)
    return {
      connect: () => {
        const { port1, port2 } = new MessageChannel()
        serveEngine(engine, portWire(port2), silentLogger)
        return port1
      },
      content: (path: string) => engine.content(path),
      shutdown: () => engine.close(),
      onCrash: () => () => {},
    }
  },
}))
vi.mock('../hosts/page-files.ts', () => ({
  loadPage: async () => (path: string) =>
    path === '/index.html' ? { body: new TextEncoder().encode('<!doctype html>'), type: 'text/html', isImmutable: false } : undefined,
}))
vi.mock('node:fs', async (original) => ({ ...(await original<typeof import('node:fs')>()), mkdirSync: () => undefined }))

const theWindow = () => {
  const [window] = FakeWindow.all
  if (!window) throw new Error('no window was opened')
  return window
}
const fetchApp = (url: string, method = 'GET') => {
  const handler = seen.handlers.get('app')
  if (!handler) throw new Error('app:// is not served')
  return handler(new Request(url, { method }))
}

beforeAll(async () => {
  await import('./main.ts')
  await vi.waitFor(() => expect(FakeWindow.all).toHaveLength(1))
})

test('main has no await at top level, for which Electron would wait for ever, and stays short', () => {
  const source = readFileSync(new URL('./main.ts', import.meta.url), 'utf8').split('\n')
  expect(source.filter((line) => /^(?:\S.*\s)?await\s/.test(line))).toEqual([])
  expect(source.length).toBeLessThan(150)
})

test('the window is hardened and shows the page', () => {
  const { options, urls } = theWindow()
  expect(urls).toEqual(['app://mail/index.html'])
  expect(options.webPreferences).toMatchObject({
    sandbox: true,
    contextIsolation: true,
    nodeIntegration: false,
    webSecurity: true,
    webviewTag: false,
  })
  for (const risk of ['allowRunningInsecureContent', 'experimentalFeatures', 'enableBlinkFeatures', 'nodeIntegrationInWorker'])
    expect(options.webPreferences).not.toHaveProperty(risk)
  expect(options.show).toBe(false)
})

test('a window of our own origin may be opened, as hardened as the first; its children keep the rules too', () => {
  const { webContents } = theWindow()
  const answer = webContents.openHandler({ url: 'app://mail/index.html?window=compose' })
  expect(answer).toMatchObject({
    action: 'allow',
    overrideBrowserWindowOptions: { webPreferences: { sandbox: true, contextIsolation: true } },
  })
  const child = new FakeWindow({ webPreferences: {} })
  webContents.emit('did-create-window', child)
  expect(child.webContents.openHandler({ url: 'https://example.org/' })).toEqual({ action: 'deny' })
  FakeWindow.all.splice(FakeWindow.all.indexOf(child), 1)
})

test('everything else opens no window; web and mail links go outside once the user has seen them', async () => {
  const { webContents } = theWindow()
  seen.questions.length = 0
  for (const url of [
    'file:///etc/passwd',
    'javascript:alert(1)',
    'app://content/token/x',
    'app://mail.evil/',
    'data:text/html,x',
    'smb://host/x',
  ])
    expect(webContents.openHandler({ url }), url).toEqual({ action: 'deny' })
  expect(seen.questions).toEqual([])
  seen.answer = 1
  webContents.openHandler({ url: 'https://ex\u0430mple.org/path?q=1' })
  await vi.waitFor(() => expect(seen.questions).toHaveLength(1))
  expect(seen.questions[0]?.detail).toBe('https://xn--exmple-4nf.org/path?q=1')
  expect(seen.opened).toEqual([])
  seen.answer = 0
  webContents.openHandler({ url: 'mailto:anna@example.org' })
  await vi.waitFor(() => expect(seen.opened).toEqual(['mailto:anna@example.org']))
})

test('the window goes nowhere; only its frames may show message content', () => {
  const { webContents } = theWindow()
  const isStopped = (name: string, facts: object) => {
    let stopped = false
    webContents.emit(name, { ...facts, preventDefault: () => (stopped = true) })
    return stopped
  }
  expect(isStopped('will-navigate', { url: 'https://example.org/' })).toBe(true)
  expect(isStopped('will-redirect', { url: 'https://example.org/' })).toBe(true)
  expect(isStopped('will-attach-webview', {})).toBe(true)
  expect(isStopped('will-frame-navigate', { isMainFrame: true, url: 'app://content/token/body' })).toBe(true)
  expect(isStopped('will-frame-navigate', { isMainFrame: false, url: 'https://example.org/' })).toBe(true)
  expect(isStopped('will-frame-navigate', { isMainFrame: false, url: 'app://content/token/body' })).toBe(false)
})

test('permissions are refused, but for copying text', () => {
  const asked = (permission: string) => {
    let granted: boolean | undefined
    seen.permission?.(null, permission, (answer) => (granted = answer))
    return [granted, seen.permissionCheck?.(null, permission)]
  }
  for (const permission of ['media', 'geolocation', 'notifications', 'clipboard-read', 'openExternal', 'fullscreen'])
    expect(asked(permission), permission).toEqual([false, false])
  expect(asked('clipboard-sanitized-write')).toEqual([true, true])
})

test('app://mail serves the built page under its policy, and nothing else', async () => {
  const page = await fetchApp('app://mail/index.html')
  expect(page.status).toBe(200)
  expect(page.headers.get('content-security-policy')).toContain('frame-src app://content')
  for (const url of ['app://other/index.html', 'app://mail/..%2f..%2fpackage.json', 'app://mail/%00', 'app://mail/missing.js']) {
    const reply = await fetchApp(url)
    expect(reply.status, url).toBe(404)
    expect(reply.headers.get('content-security-policy'), url).toContain("script-src 'self'")
  }
  expect((await fetchApp('app://mail/index.html', 'POST')).status).toBe(405)
})

test('app://content serves what the engine gave out, sandboxed', async () => {
  const reply = await fetchApp('app://content/token/part/1')
  expect(await reply.text()).toBe('content of /token/part/1')
  expect(reply.headers.get('content-security-policy')).toBe("default-src 'none'; sandbox")
  expect(reply.headers.get('cross-origin-resource-policy')).toBe('cross-origin')
  expect((await fetchApp('app://content/other')).status).toBe(404)
  expect((await fetchApp('app://content/broken')).status).toBe(500)
})

test('the scheme is declared with storage and fetch, before anything is ready', () => {
  expect(seen.schemes).toEqual([{ scheme: 'app', privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true } }])
})

/** Asks for ports as the preload does, from a frame with this address; what main sends to the frame. */
function ask(url: string | null, parent: unknown = null): unknown[][] {
  const sent: unknown[][] = []
  const senderFrame = url === null ? null : { url, parent, postMessage: (...message: unknown[]) => sent.push(message) }
  fakeElectron.ipcMain.emit('postrider:connect', { senderFrame, sender: theWindow().webContents })
  return sent
}

test('ports go only to the top frame of our own page', () => {
  expect(ask('https://evil.example/')).toEqual([])
  expect(ask('app://content/token/body')).toEqual([])
  expect(ask('app://mail.evil/index.html')).toEqual([])
  expect(ask('app://mail/index.html', {})).toEqual([])
  expect(ask(null)).toEqual([])
  expect(ask('app://mail/index.html')).toEqual([['postrider:ports', null, [expect.anything(), expect.anything()]]])
})

test('over its two ports the page reaches the engine and the host', async () => {
  const [[, , ports] = []] = ask('app://mail/index.html')
  const [enginePort, hostPort] = ports as readonly MessagePortMain[]
  if (!enginePort || !hostPort) throw new Error('two ports were expected')
  const engine = connect<EngineCalls, EngineEvents>(mainPortWire(enginePort))
  expect(await engine.call('engine.info', {})).toMatchObject({ version: '1.2.3' })
  await expect(engine.call('messages.open', { id: 1 as never })).rejects.toMatchObject({ code: 'body-not-here' })
  const host = connect<HostCalls, HostEvents>(mainPortWire(hostPort))
  expect(await host.call('host.info', {})).toMatchObject({
    kind: 'electron',
    contentBase: 'app://content',
    language: 'de',
    practice: false,
  })
  await expect(host.call('host.openLink', { url: 'file:///etc/passwd' })).rejects.toMatchObject({ code: 'bad-input' })
  await host.call('host.openSignInPage', { url: 'https://login.example.org/authorize?state=1' })
  expect(seen.opened.at(-1)).toBe('https://login.example.org/authorize?state=1')
  for (const url of ['http://login.example.org/', 'mailto:a@b.c', 'file:///etc/passwd'])
    await expect(host.call('host.openSignInPage', { url })).rejects.toMatchObject({ code: 'bad-input' })
  const { folder } = await host.call('host.showLogs', {})
  expect(folder).toMatch(/Postrider[/\\]logs$/)
  expect(seen.opened).toContain(folder)
  await host.call('host.setBadge', { unread: 3 })
  expect(seen.badge).toBe(3)
  const mailto = new Promise((resolve) => host.on('mailto', resolve))
  fakeElectron.app.emit('second-instance', {}, ['postrider', 'mailto:anna@example.org?subject=Hi'])
  expect(await mailto).toEqual({ url: 'mailto:anna@example.org?subject=Hi' })
  expect(await host.call('host.takePreset', {})).toBeNull()
  const given = new Promise((resolve) => host.on('presetGiven', resolve))
  fakeElectron.app.emit('second-instance', {}, ['postrider', '--preset', '--some-switch'], '/', { preset: import.meta.filename })
  await given
  expect(await host.call('host.takePreset', {})).toEqual({ name: 'main.test.ts', base64: expect.stringMatching(/^[\w+/=]+$/) })
  expect(await host.call('host.takePreset', {})).toBeNull()
  engine.close()
  host.close()
})

test('the profile of the shell lies beside the mail', () => {
  expect(seen.paths.get('userData')).toMatch(/Postrider[/\\]shell$/)
})
