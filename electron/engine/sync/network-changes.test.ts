import { expect, test } from 'vitest'
import { NetworkChanges } from './network-changes.ts'

function changes() {
  let now = 0
  let network = '192.0.2.1'
  let told = 0
  const watched = new NetworkChanges({ clock: { now: () => now }, network: () => network })
  watched.onChange(() => told++)
  watched.begin()
  watched.stop()
  return {
    look(passedMs: number, address = network) {
      now += passedMs
      network = address
      watched.look()
      return told
    },
  }
}

test('nothing is told while nothing happens', () => {
  const { look } = changes()
  expect([look(5000), look(5000), look(9000)]).toEqual([0, 0, 0])
})

test('a look that comes far too late means that the computer slept, and is told once', () => {
  const { look } = changes()
  expect([look(3_600_000), look(5000)]).toEqual([1, 1])
})

test('another address, none, and one again are each told', () => {
  const { look } = changes()
  expect([look(5000, '198.51.100.7'), look(5000, ''), look(5000, '198.51.100.7')]).toEqual([1, 2, 3])
})

test('a clock that is set back is no sleep', () => {
  const { look } = changes()
  expect(look(-3_600_000)).toBe(0)
})
