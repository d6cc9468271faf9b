// Accounts that sign in with the browser, against Dovecot, which asks the identity provider about every token.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type IdentityProvider, startIdentityProvider } from '../../electron/practice/identity-provider.ts'
import { type RunningSmtpServer, startSmtpServer } from '../../electron/practice/smtp-server.ts'
import { readFileSync } from 'node:fs'
import type { Account, IncomingProtocol } from '../../shared/domain/account.ts'
import { type OAuthSettings, otherProvider } from '../../shared/domain/oauth.ts'
import type { LogonRequest } from '../../shared/domain/run.ts'
import { missingServers } from '../servers/find-servers.ts'
import { type Lab, startLab } from '../servers/start-lab.ts'
import { accountSettings, startTestEngine, type TestEngine } from './support/test-engine.ts'

const missing = missingServers()
const onDovecot = test.skipIf(missing !== undefined)
if (missing !== undefined) console.warn(`skipped: ${missing}`)

const signal = new AbortController().signal
const user = 'alice@example.org'
const fixture = (name: string) => readFileSync(new URL(`../../electron/practice/fixtures/${name}`, import.meta.url), 'utf8')
let provider: IdentityProvider
let smtp: RunningSmtpServer
let lab: Lab
beforeAll(async () => {
  provider = await startIdentityProvider({ user })
  smtp = await startSmtpServer({
    // What is good now is looked up with each log-on.
    users: [
      {
        user,
        get password() {
          return provider.newestToken() ?? 'nobody has signed in'
        },
      },
    ],
    mechanisms: ['XOAUTH2', 'OAUTHBEARER'],
    tls: { mode: 'starttls', cert: fixture('good.pem'), key: fixture('good.key') },
  })
  if (missing === undefined) lab = await startLab({ introspection: `${provider.issuer}/introspect` })
}, 60_000)
afterAll(async () => {
  await lab?.stop()
  await smtp.close()
  await provider.close()
})

const oauth = (): OAuthSettings => ({
  provider: otherProvider,
  issuer: provider.issuer,
  scope: '',
  clientId: 'practice-client',
  tenant: '',
})

function settingsFor(protocol: IncomingProtocol) {
  const settings = accountSettings({
    ...{ protocol, user, address: user, port: lab[protocol].tlsPort, security: 'tls', ca: lab.ca },
    smtp: { port: smtp.port, security: 'starttls', signIn: 'same' },
  })
  return { ...settings, incoming: { ...settings.incoming, signIn: 'oauth2' as const }, oauth: oauth() }
}

/** The user goes to the page that the program names, and accepts. */
async function signIn({ engine }: TestEngine, account: Account | null, protocol: IncomingProtocol): Promise<string | null> {
  const stop = engine.on('oauthStep', ({ step }) => void (step.kind === 'page' && provider.visit(step.url)))
  const wish = { run: 'test', account: account?.id ?? null, oauth: oauth(), protocol, user, way: 'browser' } as const
  const { ticket } = await engine.handlers['oauth.signIn'](wish, signal)
  stop()
  return ticket
}

const errorsOf = async (alice: TestEngine) => (await alice.sendAndReceive()).tasks.map(({ error }) => error?.code ?? null)
const letter = (subject: string) => Buffer.from(`From: bob@example.org\r\nTo: ${user}\r\nSubject: ${subject}\r\n\r\nHello\r\n`)

