import { expect, test, vi } from 'vitest'

const fake = vi.hoisted(() => ({
  exposed: {} as Record<string, unknown>,
  listeners: {} as Record<string, (event: unknown) => void>,
  sent: [] as string[],
}))
vi.mock('electron', () => ({
  contextBridge: { exposeInMainWorld: (name: string, value: unknown) => (fake.exposed[name] = value) },
  ipcRenderer: {
    on: (channel: string, listener: (event: unknown) => void) => (fake.listeners[channel] = listener),
    send: (channel: string) => fake.sent.push(channel),
  },
}))

test('the preload exposes one small object, and hands the ports to its own origin only', async () => {
  const posted: unknown[][] = []
  vi.stubGlobal('window', { postMessage: (...message: unknown[]) => posted.push(message), location: { origin: 'app://mail' } })
  await import('./preload.ts')
  expect(Object.keys(fake.exposed)).toEqual(['desktop'])
  const desktop = fake.exposed.desktop as { kind: string; connect(): void }
  expect(Object.keys(desktop).sort()).toEqual(['connect', 'kind'])
  desktop.connect()
  expect(fake.sent).toEqual(['postrider:connect'])
  fake.listeners['postrider:ports']?.({ ports: ['engine', 'host'] })
  expect(posted).toEqual([['postrider:ports', 'app://mail', ['engine', 'host']]])
})
