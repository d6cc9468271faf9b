import { readFileSync } from 'node:fs'
import { afterEach, expect, test } from 'vitest'
import type { ErrorInfo } from '../../../../shared/errors/mail-error.ts'
import { toErrorInfo } from '../../../../shared/errors/mail-error.ts'
import { type SmtpServerOptions, startSmtpServer } from '../../../practice/smtp-server.ts'
import { type SmtpMoment, scriptedSmtp } from './scripted-smtp.ts'
import { type SmtpTarget, sendMessage, verifySmtp } from './smtp-session.ts'

const fixture = (name: string) => readFileSync(new URL(`../../../practice/fixtures/${name}`, import.meta.url), 'utf8')
const message = Buffer.from('Subject: Hello\r\n\r\nFirst line\r\n.starts with a dot\r\nLast line\r\n')
const anna = { sender: 'me@example.org', recipients: ['anna@example.org'] }
const logon = { user: 'me', password: 'open sesame' }
const running = new AbortController().signal

const closing: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const close of closing.splice(0)) await close()
})

async function practice(options: Partial<SmtpServerOptions> = {}) {
  const server = await startSmtpServer({ users: [], ...options })
  closing.push(server.close)
  return server
}

async function scripted(script: Parameters<typeof scriptedSmtp>[0]) {
  const server = await scriptedSmtp(script)
  closing.push(server.close)
  return server
}

function at(port: number, more: Partial<SmtpTarget> = {}): SmtpTarget {
  return {
    host: '127.0.0.1',
    port,
    security: 'none',
    auth: null,
    signIn: 'password',
    trust: { certificates: [], ca: null },
    timeoutMs: 5_000,
    accountName: 'Work',
    ...more,
  }
}

const tls = (mode: 'tls' | 'starttls', certificate = 'good') =>
  ({ mode, cert: fixture(`${certificate}.pem`), key: fixture(`${certificate}.key`) }) as const
const testCa = { certificates: [], ca: fixture('ca.pem') }

const send = (target: SmtpTarget, transmission = anna, raw = message) => sendMessage(target, transmission, raw, { signal: running })

async function failureOf(work: Promise<unknown>): Promise<ErrorInfo> {
  return work.then(
    () => expect.fail('It should have failed.'),
    (error: unknown) => toErrorInfo(error),
  )
}

test('sends the bytes as given and tells what the server said', async () => {
  const server = await practice()
  const result = await send(at(server.port))
  expect(result).toEqual({ accepted: ['anna@example.org'], refused: [], reply: expect.stringMatching(/^250 .*Message taken/) })
  expect(server.received[0]?.raw).toEqual(message)
  expect(server.received[0]).toMatchObject({ sender: 'me@example.org', recipients: ['anna@example.org'], isSecure: false })
})

test('keeps 8-bit text and announces it, with the size', async () => {
  const raw = Buffer.concat([Buffer.from('Subject: x\r\n\r\n'), Buffer.from([0xfc, 0xdf, 0x0d, 0x0a])])
  const server = await scripted({})
  await send(at(server.port), anna, raw)
  expect(server.lines).toContain(`MAIL FROM:<me@example.org> BODY=8BITMIME SIZE=${raw.length}`)
  expect(server.message()).toBe(raw.toString('latin1'))
})

test('asks for SMTPUTF8 only where an address needs it, and gives domains their ASCII form', async () => {
  const utf8Server = { EHLO: { reply: '250-scripted\r\n250 SMTPUTF8' } }
  const plain = await scripted(utf8Server)
  await send(at(plain.port), { sender: 'me@exämple.example', recipients: ['anna@example.org'] })
  expect(plain.lines).toContain('MAIL FROM:<me@xn--exmple-cua.example>')
  const international = await scripted(utf8Server)
  await send(at(international.port), { sender: 'me@example.org', recipients: ['jörg@example.org'] })
  expect(international.lines).toContain('MAIL FROM:<me@example.org> SMTPUTF8')
})

test('counts the bytes as they go', async () => {
  const server = await practice()
  const raw = Buffer.concat([message, Buffer.alloc(200_000, 'long line\r\n')])
  const seen: number[] = []
  await sendMessage(at(server.port), anna, raw, { signal: running, onProgress: (sent) => seen.push(sent) })
  expect(seen.length).toBeGreaterThan(2)
  expect(seen.at(-1)).toBe(raw.length)
})

