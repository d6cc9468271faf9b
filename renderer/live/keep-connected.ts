import { connectEngine } from '../bridge/connect.ts'
import { type SteadyClient, steadyClient } from '../bridge/steady-client.ts'
import { type EngineCalls, type EngineEvents, engineCalls, engineEvents } from '../../shared/contract/engine-contract.ts'
import { type HostCalls, type HostEvents, hostCalls, hostEvents } from '../../shared/contract/host-contract.ts'
import { liveDataOf } from './live-data.ts'
import { type Observable, observable } from './observable.ts'

const firstDelay = 250
const longestDelay = 5000

interface SteadyConnection {
  readonly engine: SteadyClient<EngineCalls, EngineEvents>
  readonly host: SteadyClient<HostCalls, HostEvents>
  readonly isConnected: Observable<boolean>
}

/** Connects, and connects again whenever the other side is gone, with longer and longer pauses. Calls wait meanwhile. */
export function keepConnected(connect: typeof connectEngine = connectEngine): SteadyConnection {
  const engine = steadyClient(engineCalls, engineEvents)
  const host = steadyClient(hostCalls, hostEvents)
  const isConnected = observable(false)
  let wasConnected = false

  async function run(delay: number): Promise<void> {
    try {
      const connection = await connect()
      const gone = new Promise<void>((resolve) => {
        connection.engine.onClose(resolve)
        connection.host.onClose(resolve)
      })
      engine.use(connection.engine)
      host.use(connection.host)
      // A host takes connections while its engine is being started again: only an answer tells that it is there.
      connection.engine.call('engine.info', {}).then(
        () => {
          isConnected.set(true)
          if (wasConnected) liveDataOf(engine).refresh()
          wasConnected = true
        },
        () => undefined, // It went before it answered, which is noticed below.
      )
      await gone
      connection.engine.close()
      connection.host.close()
      engine.use(null)
      host.use(null)
      isConnected.set(false)
      setTimeout(() => void run(firstDelay), firstDelay)
    } catch {
      // Not there yet: the banner says so, and the next try follows.
      setTimeout(() => void run(Math.min(longestDelay, delay * 2)), delay)
    }
  }
  void run(firstDelay)
  return { engine, host, isConnected }
}
