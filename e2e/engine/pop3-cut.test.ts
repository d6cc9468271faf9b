// B1: a session that retrieves and deletes 20 messages is cut after every byte, in both directions, then repeated until it is quiet.
// `npm test` takes every 9th byte; POSTRIDER_EVERY_BYTE=1 takes all of them.
import { createHash } from 'node:crypto'
import { afterEach, expect, test } from 'vitest'
import { openPop3Session } from '../../electron/engine/protocol/pop3/pop3-session.ts'
import { connectPop3 } from '../../electron/engine/sync/pop3-connection.ts'
import { keyOf } from '../../electron/engine/sync/pop3-consent.ts'
import { ordinaryJob } from '../../electron/engine/sync/pop3-job.ts'
import type { Store } from '../../electron/engine/store/store.ts'
import { arrayMaildrop, type StoredMessage } from '../../electron/practice/pop3-maildrop.ts'
import { startPop3Server, type Pop3Server } from '../../electron/practice/pop3-server.ts'
import type { Account } from '../../shared/domain/account.ts'
import { startCuttingProxy, type Cut, type CuttingProxy } from './support/cutting-proxy.ts'
import { accountSettings, startTestEngine, type TestEngine } from './support/test-engine.ts'

const everyByte = process.env.POSTRIDER_EVERY_BYTE === '1'
const stride = everyByte ? 1 : 9
const signal = new AbortController().signal
const byText = (a: string, b: string) => (a < b ? -1 : 1)
const silent = { say() {}, expect() {}, note() {}, got() {} }

interface Scene {
  readonly engine: TestEngine
  readonly server: Pop3Server
  readonly proxy: CuttingProxy
  readonly mail: StoredMessage[]
  /** Deleted on the server although they were not safe here. */
  readonly lost: string[]
}

let scene: Scene
afterEach(async () => {
  await scene.proxy.close()
  await scene.server.close()
  await scene.engine.close()
})

const original = Array.from({ length: 20 }, (_, index) => ({
  uidl: `u${index}`,
  raw: Buffer.from(`From: a@b.c\r\nSubject: m${index}\r\n\r\n..text\r\n`),
}))
const hashOf = (raw: Buffer) => createHash('sha256').update(raw).digest('hex')

async function startScene(pipelining: boolean): Promise<Scene> {
  const engine = await startTestEngine()
  const { store } = engine.engine.parts
  const mail: StoredMessage[] = []
  const lost: string[] = []
  const maildrop = arrayMaildrop(mail)
  const watched = {
    ...maildrop,
    remove: (uidls: readonly string[]) => {
      for (const { uidl, raw } of mail) if (uidls.includes(uidl) && !isDurable(store, raw)) lost.push(uidl)
      maildrop.remove(uidls)
    },
  }
  const server = await startPop3Server({
    findUser: () => ({ password: 'p', maildrop: watched }),
    abilities: { pipelining, mechanisms: [] },
  })
  return { engine, server, mail, lost, proxy: await startCuttingProxy(server.port) }
}

function isDurable(store: Store, raw: Buffer): boolean {
  return rowsOf(store).some(({ hash }) => hash === hashOf(raw)) && store.bodies.read(hashOf(raw)).equals(raw)
}

function rowsOf(store: Store) {
  const inbox = store.folders.byRole(null, 'inbox')
  if (!inbox) throw new Error('no Inbox')
  return store.messages.idsInFolder(inbox.id).map((id) => ({ id, hash: store.messages.details(id).body?.hash }))
}

async function receive({ engine, proxy }: Scene, account: Account): Promise<boolean> {
  const { store } = engine.engine.parts
  const { host, security, signIn } = account.incoming
  const target = {
    host,
    security,
    signIn,
    port: proxy.port,
    user: 'a',
    password: 'p',
    trust: { certificates: [], ca: null },
    timeoutMs: 5000,
  }
  try {
    await connectPop3({
      ...{ account, store, clock: { now: Date.now }, progress: silent, signal, job: ordinaryJob, forecasts: undefined },
      retryAfterMs: [5, 20, 100],
      open: (mayPipeline) => openPop3Session({ ...target, accountName: 'a', mayPipeline }, signal),
    })
    return true
  } catch {
    return false // Cut: the next one goes on.
  }
}

/** One account of its own, cut once, then received until nothing is left to do. */
async function cutAndRepeat(cut: Cut | undefined): Promise<void> {
  const { engine, proxy, mail, lost } = scene
  const { store } = engine.engine.parts
  const account = freshAccount()
  proxy.cut = cut
  await receive(scene, account)
  proxy.cut = undefined
  let isQuiet = false
  for (let round = 0; round < 4 && !(isQuiet && mail.length === 0); round += 1) isQuiet = await receive(scene, account)
  const where = JSON.stringify(cut)
  expect({ where, lost, onServer: mail.map(({ uidl }) => uidl) }).toEqual({ where, lost: [], onServer: [] })
  const hashes = rowsOf(store).map(({ hash }) => hash ?? '')
  expect({ where, hashes: hashes.toSorted(byText) }).toEqual({ where, hashes: original.map(({ raw }) => hashOf(raw)).toSorted(byText) })
  clear(account)
}

/** With the server full, the store empty, and the user's yes to deletions. */
function freshAccount(): Account {
  const { engine, proxy, mail } = scene
  const { store } = engine.engine.parts
  mail.splice(0, mail.length, ...original)
  const base = accountSettings({ protocol: 'pop3', user: 'a', port: proxy.port })
  return store.transaction(() => {
    const account = store.accounts.add({ ...base, pop3: { ...base.pop3, leaveOnServer: false } })
    store.pop3Accounts.setAgreed(account.id, keyOf(account.pop3))
    return account
  })
}

function clear(account: Account): void {
  const { store } = scene.engine.engine.parts
  store.transaction(() => {
    store.messages.remove(rowsOf(store).map(({ id }) => id))
    store.accounts.remove(account.id)
  })
}

test.each([
  ['pipelined', true],
  ['one command at a time', false],
])(
  'P4, P7, P8: cut after every byte, %s: each message is here exactly once, none was deleted before it was safe',
  { timeout: 900_000 },
  async (_, pipelining) => {
    scene = await startScene(pipelining)
    await cutAndRepeat(undefined)
    const passed = await sessionLength()
    let cuts = 0
    for (const from of ['server', 'client'] as const) {
      for (let after = 1; after <= passed[from]; after += stride) {
        await cutAndRepeat({ from, after })
        cuts += 1
      }
    }
    console.info(`${cuts} cuts in ${passed.server} bytes from the server and ${passed.client} from the client`)
  },
)

/** Bytes of a whole session. */
async function sessionLength(): Promise<{ readonly server: number; readonly client: number }> {
  const account = freshAccount()
  expect(await receive(scene, account)).toBe(true)
  clear(account)
  return { ...scene.proxy.passed }
}
