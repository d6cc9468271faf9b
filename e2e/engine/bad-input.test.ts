// What goes wrong outside: each gets its own code and text, and the next try works without a restart.
import { createServer, type Server, type Socket } from 'node:net'
import { readFileSync } from 'node:fs'
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { arrayMaildrop } from '../../electron/practice/pop3-maildrop.ts'
import { startPop3Server } from '../../electron/practice/pop3-server.ts'
import { startSmtpServer } from '../../electron/practice/smtp-server.ts'
import { startImapServer } from '../../electron/practice/imap-server.ts'
import type { AccountSettings } from '../../shared/domain/account.ts'
import type { AccountId } from '../../shared/domain/ids.ts'
import { errorText } from '../../shared/errors/error-text.ts'
import type { ErrorCode, ErrorInfo } from '../../shared/errors/mail-error.ts'
import { accountSettings, startTestEngine, type TestEngine } from './support/test-engine.ts'

const fixture = (name: string) => readFileSync(new URL(`../../electron/practice/fixtures/${name}`, import.meta.url), 'utf8')
const signal = new AbortController().signal

let engine: TestEngine
beforeEach(async () => {
  engine = await startTestEngine()
})
afterEach(async () => {
  await engine.close()
})

async function errorOf(settings: AccountSettings, password = 'practice'): Promise<ErrorInfo> {
  await engine.addAccount(settings, password)
  const run = await engine.engine.parts.runs.start({ accounts: null, receive: true, send: false, isForeground: false, bodies: 'on-demand' })
    .done
  const error = run.tasks[0]?.error
  if (!error) throw new Error('nothing failed')
  return error
}

async function silentServer(): Promise<{ port: number; close(): void }> {
  const sockets = new Set<Socket>()
  const server: Server = createServer((socket) => void sockets.add(socket)).listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    port: (server.address() as AddressInfo).port,
    close: () => {
      for (const socket of sockets) socket.destroy()
      server.close()
    },
  }
}

function expectText(error: ErrorInfo, code: ErrorCode, spoken: string): void {
  expect(error.code).toBe(code)
  const text = errorText(error)
  expect(text.spoken).toBe(spoken)
  expect(text.why).not.toContain('{')
  expect(text.details.some(([label]) => label === 'Server')).toBe(true)
}

for (const protocol of ['pop3', 'imap'] as const) {
  test(`${protocol}: a server name that does not exist`, async () => {
    const error = await errorOf(accountSettings({ protocol, user: 'a', host: 'no-such-host.invalid', port: 1 }))
    expectText(error, 'host-not-found', 'NET-2')
  })

  test(`${protocol}: a port that nobody listens on`, async () => {
    const server = await silentServer()
    server.close()
    expectText(await errorOf(accountSettings({ protocol, user: 'a', port: server.port })), 'connection-refused', 'NET-3')
  })

  test(`${protocol}: a server that says nothing`, { timeout: 30_000 }, async () => {
    const server = await silentServer()
    const settings = { ...accountSettings({ protocol, user: 'a', port: server.port }), timeoutSeconds: 1 }
    expectText(await errorOf(settings), 'timed-out', 'NET-5')
    server.close()
  })
}

const findUser = () => ({ password: 'right', maildrop: arrayMaildrop([]) })
const users = [{ user: 'alice', password: 'right' }]

test("POP3: a wrong password is refused with the server's words; the right one works without a restart", async () => {
  const server = await startPop3Server({ findUser })
  const settings = accountSettings({ protocol: 'pop3', user: 'alice', port: server.port })
  const error = await errorOf(settings, 'wrong')
  expectText(error, 'sign-in-refused', 'AUTH-1')
  expect(error.detail.reply).toBeTruthy()
  const [account] = engine.engine.parts.store.accounts.list()
  if (!account) throw new Error('no account')
  await engine.engine.handlers['accounts.update']({ id: account.id, settings, password: 'right', outgoingPassword: null }, signal)
  const run = await engine.sendAndReceive()
  expect(run.tasks.map((task) => task.state)).toEqual(['completed'])
  await server.close()
})

test('IMAP: a wrong password is refused', async () => {
  const server = await startImapServer({ users })
  expectText(await errorOf(accountSettings({ protocol: 'imap', user: 'alice', port: server.port }), 'wrong'), 'sign-in-refused', 'AUTH-1')
  await server.close()
})

const certificates = [
  ['a certificate of an issuer whom nobody knows', 'good', null, 'certificate-untrusted', 'TLS-1'],
  ['an expired certificate', 'expired', 'ca.pem', 'certificate-expired', 'TLS-2'],
  ['the certificate of another server', 'wrong-name', 'ca.pem', 'certificate-wrong-name', 'TLS-3'],
] as const

