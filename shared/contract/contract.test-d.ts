// Compiled, never run: wrong names, inputs and handlers must not pass the type check.
import type { MessageId } from '../domain/ids.ts'
import type { EngineClient, EngineHandlers } from './engine-contract.ts'
import type { HostClient } from './host-contract.ts'

export async function wrongCalls(engine: EngineClient, host: HostClient, id: MessageId): Promise<void> {
  await engine.call('messages.open', { id })
  // @ts-expect-error there is no such call
  await engine.call('messages.close', { id })
  // @ts-expect-error a number is not the id of a message
  await engine.call('messages.open', { id: 7 })
  // @ts-expect-error the id of one kind is not the id of another
  await engine.call('accounts.remove', { id })
  // @ts-expect-error the input is missing
  await engine.call('engine.info')
  // @ts-expect-error the host answers other questions than the engine
  await host.call('engine.info', {})
  // @ts-expect-error the answer is no string
  const wrong: string = await engine.call('engine.info', {})
  // @ts-expect-error there is no such event
  engine.on('changed', () => {})
  // @ts-expect-error the payload has no such fact
  engine.on('logonClosed', ({ account }) => account)
  return void wrong
}

// @ts-expect-error one handler alone is not an engine
export const tooFew: EngineHandlers = { 'settings.get': () => ({}) as never }
