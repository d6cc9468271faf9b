// Whatever happens on the wire, every piece of work ends, and with an error that has a name: never with `bug`.
// RANDOM_FAULTS=1000 runs more of them; RANDOM_FAULTS_SEED another row.
import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startImapServer } from '../../electron/practice/imap-server.ts'
import { arrayMaildrop } from '../../electron/practice/pop3-maildrop.ts'
import { startPop3Server } from '../../electron/practice/pop3-server.ts'
import { startSmtpServer } from '../../electron/practice/smtp-server.ts'
import type { Account, Security } from '../../shared/domain/account.ts'
import { type ErrorCode, toErrorInfo } from '../../shared/errors/mail-error.ts'
import { errorRegistry } from '../../shared/errors/registry.ts'
import { seededRandom, type SeededRandom } from '../servers/seeded-random.ts'
import { type FaultProxy, startFaultProxy, type WireFault } from './support/fault-proxy.ts'
import { randomFault, type Wire } from './support/random-fault.ts'
import { accountSettings, startTestEngine, type TestEngine } from './support/test-engine.ts'

const count = Number(process.env.RANDOM_FAULTS ?? 100)
const firstSeed = Number(process.env.RANDOM_FAULTS_SEED ?? 1)
/** Twice the server timeout of the accounts and some retries: what is not over by then hangs. */
const settlesMs = 15_000

const signal = new AbortController().signal
const logon = { user: 'alice', password: 'practice' }
const securities = ['none', 'starttls', 'tls'] as const
const fixture = (name: string) => readFileSync(new URL(`../../electron/practice/fixtures/${name}`, import.meta.url), 'utf8')
const good = { key: fixture('good.key'), cert: fixture('good.pem') }
const wrong = { key: fixture('wrong-name.key'), cert: fixture('wrong-name.pem') }

interface Place {
  readonly account: Account
  readonly security: Security
  readonly incoming: FaultProxy
  readonly outgoing: FaultProxy
}

let kit: TestEngine
const places: Place[] = []
const others: number[] = []
const closing: (() => Promise<unknown>)[] = []
const mail: { uidl: string; raw: Buffer }[] = []
const wild: string[] = []
let deliver = (_raw: Buffer) => {}

function kept<S extends { readonly close: () => Promise<unknown> }>(server: S): S {
  closing.push(() => server.close())
  return server
}

beforeAll(async () => {
  kit = await startTestEngine()
  kit.engine.on('accountStatus', (status) => {
    if (status.state === 'failed' && status.error.code === 'bug') wild.push(`in the background: ${status.error.message}`)
  })
  // Somebody who opens a message may be asked; this user always declines. (What is done in the background asks nobody.)
  kit.engine.on('trustNeeded', ({ request }) => void kit.engine.handlers['trust.answer']({ request, accept: false }, signal))
  kit.engine.on('logonNeeded', ({ request }) => void kit.engine.handlers['logon.answer']({ request, answer: null }, signal))
  process.on('unhandledRejection', (reason) => wild.push(`unhandled: ${String(reason)}`))
  const maildrop = arrayMaildrop(mail)
  const findUser = (name: string) => (name === logon.user ? { password: logon.password, maildrop } : undefined)
  const first = kept(await startImapServer({ users: [logon] }))
  deliver = (raw) => {
    mail.push({ uidl: `u${mail.length}`, raw })
    first.mailboxes.deliver('INBOX', raw)
  }
  for (const security of securities) {
    const tls = security !== 'none' && { tls: { mode: security, ...good } }
    const pop3 = kept(await startPop3Server({ findUser, ...(security !== 'none' && { tls: good, security }) }))
    const imap = kept(await startImapServer({ users: [logon], mailboxes: first.mailboxes, ...tls }))
    const smtp = kept(await startSmtpServer({ users: [logon], ...tls }))
    for (const [protocol, server] of [['pop3', pop3] as const, ['imap', imap] as const]) {
      const incoming = kept(await startFaultProxy(server.port))
      const outgoing = kept(await startFaultProxy(smtp.port))
      const settings = accountSettings({
        protocol,
        user: logon.user,
        port: incoming.port,
        security,
        smtp: { port: outgoing.port, security, signIn: 'same' },
        ca: fixture('ca.pem'),
      })
      const account = await kit.addAccount({ ...settings, timeoutSeconds: 1 }, logon.password)
      places.push({ account, security, incoming, outgoing })
    }
    others.push(pop3.port, imap.port, smtp.port)
  }
  others.push(kept(await startPop3Server({ findUser, tls: wrong })).port)
  others.push(kept(await startImapServer({ users: [logon], tls: { mode: 'tls', ...wrong } })).port)
})

afterAll(async () => {
  await kit.close()
  for (const close of closing) await close()
})

/** Each gives the codes of its failures. */
const works: Readonly<Record<Wire, readonly ((place: Place, random: SeededRandom) => Promise<readonly ErrorCode[]>)[]>> = {
  pop3: [receive],
  imap: [receive, receive, open, flag],
  smtp: [send],
}

