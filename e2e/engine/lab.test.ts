import { connect } from 'node:net'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type SmtpTarget, sendMessage, verifySmtp } from '../../electron/engine/protocol/smtp/smtp-session.ts'
import { startDelayProxy } from '../servers/delay-proxy.ts'
import { missingServers } from '../servers/find-servers.ts'
import { type LabWithSmtp, startLab } from '../servers/start-lab.ts'

const missing = missingServers()
const signal = new AbortController().signal
const body = 'Dear Bob,\r\n.a dot at the start of a line\r\nGrüße\r\n'
const message = Buffer.from(`From: alice@example.org\r\nTo: bob@example.org\r\nSubject: Hello\r\n\r\n${body}`)
let lab: LabWithSmtp

beforeAll(async () => {
  if (missing) process.stderr.write(`${missing}\n`)
  else lab = await startLab({ exim: true })
}, 30_000)

afterAll(() => lab?.stop())

function smtp(more: Partial<SmtpTarget> = {}): SmtpTarget {
  return {
    host: lab.host,
    port: lab.smtp.port,
    security: 'starttls',
    auth: lab.user('alice'),
    signIn: 'password',
    trust: { certificates: [], ca: lab.ca },
    timeoutMs: 10_000,
    accountName: 'Lab',
    ...more,
  }
}

test.skipIf(missing)('a message sent through Exim reaches the other user byte for byte', async () => {
  const result = await sendMessage(smtp(), { sender: 'alice@example.org', recipients: ['bob@example.org'] }, message, { signal })
  expect(result.reply).toMatch(/^250 OK id=/)
  const [arrived] = await lab.arrived('bob', 1)
  expect(arrived?.toString().split('\r\n\r\n').slice(1).join('\r\n\r\n')).toBe(body)
})

test.skipIf(missing)('Exim refuses one recipient and takes the other, and keeps what is for elsewhere', async () => {
  const recipients = ['nobody@example.org', 'friend@example.com']
  const result = await sendMessage(
    smtp({ port: lab.smtp.tlsPort, security: 'tls' }),
    { sender: 'alice@example.org', recipients },
    message,
    { signal },
  )
  expect(result.refused).toEqual([{ address: 'nobody@example.org', code: 550, reply: expect.stringContaining('no such user') }])
  await expect.poll(() => lab.outbound().length, { timeout: 10_000 }).toBe(1)
})

test.skipIf(missing)('a wrong password is refused at once', async () => {
  const started = performance.now()
  await expect(verifySmtp(smtp({ auth: { user: 'alice', password: 'wrong' } }), signal)).rejects.toMatchObject({ code: 'sign-in-refused' })
  expect(performance.now() - started).toBeLessThan(1_500)
})

test.skipIf(missing)('Dovecot greets on IMAP and POP3, also over a long line', async () => {
  lab.deliver('carol', message)
  lab.fill('imap2k', { count: 20, profile: 'real' })
  expect(lab.mailbox('carol')).toEqual([message])
  expect(lab.mailbox('imap2k')).toHaveLength(20)
  const proxy = await startDelayProxy(lab.pop3.port, 50)
  const started = performance.now()
  expect(await greetingOf(proxy.port)).toMatch(/^\+OK/)
  expect(performance.now() - started).toBeGreaterThan(45)
  await proxy.close()
  expect(await greetingOf(lab.imap.port)).toMatch(/^\* OK .*IMAP4rev1/)
})

function greetingOf(port: number): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1')
    socket.once('error', reject)
    socket.once('data', (chunk) => {
      socket.destroy()
      resolve(chunk.toString())
    })
  })
}