for (const [what, name, ca, code, spoken] of certificates) {
  test(`POP3 and IMAP: ${what}`, async () => {
    const tls = { key: fixture(`${name}.key`), cert: fixture(`${name}.pem`) }
    const pop3 = await startPop3Server({ findUser, tls, security: 'tls' })
    const imap = await startImapServer({ users, tls: { ...tls, mode: 'tls' } })
    for (const [protocol, { port }] of [
      ['pop3', pop3],
      ['imap', imap],
    ] as const) {
      const settings = accountSettings({ protocol, user: 'alice', port, security: 'tls', ...(ca && { ca: fixture(ca) }) })
      const error = await errorOf(settings, 'right')
      expectText(error, code, spoken)
      expect(error.detail.certificate?.fingerprint).toMatch(/^sha256:[0-9a-f]{64}$/)
      await engine.engine.handlers['accounts.remove']({ id: engine.engine.parts.store.accounts.list()[0]?.id as never }, signal)
    }
    await pop3.close()
    await imap.close()
  })
}

test('P4: POP3 cut in the middle of a message: what came whole is kept, the next try brings the rest', async () => {
  const messages = Array.from({ length: 5 }, (_, index) => ({
    uidl: `u${index + 1}`,
    raw: Buffer.from(`From: a@example.org\r\nSubject: number ${index + 1}\r\n\r\n${'text '.repeat(200)}\r\n`),
  }))
  const server = await startPop3Server({ findUser: () => ({ password: 'right', maildrop: arrayMaildrop(messages) }) })
  server.faults.dropInMessage = { number: 4, afterBytes: 100 }
  expectText(await errorOf(accountSettings({ protocol: 'pop3', user: 'alice', port: server.port }), 'right'), 'connection-lost', 'NET-4')
  const inbox = engine.local('inbox')
  expect(engine.rows(inbox).map((row) => row.subject)).toEqual(['number 1', 'number 2', 'number 3'])
  delete server.faults.dropInMessage
  expect((await engine.sendAndReceive()).received).toBe(2)
  expect(engine.rows(inbox)).toHaveLength(5)
  expect(server.commands.filter((command) => command.startsWith('DELE'))).toEqual([]) // P1
  await server.close()
})

test('T3: broken after the final dot: the message waits as "not sure" and is not sent again by itself', async () => {
  const smtp = await startSmtpServer({ users: [], faults: { dropAfterData: 'taken' } })
  const settings = accountSettings({ protocol: 'pop3', user: 'alice', port: 9, smtp: { port: smtp.port } })
  const account = await engine.addAccount({ ...settings, includeInReceive: false }, 'right')
  await queue(account.id, 'bob@example.org')
  expect((await engine.sendAndReceive()).tasks[0]?.error?.code).toBe('send-unsure')
  expect(engine.engine.parts.store.outbox.list().map((row) => row.state)).toEqual(['unsure'])
  const taken = smtp.received.length
  delete smtp.faults.dropAfterData
  await engine.sendAndReceive()
  expect(smtp.received).toHaveLength(taken)
  expect(engine.rows(engine.local('sent'))).toEqual([])
  await smtp.close()
})

test("T4: a refused message stays in the Outbox with the server's words, and the next one is sent", async () => {
  const smtp = await startSmtpServer({ users: [], faults: { refuseRecipients: { 'nobody@example.org': 550 } } })
  const settings = accountSettings({ protocol: 'pop3', user: 'alice', port: 9, smtp: { port: smtp.port } })
  const account = await engine.addAccount({ ...settings, includeInReceive: false }, 'right')
  await queue(account.id, 'nobody@example.org')
  await queue(account.id, 'bob@example.org')
  const error = (await engine.sendAndReceive()).tasks[0]?.error
  if (!error) throw new Error('nothing failed')
  expectText(error, 'recipient-refused', 'SMTP-1')
  expect(error.detail).toMatchObject({ address: 'nobody@example.org' })
  expect(error.detail.reply).toBeTruthy()
  expect(engine.engine.parts.store.outbox.list().map((row) => row.state)).toEqual(['refused'])
  expect(engine.rows(engine.local('sent'))).toHaveLength(1)
  await smtp.close()
})

async function queue(account: AccountId, to: string): Promise<void> {
  const { handlers } = engine.engine
  const draft = await handlers['compose.start']({ kind: 'new', message: null, folder: null }, signal)
  await handlers['outbox.queue']({ id: null, draft: { ...draft, account, to, subject: 'x', text: 'y' }, now: false }, signal)
}
