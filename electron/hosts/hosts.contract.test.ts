import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { WebSocket } from 'ws'
import { connect } from '../../shared/contract/connect.ts'
import type { EngineCalls, EngineClient, EngineEvents } from '../../shared/contract/engine-contract.ts'
import { MailError } from '../../shared/errors/mail-error.ts'
import { silentLogger } from '../engine/log.ts'
import { systemClock } from '../engine/ports.ts'
import { startLoopback } from './loopback/server.ts'
import { joinInProcess } from './node/join-in-process.ts'
import { loadPage } from './page-files.ts'
import { memorySecrets } from './secrets/memory-secrets.ts'
import { stubEngine } from './testing/stub-engine.ts'
import { startStub } from './testing/stub-thread.ts'
import { portWire, socketWire } from './wires.ts'

/** A way to reach the same engine. Every client is a connection of its own. */
interface Reached {
  readonly client: () => Promise<EngineClient>
  readonly stop: () => Promise<void>
}

const ways: Readonly<Record<string, () => Promise<Reached>>> = {
  'in process': async () => {
    const ports = { dataFolder: 'stub data', clock: systemClock, secrets: memorySecrets(), log: silentLogger, version: '1.2.3' }
    const engine = await stubEngine(ports)
    return { client: async () => joinInProcess(engine, ports).client, stop: () => engine.close() }
  },
  'in a thread': async () => {
    const thread = await startStub()
    return { client: async () => connect<EngineCalls, EngineEvents>(portWire(thread.connect())), stop: () => thread.shutdown() }
  },
  'over a WebSocket': async () => {
    const thread = await startStub()
    const folder = mkdtempSync(join(tmpdir(), 'postrider-page-'))
    writeFileSync(join(folder, 'index.html'), '<!doctype html>')
    const host = await startLoopback({ engine: thread, page: await loadPage(folder), serveHost: () => {}, port: 0, log: silentLogger })
    const login = await fetch(host.url, { redirect: 'manual' })
    const cookie = login.headers.get('set-cookie')?.split(';')[0] ?? ''
    return {
      client: async () => {
        const socket = new WebSocket(`${host.origin.replace('http', 'ws')}/engine`, { headers: { cookie, origin: host.origin } })
        await new Promise((resolve, reject) => socket.once('open', resolve).once('error', reject))
        return connect<EngineCalls, EngineEvents>(socketWire(socket))
      },
      stop: async () => {
        await host.close()
        await thread.shutdown()
      },
    }
  },
}

describe.each(Object.entries(ways))('an engine reached %s', (_way, reach) => {
  const using = async (work: (client: EngineClient, reached: Reached) => Promise<void>) => {
    const reached = await reach()
    try {
      await work(await reached.client(), reached)
    } finally {
      await reached.stop()
    }
  }

  test('answers a call, and reaches the secrets of its host', () =>
    using(async (client) => {
      expect(await client.call('engine.info', {})).toMatchObject({ storeId: 'stub data', version: '1.2.3', sqlite: 'by the engine' })
    }))

  test('refuses input that does not fit, and calls that do not exist', () =>
    using(async (client) => {
      const bad = { id: 'one' } as unknown as { id: never }
      await expect(client.call('messages.open', bad)).rejects.toMatchObject({ code: 'bad-input' })
      await expect(client.call('toString' as 'engine.info', {})).rejects.toMatchObject({ code: 'bad-input' })
      await expect(client.call('engine.info', { extra: 1 })).rejects.toMatchObject({ code: 'bad-input' })
    }))

  test('keeps code and facts of a failure', () =>
    using(async (client) => {
      const failure = await client.call('messages.open', { id: 1 as never }).catch((error: unknown) => error)
      expect(failure).toBeInstanceOf(MailError)
      expect(failure).toMatchObject({ code: 'body-not-here', detail: { account: 'Work', port: 995 } })
    }))

  test('tells every connection what has happened', () =>
    using(async (client, reached) => {
      const other = await reached.client()
      const heard = [client, other].map((each) => new Promise((resolve) => each.on('logonClosed', resolve)))
      // The second connection is only sure to be served once it has had an answer.
      await other.call('engine.info', {})
      await client.call('settings.set', { offline: true })
      expect(await Promise.all(heard)).toEqual([{ request: 7 }, { request: 7 }])
    }))

  test('passes a cancellation on to the work', () =>
    using(async (client) => {
      const stop = new AbortController()
      const running = client.call('runs.start', { accounts: null, receive: true, send: false }, stop.signal)
      stop.abort(new MailError('cancelled', 'stopped by the test'))
      await expect(running).rejects.toMatchObject({ code: 'cancelled' })
      expect(await client.call('engine.info', {})).toMatchObject({ seq: 1 })
    }))

  test('cancels the work of a connection that closes, and fails its open calls', () =>
    using(async (client, reached) => {
      const other = await reached.client()
      const running = other.call('runs.start', { accounts: null, receive: true, send: true })
      await other.call('engine.info', {}) // answered later than the first call was received
      other.close()
      await expect(running).rejects.toMatchObject({ code: 'engine-gone' })
      await expect(other.call('engine.info', {})).rejects.toMatchObject({ code: 'engine-gone' })
      await expect.poll(async () => (await client.call('engine.info', {})).seq).toBe(1)
    }))
})