test.each(['tls', 'starttls'] as const)('logs on and sends inside %s', async (security) => {
  const server = await practice({ users: [logon], tls: tls(security) })
  await send(at(server.port, { security, auth: logon, trust: testCa }))
  expect(server.received[0]).toMatchObject({ user: 'me', isSecure: true })
})

test('never sends in the clear when STARTTLS is wanted but not offered', async () => {
  const server = await scripted({})
  const error = await failureOf(send(at(server.port, { security: 'starttls', auth: logon })))
  expect(error).toMatchObject({ code: 'encryption-unavailable', detail: { secure: 'starttls', protocol: 'SMTP' } })
  expect(server.lines.join('\n')).not.toMatch(/AUTH|MAIL/)
})

test.each([
  ['tls', 'expired', 'certificate-expired'],
  ['starttls', 'expired', 'certificate-expired'],
  ['tls', 'wrong-name', 'certificate-wrong-name'],
  ['starttls', 'wrong-name', 'certificate-wrong-name'],
] as const)('inside %s a certificate that is %s stops the session before the log-on', async (security, certificate, code) => {
  const server = await practice({ users: [logon], tls: tls(security, certificate) })
  const error = await failureOf(send(at(server.port, { security, auth: logon, trust: testCa })))
  expect(error).toMatchObject({ code, detail: { account: 'Work', certificate: { fingerprint: expect.stringMatching(/^sha256:/) } } })
})

test.each(['tls', 'starttls'] as const)('inside %s a pinned certificate is taken, any other is not', async (security) => {
  const server = await practice({ users: [logon], tls: tls(security, 'wrong-name') })
  const target = at(server.port, { security, auth: logon })
  const first = await failureOf(verifySmtp(target, running))
  expect(first.code).toBe('certificate-untrusted')
  const pin = first.detail.certificate?.fingerprint ?? ''
  await verifySmtp({ ...target, trust: { certificates: [pin], ca: null } }, running)
  const other = { certificates: [`sha256:${'0'.repeat(64)}`], ca: null }
  expect(await failureOf(verifySmtp({ ...target, trust: other }, running))).toMatchObject({ code: 'certificate-untrusted' })
})

test('one refused recipient does not stop the others', async () => {
  const server = await practice({ faults: { refuseRecipients: { 'gone@example.org': 550 } } })
  const result = await send(at(server.port), { sender: 'me@example.org', recipients: ['gone@example.org', 'anna@example.org'] })
  expect(result.accepted).toEqual(['anna@example.org'])
  expect(result.refused).toEqual([{ address: 'gone@example.org', code: 550, reply: expect.stringContaining('is not taken here') }])
  expect(server.received[0]?.recipients).toEqual(['anna@example.org'])
})

test('names the recipient when all were refused', async () => {
  const server = await practice({ faults: { refuseRecipients: { 'a@example.org': 451, 'b@example.org': 550 } } })
  const error = await failureOf(send(at(server.port), { sender: 'me@example.org', recipients: ['a@example.org', 'b@example.org'] }))
  expect(error).toMatchObject({ code: 'recipient-refused', detail: { address: 'b@example.org', reply: expect.stringContaining('550') } })
})

test('waits and tries again when all recipients were only put off', async () => {
  const server = await practice({ faults: { refuseRecipients: { 'anna@example.org': 451 } } })
  expect(await failureOf(send(at(server.port)))).toMatchObject({ code: 'server-busy', detail: { address: 'anna@example.org' } })
})

test('a server that wants a log-on first leads to the box "My server requires authentication"', async () => {
  const server = await practice({ users: [logon] })
  expect(await failureOf(send(at(server.port)))).toMatchObject({
    code: 'recipient-refused',
    detail: { reply: expect.stringContaining('530') },
  })
})

test('a wrong password is the user’s to correct', async () => {
  const server = await practice({ users: [logon] })
  const error = await failureOf(verifySmtp(at(server.port, { auth: { user: 'me', password: 'wrong' } }), running))
  expect(error).toMatchObject({ code: 'sign-in-refused', detail: { user: 'me', reply: expect.stringContaining('535') } })
})

