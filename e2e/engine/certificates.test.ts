// What happens between a server's certificate that nothing vouches for and the user (issue 5): asked, accepted, changed, declined.
import { readFileSync } from 'node:fs'
import { afterEach, expect, test } from 'vitest'
import { type RunningImapServer, startImapServer } from '../../electron/practice/imap-server.ts'
import { startSmtpServer } from '../../electron/practice/smtp-server.ts'
import type { Account } from '../../shared/domain/account.ts'
import type { RunProgress } from '../../shared/domain/run.ts'
import type { TrustRequest } from '../../shared/domain/trust-request.ts'
import { accountSettings, startTestEngine, type TestEngine } from './support/test-engine.ts'

const fixture = (name: string) => readFileSync(new URL(`../../electron/practice/fixtures/${name}`, import.meta.url), 'utf8')
const never = new AbortController().signal
const closing: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close()
})

async function serve(certificate: string): Promise<RunningImapServer> {
  const tls = { mode: 'tls', key: fixture(`${certificate}.key`), cert: fixture(`${certificate}.pem`) } as const
  const server = await startImapServer({ users: [{ user: 'a', password: 'p' }], tls })
  closing.push(server.close)
  return server
}

async function setUp(port: number): Promise<{ readonly engine: TestEngine; readonly account: Account }> {
  const engine = await startTestEngine()
  closing.push(engine.close)
  const settings = accountSettings({ protocol: 'imap', user: 'a', host: 'localhost', port, security: 'tls' })
  return { engine, account: await engine.addAccount(settings, 'p') }
}

/** Answers every question the same way, and remembers them. */
function answering({ engine }: TestEngine, accept: boolean): TrustRequest[] {
  const asked: TrustRequest[] = []
  engine.on('trustNeeded', (request) => {
    asked.push(request)
    void engine.handlers['trust.answer']({ request: request.request, accept }, never)
  })
  return asked
}

const codeOf = ({ tasks }: RunProgress) => tasks[0]?.error?.code ?? 'well'

test('an accepted certificate is pinned for this account and server, and not asked about again', async () => {
  const server = await serve('wrong-name')
  const { engine, account } = await setUp(server.port)
  const asked = answering(engine, true)
  expect(codeOf(await engine.sendAndReceive())).toBe('well')
  expect(asked).toMatchObject([
    {
      account: account.id,
      question: {
        accountName: account.name,
        host: 'localhost',
        port: server.port,
        certificate: { subject: 'elsewhere.example', names: ['elsewhere.example'], problems: expect.arrayContaining(['wrong-name']) },
        replaces: null,
      },
    },
  ])
  const { trust } = engine.engine.parts.store.accounts.get(account.id)
  expect(trust.certificates).toMatchObject([{ server: `localhost:${server.port}`, facts: { issuer: 'Postrider test CA' } }])
  engine.engine.parts.work.connections.close()
  expect(codeOf(await engine.sendAndReceive())).toBe('well')
  expect(asked).toHaveLength(1)
})

test('what is accepted for one account counts for no other, and for no other server', async () => {
  const [server, twin] = [await serve('good'), await serve('good')]
  const { engine, account } = await setUp(server.port)
  const asked = answering(engine, true)
  await engine.sendAndReceive()
  const other = await engine.addAccount({ ...account, name: 'Other' }, 'p')
  const { store } = engine.engine.parts
  store.accounts.update(other.id, { ...other, trust: { certificates: [], ca: null } })
  store.accounts.update(account.id, { ...store.accounts.get(account.id), incoming: { ...account.incoming, port: twin.port } })
  engine.engine.parts.work.connections.close()
  await engine.sendAndReceive()
  expect(new Set(asked.map(({ account: of, question }) => `${of} ${question.port}`))).toEqual(
    new Set([`${account.id} ${server.port}`, `${account.id} ${twin.port}`, `${other.id} ${server.port}`]),
  )
  expect(asked).toHaveLength(3)
})

