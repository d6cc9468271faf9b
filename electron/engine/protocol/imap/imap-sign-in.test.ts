import { afterEach, expect, test } from 'vitest'
import { allCapabilities } from '../../../practice/imap-server.ts'
import { closeAll, failureOf, fixture, open, startServer } from './imap-test-kit.ts'

afterEach(closeAll)

const testCa = { certificates: [], ca: fixture('ca.pem') }
const certificate = (name: string, mode: 'tls' | 'starttls') => ({ mode, cert: fixture(`${name}.pem`), key: fixture(`${name}.key`) })

test.each(['tls', 'starttls'] as const)('%s: a good certificate, also pinned, and none that nobody vouches for', async (mode) => {
  const server = await startServer({ tls: certificate('good', mode) })
  const session = await open(server, { security: mode, trust: testCa })
  expect((await session.select('INBOX')).exists).toBe(0)
  const failure = await failureOf(open(server, { security: mode }))
  expect(failure).toMatchObject({ code: 'certificate-untrusted', detail: { secure: mode } })
  const pin = failure.detail.certificate?.fingerprint ?? ''
  expect((await open(server, { security: mode, trust: { certificates: [pin], ca: null } })).isUsable).toBe(true)
  const other = { certificates: [`sha256:${'0'.repeat(64)}`], ca: null }
  expect((await failureOf(open(server, { security: mode, trust: other }))).code).toBe('certificate-untrusted')
})

test.each(['tls', 'starttls'] as const)('%s: expired, and of another name', async (mode) => {
  const expired = await startServer({ tls: certificate('expired', mode) })
  expect((await failureOf(open(expired, { security: mode, trust: testCa }))).code).toBe('certificate-expired')
  const wrongName = await startServer({ tls: certificate('wrong-name', mode) })
  expect((await failureOf(open(wrongName, { security: mode, trust: testCa }))).code).toBe('certificate-wrong-name')
  expect([...expired.commands, ...wrongName.commands].map((command) => command.name)).not.toContain('AUTHENTICATE')
})

test('a required STARTTLS that is not offered, or refused, ends before the password', async () => {
  const plain = await startServer()
  expect((await failureOf(open(plain, { security: 'starttls', trust: testCa }))).code).toBe('encryption-unavailable')
  const refusing = await startServer({ tls: certificate('good', 'starttls'), faults: { replies: { STARTTLS: 'NO Not today' } } })
  const failure = await failureOf(open(refusing, { security: 'starttls', trust: testCa }))
  expect(failure).toMatchObject({ code: 'encryption-unavailable', detail: { reply: 'NO Not today' } })
  expect([...plain.commands, ...refusing.commands].map((command) => command.name)).not.toContain('AUTHENTICATE')
})

test('a server that speaks plain text where TLS is due makes no secure connection', async () => {
  const server = await startServer()
  expect((await failureOf(open(server, { security: 'tls', trust: testCa, timeoutMs: 1_000 }))).code).toBe('encryption-unavailable')
})

test('without encryption STARTTLS is not used, even where it is offered', async () => {
  const server = await startServer({ tls: certificate('good', 'starttls') })
  await open(server, { security: 'none' })
  expect(server.commands.map((command) => command.name)).not.toContain('STARTTLS')
})

test.each<[string, { mechanisms: string[]; capabilities?: readonly string[] }, string]>([
  ['PLAIN', { mechanisms: ['PLAIN'] }, 'AUTHENTICATE PLAIN'],
  ['LOGIN', { mechanisms: ['LOGIN'] }, 'AUTHENTICATE LOGIN'],
  ['CRAM-MD5', { mechanisms: ['CRAM-MD5'] }, 'AUTHENTICATE CRAM-MD5'],
  ['SCRAM-SHA-256', { mechanisms: ['PLAIN', 'CRAM-MD5', 'SCRAM-SHA-1', 'SCRAM-SHA-256', 'NTLM'] }, 'AUTHENTICATE SCRAM-SHA-256'],
  ['SCRAM-SHA-1', { mechanisms: ['PLAIN', 'SCRAM-SHA-1'] }, 'AUTHENTICATE SCRAM-SHA-1'],
  ['the LOGIN command', { mechanisms: [] }, 'LOGIN "anna"'],
  ['PLAIN with LOGIN switched off', { mechanisms: ['PLAIN'], capabilities: [...allCapabilities, 'LOGINDISABLED'] }, 'AUTHENTICATE PLAIN'],
])('signs in by %s, and no form of the password reaches the trace', async (_, options, command) => {
  const server = await startServer(options)
  const lines: string[] = []
  const session = await open(server, { trace: (line) => lines.push(line) })
  await session.close()
  expect(server.commands.some(({ text }) => text.includes(command))).toBe(true)
  const trace = lines.join('\n')
  expect(trace).toContain('C: ')
  expect(trace).toContain('LOGOUT')
  const password = 'öpen "sesame"'
  const forms = [password, 'sesame', Buffer.from(password).toString('base64'), Buffer.from(`\0anna\0${password}`).toString('base64')]
  expect(forms.filter((form) => trace.includes(form))).toEqual([])
})

test.each(['CORP/anna/anna', 'CORP\\anna', 'anna smith', 'ännä@example.org'])('the user name %s arrives unchanged', async (user) => {
  for (const mechanisms of [['PLAIN'], ['LOGIN'], ['CRAM-MD5'], []]) {
    const server = await startServer({ mechanisms, users: [{ user, password: 'pw ü' }] })
    expect((await open(server, { user, password: 'pw ü' })).isUsable).toBe(true)
  }
})

test('a server that repeats the password in its answer does not bring it into error or trace', async () => {
  const server = await startServer({ mechanisms: [], faults: { replies: { LOGIN: 'BAD Unknown: LOGIN anna sesame' } } })
  const lines: string[] = []
  const failure = await failureOf(open(server, { password: 'sesame', trace: (line) => lines.push(line) }))
  expect(failure.detail.reply).toBe('BAD Unknown: LOGIN anna ***')
  expect(lines.join()).not.toContain('sesame')
})

test('nothing weaker or other than the account asks for is tried', async () => {
  const server = await startServer({ mechanisms: ['PLAIN'] })
  for (const signIn of ['spa', 'oauth2', 'none'] as const) {
    expect((await failureOf(open(server, { signIn }))).code).toBe('sign-in-unsupported')
  }
  const closed = await startServer({ mechanisms: [], capabilities: [...allCapabilities, 'LOGINDISABLED'] })
  expect((await failureOf(open(closed))).code).toBe('sign-in-unsupported')
  expect([...server.commands, ...closed.commands].some(({ name }) => name === 'AUTHENTICATE' || name === 'LOGIN')).toBe(false)
})

test('an empty password is a missing one', async () => {
  expect((await failureOf(open(await startServer(), { password: '' }))).code).toBe('sign-in-missing')
})
