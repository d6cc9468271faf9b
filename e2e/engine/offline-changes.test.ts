// F1, F3: what was done offline reaches two servers when the program is online again, also after it was started anew.
import { expect, onTestFinished, test } from 'vitest'
import { startImapServer } from '../../electron/practice/imap-server.ts'
import { accountSettings, startTestEngine, type TestEngine } from './support/test-engine.ts'

const signal = new AbortController().signal
const password = 'practice'
const letter = (name: string) => Buffer.from(`From: bob@example.org\r\nMessage-ID: <${name}@x>\r\nSubject: ${name}\r\n\r\n${name}\r\n`)

async function addServer(me: TestEngine, user: string) {
  const server = await startImapServer({ users: [{ user, password }] })
  onTestFinished(server.close)
  const account = await me.addAccount(accountSettings({ protocol: 'imap', user, port: server.port }), password)
  const subjects = (path: string) =>
    server.mailboxes.find(path)?.messages.map(({ raw }) => /^Subject: (.*)\r$/m.exec(raw.toString('latin1'))?.[1])
  return { server, account, subjects }
}

function inboxOf({ engine }: TestEngine, account: Parameters<typeof engine.parts.store.folders.byRole>[0]) {
  const inbox = engine.parts.store.folders.byRole(account, 'inbox')
  if (!inbox) throw new Error('no Inbox')
  return inbox.id
}

test('done offline, seen at once, kept over a restart, and told to both servers once', { timeout: 30_000 }, async () => {
  let me = await startTestEngine()
  onTestFinished(() => me.close())
  const [work, home] = [await addServer(me, 'anna'), await addServer(me, 'ben')]
  for (const name of ['one', 'two', 'three']) work.server.mailboxes.deliver('INBOX', letter(name))
  await me.sendAndReceive()
  await me.engine.handlers['settings.set']({ offline: true }, signal)
  const [workInbox, homeInbox] = [inboxOf(me, work.account.id), inboxOf(me, home.account.id)]
  const row = (subject: string) => {
    const found = me.rows(workInbox).find((each) => each.subject === subject)
    if (!found) throw new Error(`no ${subject}`)
    return found.id
  }
  const { id: folder } = await me.engine.handlers['folders.create']({ account: work.account.id, parent: null, name: 'Plans' }, signal)
  await me.engine.handlers['messages.move']({ ids: [row('one')], folder }, signal)
  await me.engine.handlers['messages.move']({ ids: [row('two')], folder: homeInbox }, signal)
  await me.engine.handlers['messages.copy']({ ids: [row('three')], folder: me.local('inbox') }, signal)
  expect([workInbox, folder, homeInbox, me.local('inbox')].map((each) => me.rows(each).map(({ subject }) => subject))).toEqual([
    ['three'],
    ['one'],
    ['two'],
    ['three'],
  ])
  const waiting = await me.engine.handlers['operations.list']({}, signal)
  expect(waiting.map(({ what }) => what)).toEqual([
    "Create the folder 'Plans'",
    "Move 1 message from 'Inbox' to 'Plans'",
    "Store 1 message in 'Inbox'",
    "Move 1 message from 'Inbox' to 'Inbox' of imap ben",
    "Copy 1 message from 'Inbox' to 'Inbox' in Local Folders",
  ])
  expect(() => me.engine.handlers['operations.retry']({ id: null }, signal)).toThrow(expect.objectContaining({ code: 'offline' }))

  me = await me.restart()
  for (const { id } of [work.account, home.account]) await me.engine.parts.passwords.set(id, 'incoming', password, false)
  expect(me.engine.parts.store.operations.listAll()).toHaveLength(5)
  await me.engine.handlers['settings.set']({ offline: false }, signal)
  await expect.poll(() => me.engine.parts.store.operations.listAll().length, { timeout: 10_000, interval: 50 }).toBe(0)
  expect([work.subjects('INBOX'), work.subjects('Plans'), home.subjects('INBOX')]).toEqual([['three'], ['one'], ['two']])
  await me.sendAndReceive()
  expect([workInbox, folder, homeInbox, me.local('inbox')].map((each) => me.rows(each).map(({ subject }) => subject))).toEqual([
    ['three'],
    ['one'],
    ['two'],
    ['three'],
  ])
  expect(me.rows(me.local('inbox')).map(({ state }) => state)).toEqual(['downloaded'])
})