async function receive({ account }: Place): Promise<readonly ErrorCode[]> {
  deliver(Buffer.from(`From: Bob <bob@example.org>\r\nSubject: Letter ${mail.length}\r\n\r\n${'Words of a letter.\r\n'.repeat(40)}`))
  const request = { accounts: [account.id], receive: true, send: false, isForeground: false, bodies: 'on-demand' } as const
  return codesOf(await kit.engine.parts.runs.start(request).done)
}

async function send({ account }: Place): Promise<readonly ErrorCode[]> {
  const { handlers, parts } = kit.engine
  const draft = await handlers['compose.start']({ kind: 'new', message: null, folder: null }, signal)
  const filled = { ...draft, account: account.id, to: 'bob@example.org', subject: 'Hello', text: 'Hello Bob\n'.repeat(100) }
  const { id } = await handlers['outbox.queue']({ id: null, draft: filled, now: false }, signal)
  const request = { accounts: [account.id], receive: false, send: true, isForeground: false, bodies: 'on-demand', outgoing: [id] } as const
  return codesOf(await parts.runs.start(request).done)
}

async function open({ account }: Place, random: SeededRandom): Promise<readonly ErrorCode[]> {
  const row = anyRow(account, random)
  return row === undefined ? [] : caught(kit.engine.handlers['messages.open']({ id: row }, signal))
}

async function flag({ account }: Place, random: SeededRandom): Promise<readonly ErrorCode[]> {
  const row = anyRow(account, random)
  if (row === undefined) return []
  await kit.engine.handlers['messages.setFlags']({ ids: [row], add: ['flagged'], remove: [] }, signal)
  return caught(kit.engine.parts.work.replay({ account, signal, isForeground: false }))
}

function anyRow(account: Account, random: SeededRandom) {
  const { store } = kit.engine.parts
  const inbox = store.folders.byRole(account.id, 'inbox')
  const ids = inbox ? store.messages.idsInFolder(inbox.id) : []
  return ids.length > 0 ? random.pick(ids) : undefined
}

const codesOf = ({ tasks }: Awaited<ReturnType<TestEngine['sendAndReceive']>>) =>
  tasks.flatMap(({ error }) => (error ? [named(error)] : []))

async function caught(work: unknown): Promise<readonly ErrorCode[]> {
  try {
    await work
    return []
  } catch (error) {
    return [named(toErrorInfo(error))]
  }
}

function named({ code, message }: { readonly code: ErrorCode; readonly message: string }): ErrorCode {
  if (code === 'bug' || !(code in errorRegistry)) wild.push(`${code}: ${message}`)
  return code
}

interface Trial {
  readonly seed: number
  readonly wire: Wire
  readonly fault: WireFault
  readonly codes: readonly ErrorCode[] | 'hangs'
}

async function tryOnce(seed: number): Promise<Trial> {
  const random = seededRandom(seed)
  const wire = random.pick(['pop3', 'imap', 'smtp'] as const)
  const place = random.pick(places.filter(({ account }) => wire === 'smtp' || account.protocol === wire))
  const fault = randomFault(random, { wire, security: place.security, others })
  const proxy = wire === 'smtp' ? place.outgoing : place.incoming
  proxy.fault = fault
  kit.engine.parts.work.connections.close(place.account.id)
  const timer = Promise.withResolvers<'hangs'>()
  const limit = setTimeout(() => timer.resolve('hangs'), settlesMs)
  const codes = await Promise.race([random.pick(works[wire])(place, random), timer.promise])
  clearTimeout(limit)
  proxy.fault = undefined
  return { seed, wire, fault, codes }
}

const described = ({ seed, wire, fault, codes }: Trial) => `seed ${seed}, ${wire}, ${JSON.stringify(fault)}: ${String(codes)}`

test(
  `${count} random faults: everything ends, and nothing with an unknown error`,
  async () => {
    const trials: Trial[] = []
    for (let seed = firstSeed; seed < firstSeed + count; seed++) {
      const before = wild.length
      const trial = await tryOnce(seed)
      trials.push(trial)
      for (let at = before; at < wild.length; at++) wild[at] = `${described(trial)}: ${wild[at]}`
    }
    expect(trials.filter(({ codes }) => codes === 'hangs').map(described)).toEqual([])
    expect(wild).toEqual([])
    // Most faults are noticed; if not, this test would prove nothing.
    expect(trials.filter(({ codes }) => codes.length > 0).length).toBeGreaterThan(count / 3)
    if (process.env.RANDOM_FAULTS) process.stdout.write(`${JSON.stringify(tally(trials))}\n`)
  },
  count * 2000,
)

test('after all of that mail still comes and goes', async () => {
  kit.engine.parts.work.connections.close()
  for (const place of places) {
    expect(await receive(place)).toEqual([])
    expect(await send(place)).toEqual([])
  }
}, 60_000)

function tally(trials: readonly Trial[]): Record<string, number> {
  const counts: Record<string, number> = {}
  for (const { wire, codes } of trials) {
    const key = `${wire} ${String(codes) || 'went well'}`
    counts[key] = (counts[key] ?? 0) + 1
  }
  return counts
}
