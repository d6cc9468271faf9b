import { readFileSync } from 'node:fs'
import { afterEach, expect, test } from 'vitest'
import type { ErrorInfo } from '../../../../shared/errors/mail-error.ts'
import { toErrorInfo } from '../../../../shared/errors/mail-error.ts'
import { type SmtpServerOptions, startSmtpServer } from '../../../practice/smtp-server.ts'
import { type SmtpDeed, scriptedSmtp } from './scripted-smtp.ts'
import { type SmtpTarget, sendMessage, verifySmtp } from './smtp-session.ts'

const fixture = (name: string) => readFileSync(new URL(`../../../practice/fixtures/${name}`, import.meta.url), 'utf8')
const logon = { user: 'CORP\\jörg', password: 'open "sesame"' }
const running = new AbortController().signal
const everything = ['PLAIN', 'LOGIN', 'CRAM-MD5', 'SCRAM-SHA-1', 'SCRAM-SHA-256', 'NTLM']

const closing: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const close of closing.splice(0)) await close()
})

async function practice(mechanisms: readonly string[], options: Partial<SmtpServerOptions> = {}) {
  const server = await startSmtpServer({ users: [logon], mechanisms, ...options })
  closing.push(server.close)
  return server
}

async function scripted(mechanisms: string, auth: SmtpDeed) {
  const server = await scriptedSmtp({ EHLO: { reply: `250-scripted\r\n250 AUTH ${mechanisms}` }, AUTH: auth })
  closing.push(server.close)
  return server
}

function at(port: number, more: Partial<SmtpTarget> = {}): SmtpTarget {
  return {
    host: '127.0.0.1',
    port,
    security: 'none',
    auth: logon,
    signIn: 'password',
    trust: { certificates: [], ca: fixture('ca.pem') },
    timeoutMs: 5_000,
    accountName: 'Work',
    ...more,
  }
}

/** Sends a message; what was said besides, without secrets. */
async function dialogue(target: SmtpTarget): Promise<readonly string[]> {
  const lines: string[] = []
  const transmission = { sender: 'me@example.org', recipients: ['anna@example.org'] }
  await sendMessage(target, transmission, Buffer.from('Subject: x\r\n\r\nx\r\n'), { signal: running, trace: (line) => lines.push(line) })
  return lines
}

async function failureOf(target: SmtpTarget): Promise<ErrorInfo> {
  return verifySmtp(target, running).then(
    () => expect.fail('It should have failed.'),
    (error: unknown) => toErrorInfo(error),
  )
}

const tls = { mode: 'starttls', cert: fixture('good.pem'), key: fixture('good.key') } as const

test.each([
  ['SCRAM-SHA-256', everything],
  ['SCRAM-SHA-1', ['PLAIN', 'SCRAM-SHA-1', 'CRAM-MD5']],
  ['CRAM-MD5', ['PLAIN', 'CRAM-MD5']],
  ['PLAIN', ['LOGIN', 'PLAIN']],
  ['LOGIN', ['LOGIN']],
])('in the clear it signs in with %s, the strongest that is offered', async (mechanism, mechanisms) => {
  const server = await practice(mechanisms)
  expect(await dialogue(at(server.port))).toContain(`C: AUTH ${mechanism} ***`)
  expect(server.received[0]?.user).toBe(logon.user)
})

test('over TLS the password itself is sent, which works however the server keeps it', async () => {
  const server = await practice(everything, { tls })
  expect(await dialogue(at(server.port, { security: 'starttls' }))).toContain('C: AUTH PLAIN ***')
})

test.each(['none', 'starttls'] as const)(
  'SPA signs in by NTLM with security "%s", and its answers are not in the trace',
  async (security) => {
    const server = await practice(everything, security === 'starttls' ? { tls } : {})
    const lines = await dialogue(at(server.port, { security, signIn: 'spa' }))
    const from = lines.indexOf('C: AUTH NTLM ***')
    expect(lines.slice(from + 1, from + 5)).toEqual(['S: 334 ***', 'C: ***', 'S: 334 ***', 'C: ***'])
    expect(server.received[0]?.user).toBe(logon.user)
  },
)

test.each(['password', 'spa'] as const)(
  'a wrong password with sign-in "%s" is refused once and not tried in another way',
  async (signIn) => {
    const server = await practice(everything)
    const error = await failureOf(at(server.port, { signIn, auth: { ...logon, password: 'wrong' } }))
    expect(error).toMatchObject({ code: 'sign-in-refused', detail: { reply: expect.stringContaining('535'), user: logon.user } })
  },
)

test('SPA is never replaced by a password', async () => {
  const server = await scripted('PLAIN LOGIN CRAM-MD5', { reply: '235 Welcome' })
  const error = await failureOf(at(server.port, { signIn: 'spa' }))
  expect(error).toMatchObject({ code: 'sign-in-unsupported', detail: { server: '127.0.0.1', account: 'Work', action: 'log on' } })
  expect(server.lines.filter((line) => line.startsWith('AUTH'))).toEqual([])
})

test('a challenge that makes no sense cancels the log-on', async () => {
  const server = await scripted('NTLM', { reply: ['334 ntlm supported', '334 TlRMTVNTUAACAAAA', '501 Cancelled'] })
  const error = await failureOf(at(server.port, { signIn: 'spa' }))
  expect(error).toMatchObject({ code: 'server-misbehaved', detail: { account: 'Work', action: 'log on' } })
  expect(server.lines.filter((line) => line !== 'QUIT').at(-1)).toBe('*')
})

test.each([
  ['NTLM', 'spa'],
  ['SCRAM-SHA-256', 'password'],
] as const)('a yes to %s without any proof is not believed', async (mechanism, signIn) => {
  const server = await scripted(mechanism, { reply: '235 Welcome' })
  expect((await failureOf(at(server.port, { signIn }))).code).toBe('server-misbehaved')
})

test.each([
  ['504 5.5.4 Unrecognized authentication type', 'sign-in-unsupported'],
  ['454 4.7.0 Temporary authentication failure', 'server-busy'],
  ['535 5.7.8 no', 'sign-in-refused'],
])('%j to AUTH NTLM means %s', async (reply, code) => {
  const server = await scripted('NTLM', { reply })
  expect((await failureOf(at(server.port, { signIn: 'spa' }))).code).toBe(code)
})

test('a log-on that is answered with no SMTP reply at all is the server’s mistake', async () => {
  const { port } = await scripted('PLAIN', { reply: '+OK POP3' })
  expect(await failureOf(at(port))).toMatchObject({ code: 'server-misbehaved' })
})
