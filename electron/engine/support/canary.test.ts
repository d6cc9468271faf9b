// A password that must not appear: planted through every way to log on, and looked for in all of its forms.
import { createHash, createHmac } from 'node:crypto'
import { afterEach, expect, test } from 'vitest'
import type { AccountId } from '../../../shared/domain/ids.ts'
import { reportText } from '../../../shared/doctor/doctor-text.ts'
import { openImapSession } from '../protocol/imap/imap-session.ts'
import { openPop3Session } from '../protocol/pop3/pop3-session.ts'
import { verifySmtp } from '../protocol/smtp/smtp-session.ts'
import { bearerForms } from '../protocol/sasl/bearer.ts'
import { certificate, check, closeServers, fixture, imap, password, pop3, smtp, user } from './doctor-test-kit.ts'
import { ProtocolLog } from './protocol-log.ts'
import { traceGuard } from './trace-guard.ts'

afterEach(closeServers)

const account = 1 as AccountId
const never = new AbortController().signal
const base64 = (text: string | Buffer) => Buffer.from(text).toString('base64')

/** Answers of challenge mechanisms are random, so what gives them away is their frame: no word of base64 may be left at all. */
function expectClean(text: string): void {
  const digest = createHash('md5').update(password).digest('hex')
  const forms = [
    ...[password, JSON.stringify(password).slice(1, -1), encodeURIComponent(password), base64(password), base64(`\0${user}\0${password}`)],
    ...[Buffer.from(password).toString('latin1'), Buffer.from(password, 'utf16le').toString('hex'), digest, base64('NTLMSSP').slice(0, 9)],
    ...bearerForms(user, password),
    ...[base64('n,,n='), base64(`${user} `).slice(0, 6), createHmac('md5', password).update('').digest('hex')],
  ]
  for (const form of forms) expect(text).not.toContain(form)
  expect(text).not.toMatch(/[A-Za-z\d+/]{24,}={0,2}/)
  expect(text).not.toMatch(/\b[\da-f]{32,}\b/)
}

const ways = ['PLAIN', 'LOGIN', 'CRAM-MD5', 'SCRAM-SHA-1', 'SCRAM-SHA-256', 'NTLM', 'USER', 'APOP', 'XOAUTH2', 'OAUTHBEARER']
/** Access tokens travel only over TLS. */
const isToken = (way: string) => way === 'XOAUTH2' || way === 'OAUTHBEARER'
const signInOf = (way: string) => (isToken(way) ? 'oauth2' : way === 'NTLM' ? 'spa' : 'password')
const securityOf = (way: string) => (isToken(way) ? 'tls' : 'none')
const good = certificate('good')
const base = {
  host: '127.0.0.1',
  user,
  trust: { certificates: [], ca: fixture('ca.pem') },
  timeoutMs: 5000,
  accountName: 'Work',
} as const

async function throughPop3(way: string, secret: string, trace: (line: string) => void): Promise<void> {
  const mechanisms = way === 'USER' || way === 'APOP' ? [] : [way]
  const { port } = await pop3({ abilities: { mechanisms, apop: way === 'APOP' }, ...(isToken(way) && { tls: good }) })
  const target = { ...base, port, password: secret, signIn: signInOf(way), security: securityOf(way) } as const
  const session = await openPop3Session(target, never, trace)
  await session.quit()
}

async function throughImap(way: string, secret: string, trace: (line: string) => void): Promise<void> {
  const mechanisms = way === 'USER' || way === 'APOP' ? [] : [way]
  const { port } = await imap({ mechanisms, ...(isToken(way) && { tls: { ...good, mode: 'tls' } }) })
  const target = { ...base, port, password: secret, signIn: signInOf(way), security: securityOf(way) } as const
  const session = await openImapSession(target, never, trace)
  await session.close()
}

async function throughSmtp(way: string, secret: string, trace: (line: string) => void): Promise<void> {
  const { port } = await smtp({ mechanisms: [way], ...(isToken(way) && { tls: { ...good, mode: 'tls' } }) })
  const target = { ...base, port, auth: { user, password: secret }, signIn: signInOf(way), security: securityOf(way) } as const
  await verifySmtp(target, never, trace)
}

test.for(ways)('no form of the password gets into the protocol log, accepted or refused: %s', async (way) => {
  const log = new ProtocolLog({ now: () => 0 })
  const all = [
    ...[['POP3', throughPop3] as const, ['IMAP', throughImap] as const],
    ...(way === 'USER' || way === 'APOP' ? [] : [['SMTP', throughSmtp] as const]),
  ]
  for (const [protocol, through] of all) {
    await through(way, password, log.tracer(account, protocol))
    const accepted = log.lines(account, protocol).join('\n')
    expect(accepted).toContain('***')
    const trace = log.tracer(account, protocol)
    // A wrong password that holds the right one, as a slip of the keyboard has it.
    await expect(through(way, `${password}x`, trace)).rejects.toMatchObject({ code: 'sign-in-refused' })
    expectClean(log.lines(account, protocol).join('\n'))
  }
})

test('the report of the doctor has none either', async () => {
  for (const protocol of ['pop3', 'imap'] as const) {
    const { report, finding } = await check({ protocol })
    expect(finding).toBe('well')
    expect(report.log.length).toBeGreaterThan(8)
    expectClean(reportText(report))
    expectClean(JSON.stringify(report))
  }
})

test('a server that repeats what it was sent gives nothing away', async () => {
  const echo = await pop3({ faults: { onCommand: (name, args) => (name === 'PASS' ? `-ERR [AUTH] no: PASS ${args}` : undefined) } })
  const { report } = await check({ incoming: { port: echo.port } })
  expect(report.problem?.error.code).toBe('sign-in-refused')
  expectClean(JSON.stringify(report))
})

test('secrets are found by grammar, whoever sends the lines', () => {
  const seen: string[] = []
  const trace = traceGuard((line) => seen.push(line))
  const lines = [
    'C: PASS hunter2',
    'S: +OK in',
    'C: a1 LOGIN anna {7}',
    'S: + go on',
    'C: hunter2',
    'S: * CAPABILITY IMAP4',
    'S: a1 OK',
    'C: a2 NOOP',
  ]
  for (const line of [
    ...lines,
    'C: AUTH PLAIN',
    'S: 334 ',
    'C: aHVudGVyMg==',
    'S: 235 in',
    'C: apop anna 0123abc',
    'S: -ERR no',
    'C: QUIT',
  ])
    trace(line)
  expect(seen.join('\n')).not.toMatch(/hunter2|aHVudGVyMg|0123abc/)
  expect(seen).toContain('C: a2 NOOP')
  expect(seen).toContain('C: apop anna ***')
  expect(seen.at(-1)).toBe('C: QUIT')
})

test('the log keeps the last lines of each protocol, and none of an account that is gone', () => {
  const log = new ProtocolLog({ now: () => Date.UTC(2026, 0, 1, 12) })
  const trace = log.tracer(account, 'POP3')
  for (let number = 1; number <= 3000; number++) trace(`C: RETR ${number}`)
  expect(log.lines(account, 'POP3')).toHaveLength(500)
  expect(log.lines(account, 'POP3').at(-1)).toBe('12:00:00.000 C: RETR 3000')
  expect(log.lines(account, 'SMTP')).toEqual([])
  log.forget(account)
  expect(log.lines(account, 'POP3')).toEqual([])
})
