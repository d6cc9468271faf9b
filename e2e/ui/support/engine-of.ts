import { WebSocket } from 'ws'
import { socketWire } from '../../../electron/hosts/wires.ts'
import { connect } from '../../../shared/contract/connect.ts'
import type { EngineCalls, EngineClient, EngineEvents } from '../../../shared/contract/engine-contract.ts'
import type { TestHost } from './host.ts'

/** One more client of a host's engine, beside its windows: to set things up that a test is not about. */
export async function engineOf(host: TestHost): Promise<EngineClient> {
  const login = await fetch(host.url, { redirect: 'manual' })
  const cookie = login.headers.get('set-cookie')?.split(';')[0] ?? ''
  const socket = new WebSocket(`${host.origin.replace('http', 'ws')}/engine`, { headers: { cookie, origin: host.origin } })
  await new Promise((resolve, reject) => socket.once('open', resolve).once('error', reject))
  return connect<EngineCalls, EngineEvents>(socketWire(socket))
}

/** A Send and Receive of all accounts, to its end. */
export async function sendAndReceive(engine: EngineClient): Promise<void> {
  const finished = Promise.withResolvers<void>()
  const stop = engine.on('runProgress', (run) => run.isFinished && finished.resolve())
  await engine.call('runs.start', { accounts: null, receive: true, send: true })
  await finished.promise.finally(stop)
}
