// POP3 on the second family of servers: every way to log on, the whole story of an account, and what Cyrus does otherwise than Dovecot.
import { createHash } from 'node:crypto'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { openPop3Session, type Pop3Target } from '../../electron/engine/protocol/pop3/pop3-session.ts'
import type { Pop3Options, Security } from '../../shared/domain/account.ts'
import { missingCyrus } from '../servers/find-servers.ts'
import type { LabUserName } from '../servers/lab-users.ts'
import { type RecordingProxy, startRecordingProxy } from '../servers/recording-proxy.ts'
import { type CyrusLab, startCyrusLab } from '../servers/start-cyrus-lab.ts'
import { message, signal } from './support/pop3-world.ts'
import { accountSettings, startTestEngine, type TestEngine } from './support/test-engine.ts'

const missing = missingCyrus()
const onCyrus = test.skipIf(missing !== undefined)
if (missing !== undefined) console.warn(`skipped: ${missing}`)

const securities = ['none', 'starttls', 'tls'] as const
const day = 24 * 3_600_000

let lab: CyrusLab
let wire: RecordingProxy
beforeAll(async () => {
  if (missing !== undefined) return
  lab = await startCyrusLab()
  wire = await startRecordingProxy(lab.pop3.port)
}, 60_000)
afterAll(async () => {
  await wire?.close()
  await lab?.stop()
})

const open: TestEngine[] = []
afterEach(async () => {
  for (const engine of open.splice(0)) await engine.close()
})

/** What Cyrus is told to offer, and what is then seen on the wire without and with TLS. */
const ways = [
  ['PLAIN', 'APOP alice ***', 'USER alice'],
  ['LOGIN', 'APOP alice ***', 'AUTH LOGIN'],
  ['CRAM-MD5', 'AUTH CRAM-MD5', 'AUTH CRAM-MD5'],
  ['SCRAM-SHA-1', 'AUTH SCRAM-SHA-1', 'AUTH SCRAM-SHA-1'],
  ['SCRAM-SHA-256', 'AUTH SCRAM-SHA-256', 'AUTH SCRAM-SHA-256'],
  ['NTLM', 'AUTH NTLM', 'AUTH NTLM'],
  ['PLAIN LOGIN CRAM-MD5 DIGEST-MD5 SCRAM-SHA-1 SCRAM-SHA-256 NTLM', 'AUTH SCRAM-SHA-256', 'USER alice'],
] as const

function pop3Target({ host, pop3, ca }: CyrusLab, more: Pick<Pop3Target, 'user' | 'password'> & Partial<Pop3Target>): Pop3Target {
  const port = more.security === 'tls' ? pop3.tlsPort : pop3.port
  const usual = { security: 'none', signIn: 'password', accountName: 'Work', timeoutMs: 10_000 } as const
  return { ...usual, host, port, trust: { certificates: [], ca }, ...more }
}

onCyrus.for(ways)('Cyrus with %s: plain, STLS, TLS; right and wrong password', async ([mechanisms, plain, encrypted]) => {
  const offering = await startCyrusLab({ mechanisms })
  const signIn = mechanisms === 'NTLM' ? 'spa' : 'password'
  const { user, password } = offering.user('alice')
  try {
    for (const security of securities) {
      const lines: string[] = []
      const target = pop3Target(offering, { user, password, security, signIn })
      const session = await openPop3Session(target, signal, (line) => lines.push(line))
      expect(await session.stat()).toEqual({ count: 0, bytes: 0 })
      await session.quit()
      const seen = lines.filter((line) => /^C: (USER|APOP|AUTH)/.test(line))
      expect(seen).toEqual([`C: ${security === 'none' ? plain : encrypted}`])
      expect(lines.join('\n')).not.toContain(password)
      await expect(openPop3Session({ ...target, password: 'wrong' }, signal)).rejects.toMatchObject({ code: 'sign-in-refused' })
    }
  } finally {
    await offering.stop()
  }
})

