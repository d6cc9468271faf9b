import { expect, test } from 'vitest'
import { canGoOn, firstProblem, settingsFrom, startWizard, wizardReducer, type WizardEvent, type WizardState } from './wizard-state.ts'

const after = (events: readonly WizardEvent[], state = startWizard({ name: 'Jane Doe' })): WizardState =>
  events.reduce(wizardReducer, state)

const next: WizardEvent = { type: 'next' }
const byHand: WizardEvent = { type: 'way', value: 'hand' }
const toServers: readonly WizardEvent[] = [byHand, next, { type: 'typed', field: 'address', value: 'jane@example.org' }, next]
const servers: readonly WizardEvent[] = [
  { type: 'host', side: 'incoming', value: 'pop.example.org' },
  { type: 'host', side: 'outgoing', value: 'smtp.example.org' },
]

test('A2: going back keeps what was typed', () => {
  const state = after([...toServers, ...servers, { type: 'back' }, { type: 'back' }, next, next])
  expect(state.page).toBe('servers')
  expect(state.incoming.host).toBe('pop.example.org')
})

test('A2: the log-on name is what stands before the @', () => {
  expect(after([...toServers, ...servers, next]).user).toBe('jane')
})

test('A log-on name that was typed stays when the address changes', () => {
  const state = after([
    ...toServers,
    ...servers,
    next,
    { type: 'typed', field: 'user', value: 'CORP/jdoe/jdoe' },
    { type: 'back' },
    { type: 'back' },
    { type: 'typed', field: 'address', value: 'other@example.org' },
    next,
    next,
  ])
  expect(settingsFrom(state).incoming.user).toBe('CORP/jdoe/jdoe')
})

test('A6: Secure Password Authentication and what is left on the server are part of the account', () => {
  const plain = settingsFrom(after([...toServers, ...servers]))
  expect([plain.incoming.signIn, plain.pop3.leaveOnServer]).toEqual(['password', true])
  const chosen = settingsFrom(
    after([
      ...toServers,
      ...servers,
      { type: 'ticked', field: 'spa', value: true },
      { type: 'ticked', field: 'leaveOnServer', value: false },
    ]),
  )
  expect([chosen.incoming.signIn, chosen.outgoing.signIn, chosen.pop3.leaveOnServer]).toEqual(['spa', 'same', false])
})

test('A wrong server name keeps the page and suggests a better one', () => {
  const state = after([...toServers, ...servers, { type: 'host', side: 'incoming', value: 'pop,example.org' }, next])
  expect(state.page).toBe('servers')
  expect(state.problems.incoming?.suggestion).toBe('pop.example.org')
  expect(firstProblem(state)).toBe('incoming')
})

test('Typing in a field takes its complaint away', () => {
  const state = after([
    ...toServers,
    { type: 'host', side: 'incoming', value: 'pop,example.org' },
    next,
    { type: 'host', side: 'incoming', value: 'pop.example.org' },
  ])
  expect(state.problems.incoming).toBeUndefined()
  expect(state.problems.outgoing?.kind).toBe('empty')
})

test('A7: ports follow protocol and security until they are edited', () => {
  const imap = after([{ type: 'protocol', value: 'imap' }])
  expect(imap.incoming.port).toBe(993)
  expect(after([{ type: 'security', side: 'incoming', value: 'starttls' }], imap).incoming.port).toBe(143)
  const edited = after(
    [
      { type: 'port', side: 'incoming', value: 9993 },
      { type: 'protocol', value: 'pop3' },
    ],
    imap,
  )
  expect(edited.incoming.port).toBe(9993)
})

test('Without Remember password the typed password is cleared', () => {
  const state = after([
    { type: 'typed', field: 'password', value: 'secret' },
    { type: 'ticked', field: 'rememberPassword', value: false },
  ])
  expect(state.password).toBe('')
})

test('Next is off while a field that is needed is blank', () => {
  expect(canGoOn(after([byHand], startWizard({ name: '' })))).toBe(false)
  expect(canGoOn(after([byHand]))).toBe(true)
})

test('A prefilled name alone counts as nothing typed', () => {
  expect(after([byHand, next]).isDirty).toBe(false)
})
