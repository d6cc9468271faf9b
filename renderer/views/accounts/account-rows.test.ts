import { expect, test } from 'vitest'
import type { Account } from '../../../shared/domain/account.ts'
import { accountRows } from './account-rows.ts'

const account = (id: number, name: string, isDefault = false) => ({ id, name, isDefault }) as unknown as Account
const accounts = [account(1, 'Work'), account(2, 'pop.example.org', true), account(3, 'Archive 10'), account(4, 'Archive 9')]

test('Accounts stand by name, numbers counted as numbers', () => {
  const rows = accountRows(accounts, { column: 'name', descending: false })
  expect(rows.map(({ name }) => name)).toEqual(['Archive 9', 'Archive 10', 'pop.example.org', 'Work'])
})

test('A sorted column that says the same in all rows leaves them by name', () => {
  const rows = accountRows(accounts, { column: 'type', descending: true })
  expect(rows.map(({ name }) => name)).toEqual(['pop.example.org', 'Archive 9', 'Archive 10', 'Work'])
})
