import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest'
import { missingServers } from '../servers/find-servers.ts'
import { openImapHands } from '../servers/imap-hands.ts'
import { type Lab, startLab } from '../servers/start-lab.ts'
import type { AccountId } from '../../shared/domain/ids.ts'
import { startCuttingProxy } from './support/cutting-proxy.ts'
import { accountSettings, startTestEngine, type TestEngine } from './support/test-engine.ts'

const missing = missingServers()
let lab: Lab

beforeAll(async () => {
  if (missing) process.stderr.write(`${missing}\n`)
  else lab = await startLab()
}, 30_000)

afterAll(() => lab?.stop())

const letter = (subject: string) =>
  Buffer.from(`From: bob@example.org\r\nMessage-ID: <${subject}@x>\r\nSubject: ${subject}\r\n\r\nHello\r\n`)

/** An account whose mail was received once, so that it is watched. */
async function watching(port: number, name: 'alice' | 'bob') {
  const me = await startTestEngine()
  onTestFinished(() => me.close())
  me.engine.parts.watch.begin()
  const { user, password } = lab.user(name)
  const account = await me.addAccount(accountSettings({ protocol: 'imap', user, port }), password)
  await me.sendAndReceive()
  return {
    me,
    subjects(path: string) {
      const folder = me.engine.parts.store.folders.find(account.id, path)
      return folder ? me.rows(folder.id).map(({ subject }) => subject) : []
    },
  }
}

/** The last thing that was said to the server, in as many connections as that. */
const waits = (me: TestEngine) =>
  me.engine.parts.protocolLog.lines(1 as AccountId, 'IMAP').filter((line) => / C: \S+ IDLE$/.test(line)).length

async function isWaiting(me: TestEngine, times = 1): Promise<void> {
  await expect.poll(() => waits(me), { timeout: 8000, interval: 20 }).toBeGreaterThanOrEqual(times)
}

test.skipIf(missing)('mail that arrives is in the list within two seconds, in the Inbox and in any folder that is shown', async () => {
  const { user, password } = lab.user('alice')
  const hands = await openImapHands({ port: lab.imap.port, user, password })
  onTestFinished(() => hands.close())
  await hands.command('CREATE Projects')
  await hands.command('SUBSCRIBE Projects')
  const { me, subjects } = await watching(lab.imap.port, 'alice')
  await isWaiting(me)
  await hands.append('INBOX', { raw: letter('inbox') })
  await expect.poll(() => subjects('INBOX'), { timeout: 2000, interval: 20 }).toEqual(['inbox'])
  await hands.append('Projects', { raw: letter('projects') })
  await expect.poll(() => subjects('Projects'), { timeout: 2000, interval: 20 }).toEqual(['projects'])
})

test.skipIf(missing)('a connection that breaks comes back by itself, and what arrived meanwhile is there', async () => {
  const proxy = await startCuttingProxy(lab.imap.port)
  onTestFinished(() => proxy.close())
  const { me, subjects } = await watching(proxy.port, 'bob')
  await isWaiting(me)
  proxy.breakAll()
  lab.deliver('bob', letter('while away'))
  await isWaiting(me, 2)
  await expect.poll(() => subjects('INBOX'), { timeout: 3000, interval: 20 }).toEqual(['while away'])
})

test.skipIf(missing)('working offline ends every connection, and none comes back', async () => {
  const proxy = await startCuttingProxy(lab.imap.port)
  onTestFinished(() => proxy.close())
  const { me } = await watching(proxy.port, 'bob')
  await isWaiting(me)
  await me.engine.handlers['settings.set']({ offline: true }, new AbortController().signal)
  await expect.poll(() => proxy.open(), { timeout: 3000, interval: 20 }).toBe(0)
  me.engine.parts.watch.again()
  me.engine.parts.watch.watch(1 as AccountId)
  expect(proxy.open()).toBe(0)
})
