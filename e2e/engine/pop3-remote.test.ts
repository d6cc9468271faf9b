// Remote mode: headers first, marks, and what the next connection does with them (B3-B5).
import { afterEach, expect, test } from 'vitest'
import { startSmtpServer } from '../../electron/practice/smtp-server.ts'
import { accountSettings } from './support/test-engine.ts'
import { message, messages, signal, startPop3World, type Pop3World } from './support/pop3-world.ts'

let world: Pop3World
afterEach(async () => {
  await world.close()
})

test('P10: with 10 known and 14 on the server exactly four TOPs are sent', async () => {
  world = await startPop3World({ mail: messages(10), options: { headersOnly: true } })
  await world.connect()
  expect(world.sent('TOP')).toHaveLength(10)
  world.mail.push(...messages(4, 11))
  world.forget()
  await world.connect()
  expect(world.sent('TOP')).toEqual(['TOP 11 0', 'TOP 12 0', 'TOP 13 0', 'TOP 14 0'])
  expect(world.sent('RETR')).toEqual([])
  expect(world.rows()).toHaveLength(14)
  expect(world.row('m14')).toMatchObject({ state: 'header-only', size: message('m14').length, from: 'a@example.org', mark: null })
})

test('P11: marks survive a restart and are carried out by UIDL, whatever the numbers are then', async () => {
  world = await startPop3World({ mail: messages(5), options: { headersOnly: true } })
  await world.connect()
  const { handlers } = world.engine.engine
  const before = world.id('m3')
  await handlers['pop3.setMarks']({ ids: [world.id('m2')], mark: 'retrieve' }, signal)
  await handlers['pop3.setMarks']({ ids: [world.id('m3')], mark: 'retrieve-copy' }, signal)
  await handlers['pop3.setMarks']({ ids: [world.id('m4'), world.id('m5')], mark: 'delete' }, signal)
  await handlers['pop3.setMarks']({ ids: [world.id('m5')], mark: null }, signal)
  world.mail.shift() // Another program took the first: all numbers are others now.
  await world.restart()
  expect(world.rows().map(({ subject, mark }) => [subject, mark])).toEqual([
    ['m1', null],
    ['m2', 'retrieve'],
    ['m3', 'retrieve-copy'],
    ['m4', 'delete'],
    ['m5', null],
  ])
  world.forget()
  await world.connect()
  expect(world.sent('RETR')).toEqual(['RETR 1', 'RETR 2'])
  expect(world.sent('DELE')).toEqual(['DELE 3', 'DELE 1'])
  expect(world.mail.map(({ uidl }) => uidl)).toEqual(['u3', 'u5'])
  expect(world.rows().map(({ subject, state, mark }) => [subject, state, mark])).toEqual([
    ['m2', 'downloaded', null],
    ['m3', 'downloaded', null],
    ['m5', 'header-only', null],
  ])
  expect(world.id('m3')).toBe(before) // Filled in place: read state, flag and position stay.
  expect(world.forecasts).toMatchObject([{ deleteNow: 2, serverMessages: 4 }])
})

test('P14: a mark whose message is gone is taken back, with a line that says so', async () => {
  world = await startPop3World({ mail: messages(3), options: { headersOnly: true } })
  await world.connect()
  await world.engine.engine.handlers['pop3.setMarks']({ ids: [world.id('m1')], mark: 'retrieve' }, signal)
  await world.engine.engine.handlers['pop3.deleteOnServer']({ ids: [world.id('m2')] }, signal)
  world.mail.splice(0, 3)
  const { notes } = await world.connect()
  expect(notes).toEqual(['"m1" is no longer on the server, so it can\'t be retrieved. Its mark was taken back.'])
  expect(world.rows().map(({ subject, mark }) => [subject, mark])).toEqual([['m1', null]])
})

test('a header is downloaded at once when it is opened so: with or without a copy on the server', async () => {
  world = await startPop3World({ mail: messages(3), options: { headersOnly: true } })
  await world.connect()
  const { handlers } = world.engine.engine
  world.forget()
  await world.wait(handlers['pop3.fetch']({ ids: [world.id('m1')], keepCopy: true }, signal))
  await world.wait(handlers['pop3.fetch']({ ids: [world.id('m2')], keepCopy: false }, signal))
  expect(world.sent('RETR')).toEqual(['RETR 1', 'RETR 2'])
  expect(world.sent('TOP')).toEqual([])
  expect(world.mail.map(({ uidl }) => uidl)).toEqual(['u1', 'u3'])
  expect((await handlers['messages.open']({ id: world.id('m1') }, signal)).text).toContain('text')
})

test('P11: a retrieved copy stays on the server although the account keeps none', async () => {
  world = await startPop3World({ mail: messages(2), options: { leaveOnServer: false, headersOnly: true } })
  await world.connect()
  await world.engine.engine.handlers['pop3.setMarks']({ ids: [world.id('m1')], mark: 'retrieve-copy' }, signal)
  await world.connect()
  await world.connect()
  expect(world.mail).toHaveLength(2)
  expect(world.row('m1')).toMatchObject({ state: 'downloaded', mark: null })
})