onDovecot.for(['imap', 'pop3'] as const)('%s: signed in before the account is made, received, sent, checked', async (protocol) => {
  lab.deliver('alice', letter(`By token over ${protocol}`))
  const alice = await startTestEngine()
  const oauthTicket = await signIn(alice, null, protocol)
  if (oauthTicket === null) throw new Error('There is no ticket.')
  const settings = settingsFor(protocol)
  const check = { run: 'check', account: null, settings, password: null, outgoingPassword: null, oauthTicket }
  const report = await alice.engine.handlers['doctor.run'](check, signal)
  expect(report.problem).toBeNull()
  const account = await alice.engine.handlers['accounts.add']({ settings, password: null, outgoingPassword: null, oauthTicket }, signal)
  const first = await alice.sendAndReceive()
  expect(first.tasks.map(({ error }) => error)).toEqual(first.tasks.map(() => null))
  expect(first.received).toBeGreaterThan(0)

  const draft = await alice.engine.handlers['compose.start']({ kind: 'new', message: null, folder: null }, signal)
  const filled = { ...draft, account: account.id, to: 'bob@example.org', subject: 'Sent by token', text: 'Hello' }
  await alice.engine.handlers['outbox.queue']({ id: null, draft: filled, now: false }, signal)
  expect((await alice.sendAndReceive()).sent).toBe(1)
  expect(smtp.received.at(-1)?.user).toBe(user)
  await alice.close()
})

onDovecot('a token that ends is refreshed without a word, a sign-in that ends is asked for again, and all goes on', async () => {
  const alice = await startTestEngine()
  const account = await alice.addAccount(settingsFor('imap'), '')
  await signIn(alice, account, 'imap')
  expect(await errorsOf(alice)).toEqual([null])

  provider.revoke('access')
  alice.engine.parts.work.connections.close()
  expect(await errorsOf(alice)).toEqual([null])
  expect(provider.grants.at(-1)).toBe('refresh_token')

  provider.revoke()
  alice.engine.parts.work.connections.close()
  const asked: LogonRequest[] = []
  const stop = alice.engine.on('logonNeeded', (request) => {
    asked.push(request)
    void signIn(alice, account, 'imap')
  })
  expect(await errorsOf(alice)).toEqual([null])
  stop()
  expect(asked.map((request) => request.oauth?.code)).toEqual(['oauth-revoked'])
  expect(alice.engine.parts.passwords.pending()).toEqual([])

  // Who goes back to a password leaves no token behind.
  const { secrets } = alice.engine.parts.ports
  expect(await secrets.get(`account-${account.id}-oauth`)).toBeDefined()
  const { id, isDefault: _isDefault, ...settings } = account
  const plain = { ...settings, incoming: { ...settings.incoming, signIn: 'password' as const } }
  await alice.engine.handlers['accounts.update']({ id, settings: plain, password: 'a password', outgoingPassword: null }, signal)
  expect(await secrets.get(`account-${id}-oauth`)).toBeUndefined()
  await alice.close()
})

onDovecot('background checks never ask, and who cancels reads why mail does not come', async () => {
  const alice = await startTestEngine()
  await alice.addAccount(settingsFor('pop3'), '')
  const { runs } = alice.engine.parts
  const background = { accounts: null, receive: true, send: true, isForeground: false, bodies: 'on-demand' } as const
  expect((await runs.start(background).done).tasks.map(({ error }) => error?.code)).toEqual(['oauth-missing'])
  alice.engine.on('logonNeeded', ({ request }) => void alice.engine.handlers['logon.answer']({ request, answer: null }, signal))
  expect(await errorsOf(alice)).toEqual(['oauth-missing'])
  await alice.close()
})

onDovecot('the doctor says that a sign-in is over, and what to do', async () => {
  const alice = await startTestEngine()
  const account = await alice.addAccount(settingsFor('imap'), '')
  const check = { run: 'check', account: account.id, settings: null, password: null, outgoingPassword: null }
  const { problem } = await alice.engine.handlers['doctor.run'](check, signal)
  expect(problem).toMatchObject({ side: 'incoming', step: 'log-on', error: { code: 'oauth-missing' } })
  expect(problem?.actions).toEqual([{ kind: 'sign-in-again', side: 'incoming' }])
  await signIn(alice, account, 'imap')
  expect((await alice.engine.handlers['doctor.run'](check, signal)).problem).toBeNull()
  await alice.close()
})
