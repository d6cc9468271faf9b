import { defaultSettings } from '../../../shared/domain/settings.ts'
import type { EngineEvents } from '../../../shared/contract/engine-contract.ts'
import { engineCalls, type EngineHandlers } from '../../../shared/contract/engine-contract.ts'
import { MailError } from '../../../shared/errors/mail-error.ts'
import type { EnginePorts } from '../../engine/ports.ts'
import type { ServedEngine } from '../serve-engine.ts'

/** What the stub saw; only readable where it runs in the test's own thread. */
export interface StubEngine extends ServedEngine {
  readonly aborted: string[]
  readonly isClosed: () => boolean
}

/**
 * An engine that answers what the tests of the hosts ask for, and nothing else: one call that works, one that fails
 * with a code, one that waits for its cancellation, one that fires an event, one that crashes the thread.
 */
export async function stubEngine(ports: EnginePorts): Promise<StubEngine> {
  if (ports.dataFolder.endsWith('in-use')) throw new MailError('store-in-use', 'Another program has the store.', { path: ports.dataFolder })
  const listeners = new Map<string, Set<(payload: never) => void>>()
  const aborted: string[] = []
  let isClosed = false
  const emit = (name: keyof EngineEvents, payload: unknown) => {
    for (const listener of listeners.get(name) ?? []) listener(payload as never)
  }
  const known: Partial<EngineHandlers> = {
    'engine.info': async () => {
      await ports.secrets.set('seen', 'by the engine')
      const sqlite = (await ports.secrets.get('seen')) ?? ''
      return { storeId: ports.dataFolder, seq: aborted.length, version: ports.version, node: process.versions.node, sqlite }
    },
    'messages.open': () => {
      throw new MailError('body-not-here', 'The body is on the server.', { account: 'Work', port: 995 })
    },
    'runs.start': (_input, signal) =>
      new Promise((_resolve, reject) => {
        signal.addEventListener('abort', () => {
          aborted.push('runs.start')
          reject(signal.reason as Error)
        })
      }),
    'settings.set': (change) => {
      emit('logonClosed', { request: 7 })
      return { ...defaultSettings, ...change }
    },
    'folders.empty': () => {
      setImmediate(() => {
        throw new Error('planted crash')
      })
      return null
    },
  }
  const missing = Object.fromEntries(
    Object.keys(engineCalls).map((name) => [
      name,
      () => {
        throw new MailError('unsupported', `The stub has no ${name}.`)
      },
    ]),
  ) as unknown as EngineHandlers

  return {
    handlers: { ...missing, ...known },
    aborted,
    isClosed: () => isClosed,
    on(name, listener) {
      const set = listeners.get(name) ?? new Set()
      listeners.set(name, set)
      set.add(listener)
      return () => void set.delete(listener)
    },
    async content(path) {
      if (path === '/broken') throw new MailError('store-damaged', 'planted')
      const isKnown = path.startsWith('/token/')
      return { status: isKnown ? 200 : 404, headers: { 'content-type': 'text/html' }, body: new TextEncoder().encode(`content of ${path}`) }
    },
    async close() {
      isClosed = true
    },
  }
}