onCyrus.for(['CORP\\alice', 'CORP/alice/a.smith', 'CORP/alice'])('NTLM with the name "%s" opens the mailbox of alice', async (user) => {
  const session = await openPop3Session(pop3Target(lab, { user, password: lab.user('alice').password, signIn: 'spa' }), signal)
  await session.quit()
})

interface World {
  readonly engine: TestEngine
  connect(): Promise<void>
  subjects(): readonly string[]
  /** How often each of these was sent since the last call. */
  sent(): { readonly top: number; readonly retr: number; readonly dele: number }
}

async function start(
  name: LabUserName,
  options: Partial<Pop3Options>,
  { security = 'none', clock = { at: Date.now() } }: { readonly security?: Security; readonly clock?: { at: number } } = {},
): Promise<World> {
  const engine = await startTestEngine(undefined, { now: () => clock.at })
  open.push(engine)
  const port = { none: wire.port, starttls: lab.pop3.port, tls: lab.pop3.tlsPort }[security]
  const base = accountSettings({ protocol: 'pop3', user: name, port, security, ca: lab.ca })
  await engine.addAccount({ ...base, pop3: { ...base.pop3, ...options } }, lab.user(name).password)
  const { parts, on } = engine.engine
  on('forecastNeeded', ({ request }) => {
    setImmediate(() => parts.forecasts.answer(request, true))
  })
  wire.takeSent()
  return {
    engine,
    connect: async () => {
      const { tasks } = await engine.sendAndReceive()
      expect(tasks.map(({ error }) => error)).toEqual([null])
    },
    subjects: () => engine.rows(engine.local('inbox')).map(({ subject }) => subject),
    sent: () => {
      const lines = wire.takeSent()
      const count = (verb: string) => lines.filter((line) => line.startsWith(verb)).length
      return { top: count('TOP '), retr: count('RETR '), dele: count('DELE ') }
    },
  }
}

async function emptied(name: LabUserName): Promise<void> {
  const hands = await lab.hands(name)
  await hands.command('SELECT INBOX')
  await hands.command('STORE 1:* +FLAGS.SILENT (\\Deleted)').catch(() => [])
  await hands.command('EXPUNGE')
}

onCyrus.for(securities)('downloads byte for byte and deletes, security %s', async (security) => {
  await emptied('bob')
  const mail = [message('one', '.dots\r\n..\r\n.'), message('two', 'Grüße, 日本\r\n\r\n\r\n'), message('three', 'x'.repeat(40_000))]
  for (const raw of mail) await lab.deliver('bob', raw)
  const { engine, connect, subjects, sent } = await start('bob', { leaveOnServer: false }, { security })
  await connect()
  expect(subjects()).toEqual(['one', 'two', 'three'])
  if (security === 'none') expect(sent()).toEqual({ top: 0, retr: 3, dele: 3 })
  expect(await lab.mailbox('bob')).toEqual([])
  const { store } = engine.engine.parts
  const hashOf = (raw: Buffer) => createHash('sha256').update(raw).digest('hex')
  expect(mail.map((raw) => store.bodies.has(hashOf(raw)) && store.bodies.read(hashOf(raw)).equals(raw))).toEqual([true, true, true])
})

onCyrus('P1, P12: a copy stays, and what is known is not fetched again, whatever the server calls it', async () => {
  await emptied('bob')
  for (const subject of ['one', 'two', 'three']) await lab.deliver('bob', message(subject))
  const { connect, subjects, sent } = await start('bob', {})
  await connect()
  expect(sent()).toEqual({ top: 0, retr: 3, dele: 0 })
  await connect()
  expect(sent()).toEqual({ top: 0, retr: 0, dele: 0 })
  const hands = await lab.hands('bob')
  await hands.command('SELECT INBOX')
  await hands.command('STORE 1 +FLAGS.SILENT (\\Deleted)')
  await hands.command('EXPUNGE')
  await lab.deliver('bob', message('four'))
  await connect()
  // One UIDL is new and one is missing: it could be the same message.
  expect(sent()).toEqual({ top: 1, retr: 1, dele: 0 })
  expect(subjects()).toEqual(['one', 'two', 'three', 'four'])
  const left = await lab.mailbox('bob')
  await emptied('bob')
  for (const raw of left) await lab.deliver('bob', raw)
  await connect()
  expect(sent()).toEqual({ top: 3, retr: 0, dele: 0 })
  expect(subjects()).toHaveLength(4)
  expect(await lab.mailbox('bob')).toEqual(left)
})

