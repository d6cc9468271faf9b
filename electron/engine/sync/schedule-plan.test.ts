import { expect, test } from 'vitest'
import type { AccountId } from '../../../shared/domain/ids.ts'
import { pauseAfter } from './schedule-pause.ts'
import { type ScheduleFacts, SchedulePlan, tickMs } from './schedule-plan.ts'

const minute = 60_000
const start = Date.UTC(2026, 10, 21, 8)
const one = 1 as AccountId
const two = 2 as AccountId

/** A plan with a clock that a test moves: `run` ticks as the program would, and tells at which seconds a check began. */
function world(choice: { readonly checkAtStart?: boolean; readonly everyMinutes?: number | null } = {}) {
  let now = start
  const facts: { -readonly [K in keyof Omit<ScheduleFacts, 'now'>]: ScheduleFacts[K] } = {
    isOffline: false,
    everyMinutes: choice.everyMinutes === undefined ? 30 : choice.everyMinutes,
    isBusy: false,
    network: '192.0.2.7',
  }
  const plan = new SchedulePlan({ now, checkAtStart: choice.checkAtStart ?? true, jitter: () => 0 })
  const tick = () => plan.tick({ ...facts, now })
  return {
    plan,
    facts,
    now: () => now,
    jump: (ms: number) => void (now += ms),
    run(minutes: number): readonly number[] {
      const checks: number[] = []
      const begin = now
      while (now < begin + minutes * minute) {
        now += Math.max(1, plan.wait(now))
        if (tick()) checks.push(Math.round((now - begin) / 1000))
      }
      return checks
    },
  }
}

test('the first check comes a few seconds after the start, the next ones at the interval', () => {
  expect(world().run(61)).toEqual([5, 1805, 3605])
})

test('without "at startup" the first check waits for the interval', () => {
  expect(world({ checkAtStart: false }).run(61)).toEqual([1815, 3615])
})

test('without timed checks only the start has one', () => {
  expect(world({ everyMinutes: null }).run(600)).toEqual([5])
  expect(world({ everyMinutes: null, checkAtStart: false }).run(600)).toEqual([])
})

test('nothing is checked while offline, and one check follows soon after going online, however many were missed', () => {
  const { facts, run } = world()
  facts.isOffline = true
  expect(run(200)).toEqual([])
  facts.isOffline = false
  expect(run(29)).toEqual([15])
})

test('a check waits for the end of a run that is under way', () => {
  const { facts, run } = world()
  run(1)
  facts.isBusy = true
  expect(run(40)).toEqual([])
  facts.isBusy = false
  expect(run(29)).toEqual([15])
})

test('after a night of sleep there is one check, once the network had time to come back', () => {
  const { run, jump } = world()
  run(10)
  jump(9 * 60 * minute)
  expect(run(20)).toEqual([expect.toSatisfy((at: number) => at >= 8 && at <= 8 + tickMs / 1000)])
})

test('a clock that is set back a day does not put the next check off by a day', () => {
  const { run, jump } = world()
  run(20)
  jump(-24 * 60 * minute)
  expect(run(20)).toHaveLength(1)
})

test('a changed interval counts from now', () => {
  const { run, facts } = world()
  run(20)
  facts.everyMinutes = 5
  expect(run(11)).toEqual([expect.closeTo(315, -2), expect.closeTo(615, -2)])
  facts.everyMinutes = null
  expect(run(60)).toEqual([])
})

test('when the network comes back a check follows within seconds', () => {
  const { run, facts } = world()
  run(1)
  facts.network = ''
  run(2)
  facts.network = '198.51.100.4'
  expect(run(1)).toEqual([expect.toSatisfy((at: number) => at <= 30)])
})

test('another network without trouble before is no reason for a check', () => {
  const { run, facts } = world()
  run(1)
  facts.network = '198.51.100.4'
  expect(run(5)).toEqual([])
})

test('a check that met no network is tried again after 1, 2, 5 and then every 10 minutes, until one gets through', () => {
  const { plan, run, now } = world({ everyMinutes: 60 })
  run(1)
  const waits = [1, 2, 5, 10, 10].map((minutes) => {
    plan.ended([{ account: one, code: 'host-not-found' }], now())
    return run(minutes + 0.5).length
  })
  expect(waits).toEqual([1, 1, 1, 1, 1])
  plan.ended([{ account: one, code: null }], now())
  expect(run(20)).toEqual([])
})

test('an account with a refused password rests for an hour, then longer, and the others go on', () => {
  const { plan, now, jump } = world()
  plan.ended(
    [
      { account: one, code: 'sign-in-refused' },
      { account: two, code: null },
    ],
    now(),
  )
  jump(59 * minute)
  expect(plan.choose([one, two], now())).toEqual({ send: [two], receive: [two] })
  jump(2 * minute)
  expect(plan.choose([one, two], now()).receive).toEqual([one, two])
  plan.ended([{ account: one, code: 'sign-in-refused' }], now())
  jump(3 * 60 * minute)
  expect(plan.choose([one], now()).receive).toEqual([])
})

test('a success of the user, or changed settings, end the rest', () => {
  const { plan, now, jump } = world()
  plan.ended([{ account: one, code: 'sign-in-refused' }], now())
  plan.forget(one)
  expect(plan.choose([one], now()).receive).toEqual([one])
  plan.ended([{ account: one, code: 'server-busy' }], now())
  plan.ended([{ account: one, code: null }], now())
  jump(16 * minute)
  expect(plan.choose([one], now()).receive).toEqual([one])
})

test('what the user has just received by hand is not received again by the check at startup', () => {
  const { plan, now, jump } = world()
  plan.ended([{ account: one, code: null }], now())
  jump(5000)
  expect(plan.choose([one, two], now())).toEqual({ send: [one, two], receive: [two] })
})

test('a server that wants fewer visits is left alone for longer each time, up to an hour', () => {
  expect([1, 2, 3, 4, 9].map((failures) => pauseAfter('server-busy', failures) / minute)).toEqual([10, 20, 40, 60, 60])
  expect([1, 2, 3, 4, 12].map((failures) => pauseAfter('server-misbehaved', failures) / minute)).toEqual([0, 0, 2, 4, 60])
  expect(pauseAfter('offline', 5)).toBe(0)
})
