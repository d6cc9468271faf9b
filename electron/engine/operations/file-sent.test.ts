// T6, C4: the copy of a sent message gets into the server's Sent Items once, whoever puts it there.
import { expect, onTestFinished, test } from 'vitest'
import { silentLogger } from '../log.ts'
import { messageFacts } from '../mime/facts.ts'
import { parseMessage } from '../mime/parse-message.ts'
import { openStore, type Store } from '../store/store.ts'
import { localFolder, temporaryFolder } from '../store/test-store.ts'
import { ImapWork } from '../sync/imap-work.ts'
import { fileSent } from './file-sent.ts'
import { addServer, folderAt, inStore, mail, onServer, subjectsIn, synchronize, type TestServer } from './operations-test-kit.ts'

interface World {
  readonly store: Store
  readonly server: TestServer
  /** What the SMTP server does by itself when it has sent a message. */
  fileAtServer(name: string): void
  sent(name: string): void
  /** Tells the server what waits, that many seconds later. */
  replay(afterSeconds?: number): Promise<void>
  readonly waiting: () => number
}

async function world({ host = 'smtp.example.org', without = [] as readonly string[], folders = ['Sent'] } = {}): Promise<World> {
  let now = Date.UTC(2026, 10, 20)
  const clock = { now: () => now }
  const store = openStore({ folder: temporaryFolder(), clock, log: silentLogger })
  onTestFinished(() => store.close())
  const server = await addServer(store, { without })
  const account = store.accounts.update(server.account.id, {
    ...server.account,
    outgoing: { ...server.account.outgoing, host },
  })
  for (const path of folders) server.running.mailboxes.create(path, { specialUse: '\\Sent', isSubscribed: true })
  await synchronize(store, server, await server.connect())
  const work = new ImapWork({ store, clock, log: silentLogger })
  return {
    store,
    server,
    fileAtServer: (name) => void server.running.mailboxes.deliver('Sent', mail(name), ['\\Seen']),
    sent(name) {
      const raw = mail(name)
      const body = store.bodies.put(raw)
      const facts = messageFacts(parseMessage(raw))
      const row = { account: account.id, facts, flags: { seen: true }, size: raw.length, receivedAt: now, body }
      const message = store.messages.add({ ...row, folder: localFolder(store, 'sent') })
      store.operations.add({ account: account.id, kind: fileSent.kind, payload: { message } })
    },
    async replay(afterSeconds = 0) {
      now += afterSeconds * 1000
      const session = await server.connect()
      await work.replay({ account, session })
      session.destroy()
    },
    waiting: () => store.operations.listAll().length,
  }
}

async function inSentItems({ store, server }: World): Promise<readonly string[]> {
  await synchronize(store, server, await server.connect())
  expect(inStore(store, server)).toEqual(onServer(server))
  expect(subjectsIn(store, localFolder(store, 'sent'))).toEqual([])
  return onServer(server)['Sent'] ?? []
}

test('a sent message is stored on the server, and its local copy becomes the row of that one with its text', async () => {
  const it = await world()
  it.sent('one')
  await it.replay()
  expect(await inSentItems(it)).toEqual(['one \\Seen'])
  const [row] = it.store.messages.idsInFolder(folderAt(it.store, it.server, 'Sent'))
  expect(row && it.store.messages.get(row).state).toBe('downloaded')
})

test('where there is no folder for sent mail, one is made', async () => {
  const it = await world({ folders: [] })
  it.sent('one')
  await it.replay()
  expect(onServer(it.server)).toEqual({ INBOX: [], 'Sent Items': ['one \\Seen'] })
  expect(it.waiting()).toBe(0)
})

test.each([[[]], [['MOVE', 'UIDPLUS']]])('what is there already is not stored again (a server without %s)', async (without) => {
  const it = await world({ without })
  it.fileAtServer('one')
  it.sent('one')
  await it.replay()
  expect(await inSentItems(it)).toEqual(['one \\Seen'])
})

test('a provider that is known to store sent mail itself is given time for it', async () => {
  const it = await world({ host: 'smtp.gmail.com' })
  it.sent('one')
  await it.replay()
  expect([it.waiting(), onServer(it.server)['Sent']]).toEqual([1, []])
  it.fileAtServer('one')
  await it.replay(5)
  expect(it.waiting()).toBe(0)
  expect(await inSentItems(it)).toEqual(['one \\Seen'])
})

test('when such a provider stores nothing after all we do, and do not wait again', async () => {
  const it = await world({ host: 'smtp.gmail.com' })
  it.sent('one')
  await it.replay()
  await it.replay(30)
  it.sent('two')
  await it.replay(30)
  expect(it.waiting()).toBe(0)
  expect(await inSentItems(it)).toEqual(['one \\Seen', 'two \\Seen'])
})

test('a server that stores sent mail itself, only later, is found out by the first message, of which one copy stays', async () => {
  const it = await world()
  it.sent('one')
  await it.replay()
  it.fileAtServer('one')
  await synchronize(it.store, it.server, await it.server.connect())
  expect(onServer(it.server)['Sent']).toHaveLength(2)
  await it.replay(20)
  expect(await inSentItems(it)).toEqual(['one \\Seen'])
  it.sent('two')
  await it.replay()
  expect(it.waiting()).toBe(1)
  it.fileAtServer('two')
  await it.replay(3)
  expect(await inSentItems(it)).toEqual(['one \\Seen', 'two \\Seen'])
})

test('a server that twice had stored a sent message before we looked is waited for', async () => {
  const it = await world()
  for (const name of ['one', 'two']) {
    it.fileAtServer(name)
    it.sent(name)
    await it.replay()
  }
  it.sent('three')
  await it.replay()
  expect(it.waiting()).toBe(1)
  it.fileAtServer('three')
  await it.replay(1)
  expect(await inSentItems(it)).toEqual(['one \\Seen', 'three \\Seen', 'two \\Seen'])
})
