import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { RunId } from '../../../shared/domain/ids.ts'
import type { RunProgress, RunTask } from '../../../shared/domain/run.ts'
import type { ErrorCode } from '../../../shared/errors/mail-error.ts'
import { EventBus } from '../event-bus.ts'
import { silentLogger } from '../log.ts'
import { accountSettings, openTestStore } from '../store/test-store.ts'
import type { RunRequest } from './runs.ts'
import { Schedule } from './schedule.ts'

beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'] }))
afterEach(() => void vi.useRealTimers())

const minutes = (count: number) => vi.advanceTimersByTimeAsync(count * 60_000)

/** A schedule over a real store, with runs that only note what they were asked for. */
function startSchedule(accounts: readonly string[]) {
  const store = openTestStore()
  const added = accounts.map((name) => store.transaction(() => store.accounts.add(accountSettings(name))))
  const events = new EventBus(silentLogger)
  store.onChange((batch) => events.emit('changes', batch))
  const started: RunRequest[] = []
  const active: RunProgress[] = []
  const runs = {
    start(request: RunRequest) {
      started.push(request)
      return { id: started.length as RunId, done: new Promise<RunProgress>(() => {}) }
    },
    current: () => active,
  }
  const schedule = new Schedule({ store, events, log: silentLogger, clock: { now: () => Date.now() }, runs, network: () => 'home' })
  const end = (name: string, code: ErrorCode | null) => {
    const account = added.find((each) => each.name === name)
    const error = code && { code, message: '', detail: {} }
    if (account)
      events.emit('runProgress', progress({ account: account.id, accountName: name, state: code ? 'failed' : 'completed', error }))
  }
  return { store, added, schedule, started, active, end }
}

function progress(task: Pick<RunTask, 'account' | 'accountName' | 'state' | 'error'>, isFinished = true): RunProgress {
  const counts = { done: 0, total: 0, bytesDone: 0, bytesTotal: 0 }
  const tasks = [{ ...task, ...counts, kind: 'receive' as const, text: '', notes: [] }]
  return { run: 99 as RunId, isForeground: false, isFinished, received: 0, sent: 0, tasks }
}

test('a check runs in the background, for accounts that take part in it; all may send', async () => {
  const { store, added, schedule, started } = startSchedule(['home', 'archive'])
  const [home, archive] = added
  if (!home || !archive) throw new Error('two accounts were added')
  store.transaction(() => store.accounts.update(archive.id, { ...archive, includeInReceive: false }))
  schedule.begin()
  await minutes(1)
  expect(started).toEqual([
    { accounts: [home.id, archive.id], receiveFrom: [home.id], receive: true, send: true, isForeground: false, bodies: 'on-demand' },
  ])
  schedule.stop()
})

test('an account that is made while the program runs waits for the interval', async () => {
  const { store, schedule, started } = startSchedule([])
  schedule.begin()
  store.transaction(() => store.accounts.add(accountSettings('new')))
  await minutes(28)
  expect(started).toEqual([])
  await minutes(4)
  expect(started).toHaveLength(1)
  schedule.stop()
})

test('a refused password rests until the user has been there; settings of the account end the rest', async () => {
  const { store, added, schedule, started, end } = startSchedule(['home', 'work'])
  const [home, work] = added
  if (!home || !work) throw new Error('two accounts were added')
  schedule.begin()
  await minutes(1)
  end('home', 'sign-in-refused')
  end('work', null)
  // The interval is 30 minutes, give or take one.
  await minutes(32)
  expect(started.at(-1)?.accounts).toEqual([work.id])
  store.transaction(() => store.accounts.update(home.id, { ...home, name: 'home again' }))
  await minutes(32)
  expect(started.at(-1)?.accounts).toEqual([home.id, work.id])
  schedule.stop()
})

test('nothing begins while the user works offline, while another run goes on, or after the end', async () => {
  const { store, schedule, started, active, added } = startSchedule(['home'])
  store.transaction(() => store.settings.set({ offline: true }))
  schedule.begin()
  await minutes(60)
  store.transaction(() => store.settings.set({ offline: false }))
  const account = added[0]
  if (!account) throw new Error('an account was added')
  active.push(progress({ account: account.id, accountName: 'home', state: 'executing', error: null }, false))
  await minutes(60)
  expect(started).toEqual([])
  active.pop()
  await minutes(1)
  expect(started).toHaveLength(1)
  schedule.stop()
  await minutes(60)
  expect(started).toHaveLength(1)
})
