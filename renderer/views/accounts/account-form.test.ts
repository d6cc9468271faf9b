import { expect, test } from 'vitest'
import type { Account } from '../../../shared/domain/account.ts'
import type { AccountId } from '../../../shared/domain/ids.ts'
import { newAccountSettings } from '../../../shared/domain/new-account.ts'
import {
  formOf,
  formReducer,
  isChanged,
  problemsIn,
  routeOf,
  settingsOf,
  tabsWith,
  type AccountForm,
  type FormEvent,
} from './account-form.ts'

const account = (protocol: 'pop3' | 'imap' = 'pop3'): Account => ({
  ...newAccountSettings({
    name: 'Jane Doe',
    address: 'jane@example.org',
    protocol,
    incoming: { host: 'mail.example.org', port: protocol === 'pop3' ? 995 : 993, security: 'tls' },
    outgoing: { host: 'smtp.example.org', port: 587, security: 'starttls' },
    user: 'CORP\\jane',
    rememberPassword: true,
  }),
  id: 1 as AccountId,
  isDefault: true,
})

const after = (events: readonly FormEvent[], start = account()): AccountForm => events.reduce(formReducer, formOf(start))

test('An untouched account has no problems and nothing to apply', () => {
  expect(problemsIn(formOf(account('imap')))).toEqual({})
  expect(isChanged(formOf(account()), account())).toBe(false)
})

test('A change that is taken back leaves nothing to apply', () => {
  const there = after([{ type: 'account', change: { name: 'Work' } }])
  expect(isChanged(there, account())).toBe(true)
  expect(isChanged(formReducer(there, { type: 'account', change: { name: 'mail.example.org' } }), account())).toBe(false)
})

test('A7: ports follow the security choice, edited ones stay', () => {
  expect(after([{ type: 'security', side: 'incoming', value: 'none' }]).settings.incoming.port).toBe(110)
  expect(after([{ type: 'security', side: 'outgoing', value: 'tls' }]).settings.outgoing.port).toBe(465)
  const edited = after([
    { type: 'port', side: 'outgoing', value: 2525 },
    { type: 'security', side: 'outgoing', value: 'tls' },
  ])
  expect(edited.settings.outgoing.port).toBe(2525)
})

test('Use Defaults sets both ports for the present security', () => {
  const form = after([
    { type: 'port', side: 'outgoing', value: 2525 },
    { type: 'port', side: 'incoming', value: 1 },
    { type: 'defaultPorts' },
  ])
  expect([form.settings.incoming.port, form.settings.outgoing.port]).toEqual([995, 587])
})

test('The tabs that hold a mistake are named in their order', () => {
  const form = after([
    { type: 'incoming', change: { user: ' ' } },
    { type: 'identity', change: { address: 'jane' } },
  ])
  expect(tabsWith(problemsIn(form))).toEqual(['general', 'servers'])
})

test('A root folder path may not end with a separator', () => {
  const form = after([{ type: 'imap', change: { rootFolder: 'INBOX/' } }], account('imap'))
  expect(problemsIn(form).rootFolder).toEqual({ kind: 'separator', suggestion: 'INBOX' })
})

test('Empty paths of special folders leave the choice to the server', () => {
  const form = after([{ type: 'imap', change: { sentFolder: ' ', draftsFolder: 'Entwürfe' } }], account('imap'))
  expect(settingsOf(form).imap).toMatchObject({ sentFolder: null, draftsFolder: 'Entwürfe' })
})

test('A typed password is not kept when Remember password is switched off', () => {
  const form = after([
    { type: 'password', value: 'secret' },
    { type: 'rememberPassword', value: false },
  ])
  expect(form.password).toBeNull()
  expect(settingsOf(form).incoming.rememberPassword).toBe(false)
})

