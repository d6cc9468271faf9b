import { expect, test } from 'vitest'
import type { AccountId } from '../../../shared/domain/ids.ts'
import { AccountPauses, loginDelayOf } from './account-pause.ts'

const capabilities = (...delay: readonly string[]) => new Map([['LOGIN-DELAY', delay]])
const account = 1 as AccountId

test.each([
  [['900'], 900_000],
  [['60', 'USER'], 60_000],
  [['0'], 0],
  [['soon'], 0],
  [[], 0],
  [['999999999'], 86_400_000],
])('P15: LOGIN-DELAY %j', (delay, expected) => {
  expect(loginDelayOf(capabilities(...delay))).toBe(expected)
})

test('P15: the delay counts from the last visit, for its account only', () => {
  const pauses = new AccountPauses()
  pauses.visited(account, capabilities('900'), 5000)
  expect(pauses.notBefore(account, 6000)).toBe(905_000)
  expect(pauses.notBefore(2 as AccountId, 6000)).toBe(0)
  pauses.visited(account, new Map(), 7000)
  expect(pauses.notBefore(account, 7000)).toBe(7000)
})

test('P15: a clock that was set back keeps nobody from the mail', () => {
  const pauses = new AccountPauses()
  pauses.visited(account, capabilities('900'), 5_000_000)
  expect(pauses.notBefore(account, 1000)).toBe(0)
})