test('a certificate that has changed is asked about again, and says what it takes the place of', async () => {
  const first = await serve('good')
  const { engine, account } = await setUp(first.port)
  const asked = answering(engine, true)
  await engine.sendAndReceive()
  // As if it were the same server: the other one has the first one's place in account and pin.
  const second = await serve('expired')
  const { store } = engine.engine.parts
  const { trust, ...before } = store.accounts.get(account.id)
  const certificates = trust.certificates.map((pin) => ({ ...pin, server: `localhost:${second.port}` }))
  store.accounts.update(account.id, { ...before, incoming: { ...before.incoming, port: second.port }, trust: { ...trust, certificates } })
  engine.engine.parts.work.connections.close()
  expect(codeOf(await engine.sendAndReceive())).toBe('well')
  expect(asked.map(({ question }) => question.replaces?.facts?.subject ?? null)).toEqual([null, 'localhost'])
  expect(asked[1]?.question.certificate.problems).toContain('expired')
  expect(store.accounts.get(account.id).trust.certificates).toMatchObject([{ facts: { validTo: '2020-01-01' } }])
})

test('No leaves everything as it is: nothing is sent, nothing is pinned, nothing is tried again', async () => {
  const server = await serve('wrong-name')
  const { engine, account } = await setUp(server.port)
  const asked = answering(engine, false)
  const { code, detail } = (await engine.sendAndReceive()).tasks[0]?.error ?? {}
  expect(code).toMatch(/^certificate-/)
  expect(detail?.certificate?.fingerprint).toMatch(/^sha256:/)
  expect(asked).toHaveLength(1)
  expect(server.commands).toEqual([])
  expect(engine.engine.parts.store.accounts.get(account.id).trust.certificates).toEqual([])
})

test('a check that nobody started does not ask: it fails, and the account shows it', async () => {
  const server = await serve('good')
  const { engine } = await setUp(server.port)
  const asked = answering(engine, true)
  const states: string[] = []
  engine.engine.on('accountStatus', (status) => states.push(status.state === 'failed' ? status.error.code : status.state))
  const { runs } = engine.engine.parts
  await runs.start({ accounts: null, receive: true, send: false, isForeground: false, bodies: 'on-demand' }).done
  expect(asked).toEqual([])
  expect(states.at(-1)).toBe('certificate-untrusted')
})

test('Stop takes the question back', async () => {
  const server = await serve('good')
  const { engine } = await setUp(server.port)
  const { runs } = engine.engine.parts
  engine.engine.on('trustNeeded', () => void runs.stopAll())
  expect((await engine.sendAndReceive()).tasks[0]?.state).toBe('cancelled')
  expect(engine.engine.handlers['trust.pending']({}, never)).toEqual([])
})

test.each(['tls', 'starttls'] as const)(
  'outgoing mail asks as well (%s): accepted, the message leaves once; declined, it waits',
  async (mode) => {
    const imap = await serve('good')
    const tls = { mode, key: fixture('wrong-name.key'), cert: fixture('wrong-name.pem') } as const
    const smtp = await startSmtpServer({ users: [], tls })
    closing.push(smtp.close)
    const { engine, account } = await setUp(imap.port)
    const { store } = engine.engine.parts
    const outgoing = { ...account.outgoing, host: 'localhost', port: smtp.port, security: mode }
    store.accounts.update(account.id, { ...account, outgoing, trust: { certificates: [], ca: fixture('ca.pem') } })
    const { handlers } = engine.engine
    const draft = await handlers['compose.start']({ kind: 'new', message: null, folder: null }, never)
    const letter = { ...draft, account: account.id, to: 'bob@example.org', subject: 'Hello', text: 'Hello' }
    await handlers['outbox.queue']({ id: null, draft: letter, now: false }, never)

    let accept = false
    engine.engine.on('trustNeeded', ({ request }) => void handlers['trust.answer']({ request, accept }, never))
    const declined = await engine.sendAndReceive()
    expect(declined.tasks.find(({ kind }) => kind === 'send')?.error?.code).toMatch(/^certificate-/)
    expect(store.outbox.list().map(({ state }) => state)).toEqual(['waiting'])
    accept = true
    await engine.sendAndReceive()
    expect(smtp.received).toHaveLength(1)
    expect(store.outbox.list()).toEqual([])
    expect(store.accounts.get(account.id).trust.certificates.map(({ server }) => server)).toEqual([`localhost:${smtp.port}`])
  },
)
