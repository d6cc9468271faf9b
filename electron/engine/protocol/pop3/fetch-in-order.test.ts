import { expect, test } from 'vitest'
import type { BodySink } from '../line/line-connection.ts'
import { fetchInOrder, inMemory } from './fetch-in-order.ts'

const isAboutOneMessage = (error: unknown) => error instanceof Error && error.message === 'gone'
const numbers = (count: number) => Array.from({ length: count }, (_, index) => index + 1)

/** Answers like a server: one after the other, and only when the sink has room. */
function server(bodyOf: (number: number) => Buffer): { fetch: (number: number, sink: BodySink) => Promise<void>; begun: () => number } {
  let tail: Promise<void> = Promise.resolve()
  let begun = 0
  const fetch = (number: number, sink: BodySink) => {
    const done = tail.then(async () => {
      begun++
      await sink(bodyOf(number))
    })
    tail = done.catch(() => {})
    return done
  }
  return { fetch, begun: () => begun }
}

test('a single body larger than the room passes', async () => {
  const { fetch } = server(() => Buffer.alloc(20_000_000))
  const sizes: number[] = []
  await fetchInOrder({
    numbers: numbers(3),
    window: 3,
    fetch,
    handle: (_, raw) => void sizes.push(raw.length),
    isAboutOneMessage,
    bytesOf: () => 0,
    receive: inMemory,
  })
  expect(sizes).toEqual([20_000_000, 20_000_000, 20_000_000])
})

test('no more is begun than there is room for, and all comes through once there is', async () => {
  const { fetch, begun } = server(() => Buffer.alloc(3_000_000))
  const first = Promise.withResolvers<void>()
  const taken: number[] = []
  const done = fetchInOrder({
    numbers: numbers(20),
    window: 10,
    fetch,
    handle: async (number) => {
      taken.push(number)
      await first.promise
    },
    isAboutOneMessage,
    bytesOf: () => 0,
    receive: inMemory,
  })
  for (let turn = 0; turn < 100; turn++) await new Promise((resolve) => setImmediate(resolve))
  expect(begun()).toBe(3)
  first.resolve()
  await done
  expect(taken).toEqual(numbers(20))
})

test('after a failure nothing more is asked for, and the failure is what comes out', async () => {
  const asked: number[] = []
  const fetch = (number: number) => {
    asked.push(number)
    return number < 4 ? Promise.reject(new Error(number < 3 ? 'gone' : 'broken')) : Promise.resolve()
  }
  const done = fetchInOrder({
    numbers: numbers(100),
    window: 1,
    fetch,
    handle: () => {},
    isAboutOneMessage,
    bytesOf: () => 0,
    receive: inMemory,
  })
  await expect(done).rejects.toThrow('broken')
  expect(asked).toEqual([1, 2, 3])
})

test('nothing to fetch is no work', async () => {
  const fetch = () => Promise.reject(new Error('broken'))
  await expect(
    fetchInOrder({ numbers: [], window: 128, fetch, handle: () => {}, isAboutOneMessage, bytesOf: () => 0, receive: inMemory }),
  ).resolves.toBeUndefined()
})

test('fewer are on their way when they are large, one always is', async () => {
  const open: (() => void)[] = []
  const fetch = () => new Promise<void>((resolve) => open.push(resolve))
  const bytesOf = (number: number) => (number === 4 ? 50_000_000 : 1_500_000)
  const done = fetchInOrder({ numbers: numbers(6), window: 128, fetch, handle: () => {}, isAboutOneMessage, bytesOf, receive: inMemory })
  const underWay: number[] = []
  while (open.length > 0) {
    underWay.push(open.length)
    open.shift()?.()
    for (let turn = 0; turn < 20; turn++) await Promise.resolve()
  }
  await done
  expect(underWay).toEqual([2, 2, 1, 1, 2, 1])
})