test('tells a missing password, a missing log-on and SPA apart', async () => {
  const server = await practice()
  const code = async (more: Partial<SmtpTarget>) => (await failureOf(verifySmtp(at(server.port, more), running))).code
  expect(await code({ auth: logon })).toBe('sign-in-unsupported')
  expect(await code({ auth: logon, signIn: 'spa' })).toBe('sign-in-unsupported')
  const guarded = await practice({ users: [logon] })
  expect((await failureOf(verifySmtp(at(guarded.port, { auth: { user: 'me', password: '' } }), running))).code).toBe('sign-in-missing')
})

test.each([
  ['connect', '421 4.7.0 Too many connections', 'server-busy'],
  ['connect', '554 5.7.1 Go away', 'message-refused'],
  ['connect', 'hello?', 'server-misbehaved'],
  ['AUTH', '454 4.7.0 Try later', 'server-busy'],
  ['AUTH', '535 5.7.8 No', 'sign-in-refused'],
  ['AUTH', '504 5.5.4 Unknown mechanism', 'sign-in-unsupported'],
  ['AUTH', '530 5.7.0 Must issue a STARTTLS command first', 'encryption-unavailable'],
  ['MAIL', '550 5.7.1 Sender not allowed', 'message-refused'],
  ['MAIL', '452 4.3.1 Disk full', 'server-busy'],
  ['MAIL', '530 5.7.0 Authentication required', 'recipient-refused'],
  ['RCPT', '550 5.1.1 No such user', 'recipient-refused'],
  ['RCPT', '530 5.7.0 Authentication required', 'recipient-refused'],
  ['DATA', '451 4.3.0 Not now', 'server-busy'],
  ['dot', '554 5.7.1 Looks like spam', 'message-refused'],
  ['dot', '552 5.3.4 Too big', 'message-refused'],
  ['dot', '552 5.2.2 Over quota', 'over-quota'],
  ['dot', '421 4.3.2 Going down', 'server-busy'],
  ['dot', '450 4.7.1 Try later', 'server-busy'],
] as const)('at %s the reply "%s" means %s', async (moment, reply, code) => {
  const server = await scripted({ [moment]: { reply } })
  const error = await failureOf(send(at(server.port, { auth: logon })))
  expect(error).toMatchObject({ code, detail: { account: 'Work', server: '127.0.0.1', port: server.port, reply } })
})

const stages: readonly (readonly [SmtpMoment, string])[] = [
  ['connect', 'connection-lost'],
  ['EHLO', 'connection-lost'],
  ['AUTH', 'connection-lost'],
  ['MAIL', 'connection-lost'],
  ['RCPT', 'connection-lost'],
  ['DATA', 'connection-lost'],
  ['dot', 'send-unsure'],
]

test.each(stages)('D3: a connection dropped at %s is %s', async (moment, code) => {
  const server = await scripted({ [moment]: 'drop' })
  expect((await failureOf(send(at(server.port, { auth: logon })))).code).toBe(code)
})

test.each(stages)('D3: a server that falls silent at %s is timed out, or unsure after the dot', async (moment, code) => {
  const server = await scripted({ [moment]: 'silence' })
  const error = await failureOf(send(at(server.port, { auth: logon, timeoutMs: 500 })))
  expect(error.code).toBe(code === 'send-unsure' ? 'send-unsure' : 'timed-out')
})

test.each(stages)('D3: stopping at %s is cancelled, or unsure after the dot', async (moment, code) => {
  const server = await scripted({ [moment]: 'silence' })
  const stop = new AbortController()
  const trace = (line: string) => {
    // The scripted server is silent from here on, so the session is exactly at this moment.
    if (line.startsWith(`C: ${moment}`)) setImmediate(() => stop.abort())
  }
  const onProgress = () => setImmediate(() => stop.abort())
  if (moment === 'connect') setImmediate(() => stop.abort())
  const error = await failureOf(sendMessage(at(server.port, { auth: logon }), anna, message, { signal: stop.signal, trace, onProgress }))
  expect(error.code).toBe(code === 'send-unsure' ? 'send-unsure' : 'cancelled')
})

