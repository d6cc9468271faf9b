import { connect } from '../../shared/contract/connect.ts'
import type { EngineCalls, EngineEvents } from '../../shared/contract/engine-contract.ts'
import { portWire } from './wires.ts'
import type { EngineThread } from './worker/start-engine.ts'

/** What --practice asks of a fresh engine: its practice servers, and an account for each of them. */
export async function startPractice(engine: Pick<EngineThread, 'connect'>): Promise<void> {
  const client = connect<EngineCalls, EngineEvents>(portWire(engine.connect()))
  try {
    await client.call('practice.start', {})
  } finally {
    client.close()
  }
}
