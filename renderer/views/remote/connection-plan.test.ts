import { expect, test } from 'vitest'
import type { Account } from '../../../shared/domain/account.ts'
import type { AccountId, MessageId } from '../../../shared/domain/ids.ts'
import { defaultLayout } from '../../cache/layout.ts'
import { fakeAccounts } from '../../gallery/fake-mail.ts'
import { hasWork, planOf, rememberedChoices, startChoices, withAccount, withJob, withSending } from './connection-plan.ts'

const account = (id: number, headersOnly: boolean): Account => {
  const [first] = fakeAccounts()
  if (!first) throw new Error('There is no fake account.')
  return { ...first, id: id as AccountId, protocol: 'pop3', pop3: { ...first.pop3, headersOnly } }
}
const first = defaultLayout.connection
const letters = [7, 8] as MessageId[]

test('the first time it connects to the accounts that download headers only, or to all where there is none', () => {
  expect(startChoices(first, [account(1, false), account(2, true)]).accounts).toEqual([2])
  expect(startChoices(first, [account(1, false), account(2, false)]).accounts).toEqual([1, 2])
})

test('the next time it proposes what was chosen; an account that is gone is left out', () => {
  const last = { ...first, accounts: [1, 9] as AccountId[], headers: false }
  expect(startChoices(last, [account(1, false), account(2, true)])).toMatchObject({ accounts: [1], headers: false })
})

test('each waiting message is sent unless its tick is taken away', () => {
  const choices = startChoices(first, [account(1, true)])
  expect(planOf(choices, letters).outgoing).toEqual([7, 8])
  const one = withSending(choices, letters, { id: 7 as MessageId, isSent: false })
  expect(planOf(one, letters).outgoing).toEqual([8])
  const none = startChoices({ ...first, outgoing: false }, [account(1, true)])
  expect(planOf(none, letters).outgoing).toEqual([])
  expect(planOf(withSending(none, letters, { id: 8 as MessageId, isSent: true }), letters).outgoing).toEqual([8])
})

test('there is nothing to connect for without an account, or with nothing ticked', () => {
  const choices = startChoices(first, [account(1, true)])
  expect(hasWork(planOf(choices, []))).toBe(true)
  expect(hasWork(planOf(withAccount(choices, 1 as AccountId, false), []))).toBe(false)
  expect(hasWork(planOf({ ...choices, headers: false, marks: false }, []))).toBe(false)
})

test('each account has its own jobs, and an account that comes later does what all do', () => {
  const [one, two] = [1, 2] as AccountId[]
  if (!one || !two) throw new Error('no accounts')
  const choices = startChoices(first, [account(1, true), account(2, true)])
  const less = withJob(choices, 'marks', { account: two, isWanted: false })
  expect(planOf(less, []).jobs).toEqual([
    { account: 1, headers: true, marks: true },
    { account: 2, headers: true, marks: false },
  ])
  expect(withJob(less, 'marks', { account: two, isWanted: true }).marks).toBe(true)
  const none = withJob(less, 'marks', { account: one, isWanted: false })
  expect(none.marks).toBe(false)
  expect(hasWork(planOf({ ...none, headers: false }, []))).toBe(false)
})

test('what is remembered leads to the same proposal', () => {
  const choices = { ...startChoices(first, [account(1, true)]), confirms: false, marks: false }
  const kept = rememberedChoices(choices, planOf(choices, letters))
  expect(startChoices(kept, [account(1, true)])).toEqual(choices)
})
