import { connect } from '../../shared/contract/connect.ts'
import type { EngineCalls, EngineEvents } from '../../shared/contract/engine-contract.ts'
import { portWire } from './wires.ts'
import type { EngineThread } from './worker/start-engine.ts'

/** What --practice asks of an engine: its practice servers, an account for each of them, and the mail that waits there. */
export async function startPractice(engine: Pick<EngineThread, 'connect'>): Promise<void> {
  const client = connect<EngineCalls, EngineEvents>(portWire(engine.connect()))
  try {
    const { accounts } = await client.call('practice.start', {})
    await client.call('runs.start', { accounts: [...accounts], receive: true, send: true })
  } finally {
    client.close()
  }
}
