import { expect, test } from 'vitest'
import { connect } from '../../../shared/contract/connect.ts'
import type { EngineCalls, EngineEvents } from '../../../shared/contract/engine-contract.ts'
import { memorySecrets } from '../secrets/memory-secrets.ts'
import { startStub } from '../testing/stub-thread.ts'
import { portWire } from '../wires.ts'
import type { Crash, EngineThread } from './start-engine.ts'

const clientOf = (thread: EngineThread) => connect<EngineCalls, EngineEvents>(portWire(thread.connect()))
const crash = async (thread: EngineThread) => {
  const client = clientOf(thread)
  const gone = new Promise<void>((resolve) => client.onClose(resolve))
  await client.call('folders.empty', { folder: 1 as never }).catch(() => 'the thread may be gone before it has answered')
  await gone
}

test('a start that fails rejects with the code of the engine', async () => {
  await expect(startStub({ dataFolder: 'folder in-use' })).rejects.toMatchObject({
    code: 'store-in-use',
    detail: { path: 'folder in-use' },
  })
})

test('secrets stay with the host', async () => {
  const secrets = memorySecrets()
  const thread = await startStub({ secrets })
  await clientOf(thread).call('engine.info', {})
  expect(await secrets.get('seen')).toBe('by the engine')
  await thread.shutdown()
})

test('content comes as bytes, and its failure as a code', async () => {
  const thread = await startStub()
  const reply = await thread.content('/token/part/1')
  expect(new TextDecoder().decode(reply.body)).toBe('content of /token/part/1')
  expect((await thread.content('/other')).status).toBe(404)
  await expect(thread.content('/broken')).rejects.toMatchObject({ code: 'store-damaged' })
  await thread.shutdown()
})

test('a crashed thread is started again, and a connection made meanwhile is served', async () => {
  const thread = await startStub()
  const crashes: Crash[] = []
  thread.onCrash((each) => crashes.push(each))
  await crash(thread)
  await expect.poll(() => crashes.length).toBe(1)
  expect(await clientOf(thread).call('engine.info', {})).toMatchObject({ version: '1.2.3' })
  expect(crashes).toEqual([{ error: expect.objectContaining({ message: 'planted crash' }), willRestart: true }])
  await thread.shutdown()
})

test('a thread that crashes four times within a minute stays down and says so', async () => {
  const thread = await startStub()
  const crashes: boolean[] = []
  thread.onCrash(({ willRestart }) => crashes.push(willRestart))
  while (crashes.length < 4) await crash(thread)
  expect(crashes).toEqual([true, true, true, false])
  await expect(thread.content('/token/1')).rejects.toMatchObject({ code: 'engine-gone' })
  await expect(clientOf(thread).call('engine.info', {})).rejects.toMatchObject({ code: 'engine-gone' })
})

test('after shutdown nothing is served any more', async () => {
  const thread = await startStub()
  await thread.shutdown()
  await thread.shutdown()
  await expect(thread.content('/token/1')).rejects.toMatchObject({ code: 'engine-gone' })
})
