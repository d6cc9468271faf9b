import * as v from 'valibot'
import { expect, test } from 'vitest'
import { accountSettings } from '../contract/checks.ts'
import { logonNameFromAddress, newAccountSettings, portForSecurity, type NewAccountAnswers } from './new-account.ts'

const answers: NewAccountAnswers = {
  name: ' Jane Doe ',
  address: 'jane@example.org ',
  protocol: 'pop3',
  incoming: { host: ' pop.example.org', port: 995, security: 'tls' },
  outgoing: { host: 'smtp.example.org', port: 587, security: 'starttls' },
  user: 'jane',
  rememberPassword: true,
}

test('A new account is named after its incoming server', () => {
  expect(newAccountSettings(answers).name).toBe('pop.example.org')
})

test('A new POP3 account leaves its mail on the server', () => {
  expect(newAccountSettings(answers).pop3).toMatchObject({ leaveOnServer: true, removeAfterDays: null, removeWhenDeleted: false })
})

test('A new account logs on to the outgoing server with the incoming name and password', () => {
  expect(newAccountSettings(answers).outgoing).toMatchObject({ signIn: 'same', security: 'starttls', port: 587 })
})

test.each(['CORP/jdoe/jdoe', 'CORP\\jdoe', 'jane doe', ' jürgen@例え.jp '])('A4: the log-on name %j is passed on unchanged', (user) => {
  expect(newAccountSettings({ ...answers, user }).incoming.user).toBe(user)
})

test('What the wizard makes is what the engine accepts', () => {
  expect(v.safeParse(accountSettings, newAccountSettings(answers)).success).toBe(true)
})

test('The log-on name is what stands before the @', () => {
  expect(logonNameFromAddress(' jane.doe@example.org ')).toBe('jane.doe')
  expect(logonNameFromAddress('jane')).toBe('jane')
})

test('A7: a usual port follows the security choice', () => {
  expect(portForSecurity('pop3', 'tls', 110)).toBe(995)
  expect(portForSecurity('imap', 'starttls', 993)).toBe(143)
  expect(portForSecurity('smtp', 'tls', 25)).toBe(465)
})

test('A7: a port that was edited by hand stays', () => {
  expect(portForSecurity('pop3', 'tls', 10110)).toBe(10110)
})