test('the wizard: headers alone send no DELE, marks alone fetch no headers, and only ticked messages go out', async () => {
  world = await startPop3World({ mail: messages(2), options: { leaveOnServer: false } })
  const { handlers } = world.engine.engine
  const connectFor = (headers: boolean, marks: boolean) =>
    handlers['pop3.connect']({ accounts: [{ account: world.account.id, headers, marks }], outgoing: [] }, signal)
  await world.wait(connectFor(true, false))
  expect(world.rows().map(({ state }) => state)).toEqual(['header-only', 'header-only'])
  await handlers['pop3.setMarks']({ ids: [world.id('m1')], mark: 'delete' }, signal)
  world.mail.push(...messages(1, 3))
  world.forget()
  await world.wait(connectFor(true, false))
  expect([...world.sent('DELE'), ...world.sent('TOP')]).toEqual(['TOP 3 0'])
  world.mail.push(...messages(1, 4))
  world.forget()
  await world.wait(connectFor(false, true))
  expect([...world.sent('DELE'), ...world.sent('TOP'), ...world.sent('RETR')]).toEqual(['DELE 1'])
})

test('the wizard: what is ticked for one account is done for that one only', async () => {
  world = await startPop3World({ mail: messages(2), options: { headersOnly: true } })
  const { handlers } = world.engine.engine
  const { id: _, isDefault: __, ...settings } = world.account
  const second = await handlers['accounts.add']({ settings, password: 'right', outgoingPassword: null }, signal)
  await world.connect()
  await handlers['pop3.setMarks']({ ids: [world.id('m1')], mark: 'retrieve-copy' }, signal)
  expect(handlers['pop3.marks']({}, signal)).toEqual([{ account: world.account.id, marks: { retrieve: 0, 'retrieve-copy': 1, delete: 0 } }])
  const jobs = [
    { account: world.account.id, headers: false, marks: true },
    { account: second.id, headers: true, marks: false },
  ]
  world.forget()
  await world.wait(handlers['pop3.connect']({ accounts: jobs, outgoing: [] }, signal))
  expect([world.sent('RETR'), world.sent('TOP')]).toEqual([['RETR 1'], ['TOP 1 0', 'TOP 2 0']])
  expect(handlers['pop3.marks']({}, signal)).toEqual([])
})

test('the wizard sends the ticked messages of the Outbox, also those of accounts that are not connected to', async () => {
  const smtp = await startSmtpServer({ users: [] })
  world = await startPop3World({ mail: messages(1) })
  const { handlers } = world.engine.engine
  const settings = accountSettings({ protocol: 'pop3', user: 'other', port: 1, smtp: { port: smtp.port } })
  const other = await world.engine.addAccount(settings, 'right')
  const draft = await handlers['compose.start']({ kind: 'new', message: null, folder: null }, signal)
  const ids = []
  for (const subject of ['first', 'second']) {
    const ready = { ...draft, account: other.id, to: 'b@example.org', subject }
    ids.push((await handlers['outbox.queue']({ id: null, draft: ready, now: false }, signal)).id)
  }
  const [, second] = ids
  if (!second) throw new Error('nothing was queued')
  const jobs = { accounts: [{ account: world.account.id, headers: true, marks: true }], outgoing: [second] }
  const run = await world.wait(handlers['pop3.connect'](jobs, signal))
  expect(run.tasks.map(({ kind, state, account }) => [kind, state, account])).toEqual([
    ['receive', 'completed', world.account.id],
    ['send', 'completed', other.id],
  ])
  expect(world.engine.rows(world.engine.local('outbox')).map(({ subject }) => subject)).toEqual(['first'])
  await smtp.close()
})

test('unmark all takes back every mark, of one account or of all', async () => {
  world = await startPop3World({ mail: messages(3), options: { headersOnly: true } })
  await world.connect()
  const { handlers } = world.engine.engine
  const ids = world.rows().map(({ id }) => id)
  await handlers['pop3.setMarks']({ ids, mark: 'retrieve' }, signal)
  await handlers['pop3.unmarkAll']({ account: world.account.id }, signal)
  expect(world.rows().map(({ mark }) => mark)).toEqual([null, null, null])
})

test('deleting a header here marks it to be deleted there; windows hear of each mark', async () => {
  world = await startPop3World({ mail: messages(1), options: { headersOnly: true } })
  await world.connect()
  const heard: unknown[] = []
  world.engine.engine.on('changes', (batch) => heard.push(batch))
  await world.engine.engine.handlers['messages.delete']({ ids: [world.id('m1')], permanently: false }, signal)
  expect(world.row('m1').mark).toBe('delete')
  expect(JSON.stringify(heard)).toContain('"mark":"delete"')
  await world.connect()
  expect(world.rows()).toEqual([])
  expect(world.mail).toEqual([])
})

test('a message above the limit arrives as its header, and whole once the limit is lifted', async () => {
  const mail = [...messages(1), { uidl: 'big', raw: message('big', 'x'.repeat(3000)) }]
  world = await startPop3World({ mail, options: { maxDownloadKb: 2 } })
  await world.connect()
  expect(world.rows().map(({ subject, state }) => [subject, state])).toEqual([
    ['m1', 'downloaded'],
    ['big', 'header-only'],
  ])
  await world.connect()
  expect(world.row('big').state).toBe('header-only')
  await world.setOptions({ maxDownloadKb: null })
  await world.connect()
  expect(world.row('big').state).toBe('downloaded')
})
