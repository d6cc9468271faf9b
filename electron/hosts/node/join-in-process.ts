import { connect } from '../../../shared/contract/connect.ts'
import type { EngineCalls, EngineClient, EngineEvents } from '../../../shared/contract/engine-contract.ts'
import { wirePair } from '../../../shared/contract/wire.ts'
import type { EnginePorts } from '../../engine/ports.ts'
import { serveEngine, type ServedEngine } from '../serve-engine.ts'

export interface InProcess<E extends ServedEngine> {
  readonly client: EngineClient
  readonly engine: E
  close(): Promise<void>
}

/** A client of an engine that already runs in this thread. */
export function joinInProcess<E extends ServedEngine>(engine: E, ports: Pick<EnginePorts, 'log'>): InProcess<E> {
  const [near, far] = wirePair()
  serveEngine(engine, far, ports.log)
  const client = connect<EngineCalls, EngineEvents>(near)
  return {
    client,
    engine,
    close: () => {
      client.close()
      return engine.close()
    },
  }
}