test('D3: a connection dropped in the middle of a long message is lost, for the dot never left', async () => {
  const server = await scripted({ EHLO: { reply: '250 scripted' }, data: 'drop' })
  const raw = Buffer.concat([message, Buffer.alloc(20_000_000, 'long line\r\n')])
  expect((await failureOf(send(at(server.port), anna, raw))).code).toBe('connection-lost')
})

test.each(['250-2.0.0 half an answer', 'garbage', '354 again'])(
  'D3: "%s" after the dot is no answer that one can rely on',
  async (reply) => {
    const server = await scripted({ dot: { reply } })
    expect((await failureOf(send(at(server.port, { timeoutMs: 1500 })))).code).toBe('send-unsure')
  },
)

test.each(['taken', 'not-taken'] as const)(
  'D3: a message that was %s before the line broke is unsure either way',
  async (dropAfterData) => {
    const server = await practice({ faults: { dropAfterData } })
    expect((await failureOf(send(at(server.port)))).code).toBe('send-unsure')
    expect(server.received).toHaveLength(dropAfterData === 'taken' ? 1 : 0)
  },
)

test('refuses before sending when the message is larger than the server takes', async () => {
  const server = await scripted({ EHLO: { reply: '250-scripted\r\n250 SIZE 20' } })
  expect(await failureOf(send(at(server.port)))).toMatchObject({
    code: 'message-refused',
    detail: { reply: expect.stringContaining('20') },
  })
  expect(server.lines.join('\n')).not.toContain('MAIL')
})

test('an address with a line break never reaches the server', async () => {
  const server = await scripted({})
  const recipients = ['anna@example.org>\r\nRCPT TO:<eve@example.org']
  expect((await failureOf(send(at(server.port), { sender: 'me@example.org', recipients }))).code).toBe('bad-input')
  expect(server.lines.join('\n')).not.toContain('eve')
})

test('nobody listening and nobody of that name are two things', async () => {
  const server = await scriptedSmtp()
  await server.close()
  expect((await failureOf(send(at(server.port)))).code).toBe('connection-refused')
  expect((await failureOf(send(at(25, { host: 'no-such-host.invalid' })))).code).toBe('host-not-found')
})

test('a signal that was aborted before the start sends nothing', async () => {
  const server = await practice()
  const error = await failureOf(sendMessage(at(server.port), anna, message, { signal: AbortSignal.abort() }))
  expect(error.code).toBe('cancelled')
  expect(server.received).toHaveLength(0)
})

test.each([
  ['PLAIN', []],
  ['LOGIN', ['334 VXNlcm5hbWU6', '334 UGFzc3dvcmQ6']],
  ['CRAM-MD5', ['334 PDQyQGV4YW1wbGU+']],
] as const)('neither trace nor error shows the password or an answer to AUTH %s', async (mechanism, challenges) => {
  const secretForms = [
    logon.password,
    Buffer.from(logon.password).toString('base64'),
    Buffer.from(`\0me\0${logon.password}`).toString('base64'),
  ]
  const server = await scripted({
    EHLO: { reply: `250-scripted\r\n250 AUTH ${mechanism}` },
    AUTH: { reply: [...challenges, `535 5.7.8 ${secretForms.join(' or ')} is wrong`] },
  })
  const lines: string[] = []
  const options = { signal: running, trace: (line: string) => void lines.push(line) }
  const error = await failureOf(sendMessage(at(server.port, { auth: logon }), anna, message, options))
  const shown = [...lines, JSON.stringify(error)].join('\n')
  expect(lines).toContain(`C: AUTH ${mechanism} ***`)
  for (const secret of secretForms) expect(shown).not.toContain(secret)
  for (const answer of server.lines.slice(2)) expect(shown).not.toContain(answer)
})

test('the trace shows the dialogue without the message', async () => {
  const server = await scripted({})
  const lines: string[] = []
  await sendMessage(at(server.port), anna, message, { signal: running, trace: (line) => void lines.push(line) })
  expect(lines).toEqual(expect.arrayContaining(['S: 220 scripted ESMTP', 'C: RCPT TO:<anna@example.org>', 'S: 250 2.0.0 Queued as 4711']))
  expect(lines.join('\n')).not.toContain('First line')
})