onCyrus('P3, P4: copies leave the server after their days, or when they are deleted here', async () => {
  await emptied('bob')
  const clock = { at: Date.now() }
  for (const subject of ['old', 'unwanted']) await lab.deliver('bob', message(subject))
  const { engine, connect, sent } = await start('bob', { removeAfterDays: 5, removeWhenDeleted: true }, { clock })
  await connect()
  expect(sent()).toEqual({ top: 0, retr: 2, dele: 0 })
  const { handlers } = engine.engine
  const ids = engine.rows(engine.local('inbox')).flatMap(({ id, subject }) => (subject === 'unwanted' ? id : []))
  await handlers['messages.delete']({ ids, permanently: true }, signal)
  await connect()
  expect(sent()).toEqual({ top: 0, retr: 0, dele: 1 })
  clock.at += 4 * day
  await lab.deliver('bob', message('new'))
  await connect()
  expect(sent()).toEqual({ top: 0, retr: 1, dele: 0 })
  clock.at += 2 * day
  await connect()
  expect(sent()).toEqual({ top: 0, retr: 0, dele: 1 })
  expect((await lab.mailbox('bob')).map(String)).toEqual([String(message('new'))])
})

onCyrus('P10, P11: 10 known and 14 on the server are four TOPs; marks are RETR, RETR and DELE, and DELE', async () => {
  for (let index = 1; index <= 10; index += 1) await lab.deliver('carol', message(`m${index}`))
  const { engine, connect, sent } = await start('carol', { headersOnly: true })
  await connect()
  expect(sent()).toEqual({ top: 10, retr: 0, dele: 0 })
  for (let index = 11; index <= 14; index += 1) await lab.deliver('carol', message(`m${index}`))
  await connect()
  expect(sent()).toEqual({ top: 4, retr: 0, dele: 0 })
  const inbox = engine.local('inbox')
  expect(engine.rows(inbox).map(({ subject, state, size }) => [subject, state, size])).toContainEqual([
    'm14',
    'header-only',
    message('m14').length,
  ])
  const id = (subject: string) => engine.rows(inbox).flatMap((row) => (row.subject === subject ? row.id : []))
  const { handlers } = engine.engine
  await handlers['pop3.setMarks']({ ids: id('m1'), mark: 'retrieve' }, signal)
  await handlers['pop3.setMarks']({ ids: id('m2'), mark: 'retrieve-copy' }, signal)
  await handlers['pop3.deleteOnServer']({ ids: id('m3') }, signal)
  await connect()
  expect(sent()).toEqual({ top: 0, retr: 2, dele: 2 })
  expect(await lab.mailbox('carol')).toHaveLength(12)
  expect(engine.rows(inbox).filter(({ state }) => state === 'downloaded')).toHaveLength(2)
})

onCyrus('Cyrus lets two programs in at once: what the other one deletes meanwhile stops nothing', async () => {
  await emptied('bob')
  for (const subject of ['one', 'two', 'three']) await lab.deliver('bob', message(subject))
  const { user, password } = lab.user('bob')
  const target = pop3Target(lab, { user, password })
  const session = await openPop3Session(target, signal)
  const other = await openPop3Session(target, signal)
  const numbers = (await session.list()).map(({ number }) => number)
  await other.delete(2)
  await other.quit()
  const got: string[] = []
  await session.retrieveAll(numbers, (number, raw) => void got.push(`${number} ${/Subject: (.*)\r/.exec(raw.toString())?.[1]}`))
  expect(got).toEqual(['1 one', '2 two', '3 three'])
  const refused: number[] = []
  await session.deleteAll(numbers, (number) => refused.push(number))
  await session.quit()
  expect(refused).toEqual([])
  expect(await lab.mailbox('bob')).toEqual([])
})
