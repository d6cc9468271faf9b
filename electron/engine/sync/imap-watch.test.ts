import { beforeEach, expect, onTestFinished, test, vi } from 'vitest'
import { MailError } from '../../../shared/errors/mail-error.ts'
import { EventBus } from '../event-bus.ts'
import { silentLogger } from '../log.ts'
import type { News } from '../protocol/imap/imap-session.ts'
import { accountSettings, openTestStore } from '../store/test-store.ts'
import { backOff } from './back-off.ts'
import { ImapWatch } from './imap-watch.ts'

beforeEach(() => {
  vi.useFakeTimers()
  onTestFinished(() => {
    vi.useRealTimers()
  })
})

/** Watches one account of a server whose connection the test holds in its hand. */
function watched(protocol: 'imap' | 'pop3' = 'imap') {
  const store = openTestStore()
  const { id } = store.accounts.add(accountSettings('Work', protocol))
  const events = new EventBus(silentLogger)
  const seen = { connections: 0, open: 0, looks: [] as News[] }
  let hold: { onNews: (where: News) => void; fail: (error: unknown) => void } | undefined
  const watch = new ImapWatch({
    store,
    events,
    log: silentLogger,
    work: {
      async look(_context, where) {
        seen.looks.push(where)
      },
      watch: ({ signal }, { onReady, onNews }) =>
        new Promise((_resolve, reject) => {
          const fail = (error: unknown) => {
            seen.open -= 1
            reject(error)
          }
          seen.connections += 1
          seen.open += 1
          hold = { onNews, fail }
          signal.addEventListener('abort', () => fail(signal.reason))
          onReady()
        }),
    },
  })
  watch.begin()
  onTestFinished(() => watch.close())
  const received = () => events.emit('accountStatus', { account: id, state: 'idle' })
  return { store, watch, id, seen, received, news: (where: News) => hold?.onNews(where), fail: (error: unknown) => hold?.fail(error) }
}

const lost = new MailError('connection-lost', 'gone')

test('an account is watched once its mail was received, and only once', async () => {
  const { seen, received } = watched()
  expect(seen.connections).toBe(0)
  received()
  received()
  expect(seen.connections).toBe(1)
  await vi.advanceTimersByTimeAsync(1000)
  expect(seen.looks).toEqual(['elsewhere'])
})

test('a POP3 account is not watched', () => {
  const { seen, received } = watched('pop3')
  received()
  expect(seen.connections).toBe(0)
})

test('news that come together lead to one look, the wider one', async () => {
  const { seen, received, news } = watched()
  received()
  await vi.advanceTimersByTimeAsync(1000)
  seen.looks.length = 0
  news('here')
  news('elsewhere')
  news('here')
  await vi.advanceTimersByTimeAsync(1000)
  expect(seen.looks).toEqual(['elsewhere'])
})

test('a broken connection comes back after longer and longer pauses, and looks for what was missed', async () => {
  const { seen, received, fail } = watched()
  received()
  for (let tries = 1; tries <= 4; tries++) {
    fail(lost)
    await vi.advanceTimersByTimeAsync(backOff(tries, 0) - 100)
    expect(seen.connections).toBe(tries)
    await vi.advanceTimersByTimeAsync(backOff(tries, 1) + 100)
    expect(seen.connections).toBe(tries + 1)
  }
  expect(seen.looks.length).toBeGreaterThan(1)
})

test('a refused password ends it, until mail is received again', async () => {
  const { seen, received, fail } = watched()
  received()
  fail(new MailError('sign-in-refused', 'no'))
  await vi.advanceTimersByTimeAsync(3_600_000)
  expect(seen.connections).toBe(1)
  received()
  expect(seen.connections).toBe(2)
})

test('working offline ends it; afterwards nothing connects', async () => {
  const { seen, received, watch, store } = watched()
  received()
  store.settings.set({ offline: true })
  watch.stop()
  received()
  await vi.advanceTimersByTimeAsync(3_600_000)
  expect([seen.open, seen.connections]).toEqual([0, 1])
})

test('after sleep a new connection is made at once, in the middle of a pause too', async () => {
  const { seen, received, watch, fail } = watched()
  received()
  watch.again()
  expect([seen.open, seen.connections]).toEqual([1, 2])
  for (let tries = 0; tries < 8; tries++) {
    fail(lost)
    await vi.advanceTimersByTimeAsync(backOff(8, 1))
  }
  const before = seen.connections
  fail(lost)
  await vi.advanceTimersByTimeAsync(10)
  watch.again()
  expect(seen.connections).toBe(before + 1)
})

test('an account that is removed is watched no more', async () => {
  const { seen, received, fail, store, id } = watched()
  received()
  store.accounts.remove(id)
  fail(lost)
  await vi.advanceTimersByTimeAsync(3_600_000)
  expect(seen.connections).toBe(1)
})

test('pauses grow from two seconds to five minutes and differ between clients', () => {
  expect([1, 2, 3, 9, 50].map((failures) => backOff(failures, 0.5))).toEqual([2000, 4000, 8000, 300_000, 300_000])
  expect([backOff(1, 0), backOff(1, 1)]).toEqual([1500, 2500])
})
