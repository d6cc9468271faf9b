import { expect, test } from 'vitest'
import { connect } from '../../shared/contract/connect.ts'
import { type EngineCalls, type EngineEvents, engineCalls, engineEvents } from '../../shared/contract/engine-contract.ts'
import { wirePair } from '../../shared/contract/wire.ts'
import { steadyClient } from './steady-client.ts'

interface Call {
  readonly id: number
  readonly name: string
}

/** A far side that the test answers by hand. */
function farSide() {
  const [near, far] = wirePair()
  const calls: Call[] = []
  const waiters: ((call: Call) => void)[] = []
  far.onMessage((frame) => {
    const call = frame as Call
    calls.push(call)
    waiters.shift()?.(call)
  })
  const nextCall = () => new Promise<Call>((resolve) => waiters.push(resolve))
  return { client: connect<EngineCalls, EngineEvents>(near), far, calls, nextCall }
}

const steady = () => steadyClient<EngineCalls, EngineEvents>(engineCalls, engineEvents)

test('a call made before there is a connection waits for it', async () => {
  const client = steady()
  const answer = client.call('outbox.list', {})
  const side = farSide()
  const called = side.nextCall()
  client.use(side.client)
  side.far.send({ t: 'reply', id: (await called).id, value: [] })
  expect(await answer).toEqual([])
})

test('a query that was cut off is asked again of the next engine', async () => {
  const client = steady()
  const first = farSide()
  client.use(first.client)
  const called = first.nextCall()
  const answer = client.call('outbox.list', {})
  await called
  client.use(null)
  first.far.close()
  const second = farSide()
  const again = second.nextCall()
  client.use(second.client)
  second.far.send({ t: 'reply', id: (await again).id, value: [] })
  expect(await answer).toEqual([])
})

test('an action that was cut off fails, because it may have been done', async () => {
  const client = steady()
  const side = farSide()
  client.use(side.client)
  const called = side.nextCall()
  const answer = client.call('runs.stop', { run: 1 as never })
  await called
  client.use(null)
  side.far.close()
  await expect(answer).rejects.toMatchObject({ code: 'engine-gone' })
})

test('listeners hear the new engine, and the old one no more', async () => {
  const client = steady()
  const heard: number[] = []
  client.on('logonClosed', ({ request }) => heard.push(request))
  const first = farSide()
  const second = farSide()
  client.use(first.client)
  client.use(second.client)
  first.far.send({ t: 'event', name: 'logonClosed', payload: { request: 1 } })
  second.far.send({ t: 'event', name: 'logonClosed', payload: { request: 2 } })
  await expect.poll(() => heard).toEqual([2])
})
