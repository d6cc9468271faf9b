import { expect, test } from 'vitest'
import type { AccountSettings } from '../../../shared/domain/account.ts'
import { oauthOf } from '../../../shared/domain/oauth.ts'
import type { Discovery } from '../../../shared/domain/finding.ts'
import { newAccountSettings } from '../../../shared/domain/new-account.ts'
import { canGoOn, needsSearch, settingsFrom, startWizard, wizardReducer, type WizardEvent, type WizardState } from './wizard-state.ts'

const after = (events: readonly WizardEvent[], state = startWizard({ name: 'Jane Doe' })): WizardState =>
  events.reduce(wizardReducer, state)
const next: WizardEvent = { type: 'next' }
const typed = (field: 'name' | 'address' | 'password', value: string): WizardEvent => ({ type: 'typed', field, value })

function offer(protocol: 'imap' | 'pop3', change: Partial<AccountSettings['incoming']> = {}): AccountSettings {
  const plain = newAccountSettings({
    name: '',
    address: 'jane@example.org',
    protocol,
    incoming: { host: `${protocol}.example.org`, port: 1993, security: 'tls' },
    outgoing: { host: 'smtp.example.org', port: 465, security: 'tls' },
    user: 'jane@example.org',
    rememberPassword: true,
  })
  return { ...plain, incoming: { ...plain.incoming, ...change } }
}

const both: Discovery = {
  findings: [{ source: 'autoconfig', from: 'Example', settings: [offer('imap'), offer('pop3', { user: 'jane' })] }],
  reason: null,
}
const found = (discovery: Discovery): WizardEvent => ({ type: 'found', address: 'jane@example.org', discovery })
const address = typed('address', 'jane@example.org')

test('A11: with a known provider three fields and four pages make the account', () => {
  const pages: string[] = []
  const asked = after([address])
  expect(needsSearch(asked)).toBe(true)
  let state = after([found(both)], asked)
  for (const event of [next, typed('password', 'secret'), next]) {
    if (event.type === 'next') pages.push(state.page)
    state = wizardReducer(state, event)
  }
  expect(['name', ...pages, state.page]).toEqual(['name', 'servers', 'logon', 'done'])
  expect(settingsFrom(state)).toEqual({ ...offer('imap'), identity: { ...offer('imap').identity, name: 'Jane Doe' } })
})

test('The other protocol brings the servers and the log-on name of its own', () => {
  const state = after([address, found(both), { type: 'protocol', value: 'pop3' }, next])
  expect([state.incoming.host, state.user]).toEqual(['pop3.example.org', 'jane'])
})

test('The same address is not looked for twice, and what was changed stays', () => {
  const state = after([address, found(both), { type: 'host', side: 'incoming', value: 'other.example.org' }, { type: 'back' }])
  expect(state.page).toBe('name')
  expect(needsSearch(state)).toBe(false)
  expect(after([next], state).incoming.host).toBe('other.example.org')
  expect(needsSearch(after([typed('address', 'joe@example.org')], state))).toBe(true)
})

test('A wrong address is not looked for', () => {
  const state = after([typed('address', 'jane@exam ple')])
  expect(needsSearch(state)).toBe(false)
  expect(after([next], state)).toMatchObject({ page: 'name', problems: { address: { kind: 'malformed' } } })
})

test('Nothing found leads to empty servers and says why', () => {
  const state = after([address, found(both), { type: 'back' }, found({ findings: [], reason: 'too-slow' })])
  expect(state).toMatchObject({
    page: 'servers',
    incoming: { host: '' },
    start: { origin: { kind: 'nothing', reason: 'too-slow', from: 'example.org' } },
  })
  expect(canGoOn(state)).toBe(false)
})

test('A16: a preset asks for the address and the password, and brings what no page asks for', () => {
  const draft: AccountSettings = {
    ...offer('pop3', { user: 'CORP/%EMAILLOCALPART%', host: 'pop.%EMAILDOMAIN%' }),
    name: 'Example Corp',
    identity: { name: '', organization: 'Example', address: '%EMAILADDRESS%', replyTo: '' },
    timeoutSeconds: 120,
    trust: { certificates: [], ca: '-----BEGIN CERTIFICATE-----' },
  }
  const opened = after([{ type: 'way', value: 'preset' }])
  expect(canGoOn(opened)).toBe(false)
  const state = after([{ type: 'preset', file: { name: 'corp.json', draft } }, next, address, next, next], opened)
  expect(state).toMatchObject({ page: 'logon', user: 'CORP/jane', start: { origin: { kind: 'file', from: 'corp.json' } } })
  expect(settingsFrom(state)).toEqual({
    ...draft,
    identity: { ...draft.identity, name: 'Jane Doe', address: 'jane@example.org' },
    incoming: { ...draft.incoming, user: 'CORP/jane', host: 'pop.example.org' },
  })
})

test('A preset that knows its person fills in name and address', () => {
  const state = startWizard({
    name: 'Somebody',
    file: { name: 'a.iaf', draft: { ...offer('imap'), identity: { ...offer('imap').identity, name: 'Jane' } } },
  })
  expect([state.name, state.address, state.start.way]).toEqual(['Jane', 'jane@example.org', 'preset'])
})

test('By hand after all: nothing of what was found is kept beside the fields', () => {
  const slow = { ...both, findings: [{ ...both.findings[0], settings: [{ ...offer('imap'), timeoutSeconds: 300 }] }] } as Discovery
  const state = after([address, found(slow), { type: 'back' }, { type: 'way', value: 'hand' }])
  expect(state.start.origin).toBeUndefined()
  expect(settingsFrom(state).timeoutSeconds).toBe(60)
})

test('The browser is used where the provider wants it, with what the wizard was given for it, until the user takes the password', () => {
  const browser: Discovery = { findings: [{ source: 'guess', from: '', settings: [offer('imap', { signIn: 'oauth2' })] }], reason: null }
  const state = after([address, found(browser)])
  expect(settingsFrom(state).incoming.signIn).toBe('oauth2')
  const withPassword = after([{ type: 'browser', value: false }, typed('password', 'app password')], state)
  expect(settingsFrom(withPassword).incoming.signIn).toBe('password')
  const oauth = { ...oauthOf('microsoft'), clientId: 'help-desk', tenant: 'example.org' }
  const preset = {
    ...browser,
    findings: [{ source: 'guess', from: '', settings: [{ ...offer('imap', { signIn: 'oauth2' }), oauth }] }],
  } as Discovery
  const prepared = after([address, found(preset)])
  expect(settingsFrom(prepared)).toMatchObject({ incoming: { signIn: 'oauth2' }, outgoing: { signIn: 'same' }, oauth })
  const signedIn = after([{ type: 'signedIn', oauth, ticket: 'a ticket' }], prepared)
  expect(signedIn.ticket).toBe('a ticket')
  expect(after([{ type: 'oauth', value: { ...oauth, tenant: 'other.example' } }], signedIn).ticket).toBeNull()
})