test('Log on using asks for an account name', () => {
  const logon = { signIn: 'password', user: '', rememberPassword: true, password: null } as const
  const form = after([{ type: 'outgoingLogon', value: logon }])
  expect(tabsWith(problemsIn(form))).toEqual(['servers'])
})

test('Secure Password Authentication for sending needs an account name, too', () => {
  const logon = { signIn: 'spa', user: ' ', rememberPassword: true, password: null } as const
  expect(problemsIn(after([{ type: 'outgoingLogon', value: logon }])).outgoingUser?.kind).toBe('empty')
})

test('Ticking "Leave a copy" again brings back what was set below it', () => {
  const off: FormEvent = { type: 'pop3', change: { leaveOnServer: false } }
  const on: FormEvent = { type: 'pop3', change: { leaveOnServer: true } }
  const form = after([{ type: 'pop3', change: { removeAfterDays: 14 } }, off, on])
  expect(settingsOf(form).pop3).toMatchObject({ leaveOnServer: true, removeAfterDays: 14 })
})

test('A4: the log-on name is never trimmed or changed', () => {
  expect(settingsOf(after([{ type: 'incoming', change: { user: ' CORP/jdoe/jdoe ' } }])).incoming.user).toBe(' CORP/jdoe/jdoe ')
})

test('The port of a proxy follows its kind as long as it is a usual one', () => {
  const kind = (value: 'socks5' | 'http') => ({ type: 'proxy', change: { kind: value } }) as const
  expect(after([kind('http')]).settings.connection.proxy.port).toBe(8080)
  expect(after([kind('http'), kind('socks5')]).settings.connection.proxy.port).toBe(1080)
  expect(after([{ type: 'proxy', change: { port: 3128 } }, kind('http')]).settings.connection.proxy.port).toBe(3128)
})

test('A proxy of its own needs a name; one that is not used leaves nothing behind', () => {
  const typed: FormEvent = { type: 'proxy', change: { kind: 'socks5', host: ' ' } }
  expect(tabsWith(problemsIn(after([typed])))).toEqual(['connection'])
  const unused = after([
    { type: 'proxy', change: { kind: 'socks5', host: 'wrong name' } },
    { type: 'proxy', change: { kind: 'none' } },
  ])
  expect(problemsIn(unused)).toEqual({})
  expect(settingsOf(unused).connection.proxy.host).toBe('')
})

test('Secrets of the way to the servers are something to apply, and go beside the settings', () => {
  const facts = { fingerprint: `sha256:${'0'.repeat(64)}`, subject: 'Jane', issuer: 'Example', validTo: '2030-01-01' }
  const form = after([
    { type: 'proxyPassword', value: 'word' },
    { type: 'clientCertificate', value: { base64: 'AAAA', passphrase: 'phrase', facts } },
  ])
  expect(isChanged(form, account())).toBe(true)
  expect(routeOf(form)).toEqual({ proxyPassword: 'word', clientCertificate: { base64: 'AAAA', passphrase: 'phrase' } })
  expect(JSON.stringify(settingsOf(form))).not.toMatch(/"word"|phrase/)
  expect(settingsOf(form).trust.clientCertificate).toEqual(facts)
  expect(routeOf(after([{ type: 'clientCertificate', value: null }]))).toEqual({ proxyPassword: null, clientCertificate: null })
  expect(routeOf(after([]))).toEqual({ proxyPassword: null })
})

test('An accepted certificate takes the place of what was accepted for that server before', () => {
  const pin = (digit: string, server: string) => ({ fingerprint: `sha256:${digit.repeat(64)}`, server, since: 1, facts: null })
  const events = [pin('1', 'a:993'), pin('2', 'b:465'), pin('3', 'a:993')].map((each): FormEvent => ({ type: 'pin', pin: each }))
  expect(after(events).settings.trust.certificates.map(({ server, fingerprint }) => [server, fingerprint.at(-1)])).toEqual([
    ['b:465', '2'],
    ['a:993', '3'],
  ])
})
