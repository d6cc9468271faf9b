import { expect, test } from 'vitest'
import type { Account } from '../../../shared/domain/account.ts'
import { newAccountSettings } from '../../../shared/domain/new-account.ts'
import type { DoctorAction } from '../../../shared/doctor/doctor.ts'
import { formOf, formReducer } from './account-form.ts'
import { fixesFor, tabOfFix } from './doctor-fixes.ts'

const settings = newAccountSettings({
  ...{ name: 'Jane', address: 'jane@example.org', protocol: 'pop3', user: 'jane', rememberPassword: true },
  incoming: { host: 'pop.example.org', port: 110, security: 'none' },
  outgoing: { host: 'smtp.example.org', port: 25, security: 'none' },
})
const mend = (action: DoctorAction) =>
  fixesFor(action).reduce(formReducer, formOf({ ...settings, id: 1 as Account['id'], isDefault: true })).settings

test('the port and security that answered are filled in, even a port that is not usual for it', () => {
  expect(mend({ kind: 'use-port', side: 'incoming', port: 110, security: 'tls' }).incoming).toMatchObject({ port: 110, security: 'tls' })
  expect(mend({ kind: 'use-port', side: 'outgoing', port: 587, security: 'starttls' }).outgoing).toMatchObject({
    port: 587,
    security: 'starttls',
  })
  expect(tabOfFix({ kind: 'use-port', side: 'outgoing', port: 587, security: 'starttls' })).toBe('advanced')
})

test('names and ways to log on are filled in', () => {
  expect(mend({ kind: 'try-host', side: 'outgoing', host: 'mail.example.org' }).outgoing.host).toBe('mail.example.org')
  expect(mend({ kind: 'try-user', side: 'incoming', user: 'jane@example.org' }).incoming.user).toBe('jane@example.org')
  expect(mend({ kind: 'switch-sign-in', side: 'incoming', signIn: 'spa' }).incoming.signIn).toBe('spa')
  expect(mend({ kind: 'switch-sign-in', side: 'outgoing', signIn: 'none' }).outgoing.signIn).toBe('none')
})

test('what only the user knows changes nothing, and the page for it opens', () => {
  expect(mend({ kind: 'retype-password', side: 'incoming' })).toEqual(settings)
  expect(tabOfFix({ kind: 'retype-password', side: 'incoming' })).toBe('servers')
})
