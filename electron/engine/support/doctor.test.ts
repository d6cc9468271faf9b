import { afterEach, expect, test } from 'vitest'
import { reportText } from '../../../shared/doctor/doctor-text.ts'
import { certificate, check, closedPort, closeServers, imap, oldTls, password, pop3, smtp, talker } from './doctor-test-kit.ts'

afterEach(closeServers)

const good = certificate('good')

test.for([
  ['POP3 in the clear', 'pop3', 'none'],
  ['POP3 with STARTTLS', 'pop3', 'starttls'],
  ['POP3 with TLS', 'pop3', 'tls'],
  ['IMAP with STARTTLS', 'imap', 'starttls'],
] as const)('%s and its outgoing server are found to be well', async ([, protocol, security]) => {
  const secured = security === 'none' ? {} : { tls: good, security }
  const server = protocol === 'pop3' ? await pop3(secured) : await imap({ tls: { ...good, mode: 'starttls' } })
  const outgoing = await smtp(security === 'none' ? {} : { tls: { ...good, mode: security } })
  const { finding, report } = await check({
    protocol,
    incoming: { port: server.port, security },
    outgoing: { port: outgoing.port, security },
  })
  expect(finding).toBe('well')
  expect(report.steps.map(({ state }) => state).filter((state) => state !== 'skipped')).toEqual(
    Array(security === 'none' ? 11 : 13).fill('passed'),
  )
  expect(report.steps.at(6)).toMatchObject({ name: 'mailbox', text: expect.stringMatching(/^(1|0) messages?, /) })
  if (security !== 'none') {
    expect(report.steps.find(({ name }) => name === 'secure')?.text).toBe(
      'TLS 1.3, certificate of localhost by Postrider test only, valid until 1 January 2126',
    )
  }
})

test('each step is told as it begins and as it ends, with its time', async () => {
  const { told, report } = await check({})
  const connect = told.filter(({ side, name }) => side === 'incoming' && name === 'connect')
  expect(connect.map(({ state }) => state)).toEqual(['waiting', 'running', 'passed'])
  expect(connect.at(-1)?.ms).toBeGreaterThan(0)
  expect(report.ms).toBeGreaterThan(0)
})

test('the log-on waits until both servers are known, and a refused password is not tried on the other server', async () => {
  const server = await pop3({ faults: { isPasswordWrong: true } })
  const { report } = await check({ incoming: { port: server.port } })
  expect(server.commands.filter((line) => line.startsWith('PASS'))).toHaveLength(1)
  expect(report.steps.find(({ side, name }) => side === 'outgoing' && name === 'log-on')?.state).toBe('waiting')
})

test('the advice names what was found: port, name and user', async () => {
  const tls = await pop3({ tls: good })
  const elsewhere = await check(
    { incoming: { port: await closedPort(), security: 'tls' } },
    { usualPorts: (service) => (service === 'pop3' ? [{ port: tls.port, security: 'tls' }] : []) },
  )
  expect(elsewhere.report.problem?.actions).toEqual([{ kind: 'use-port', side: 'incoming', port: tls.port, security: 'tls' }])
  const slip = await check({ incoming: { host: 'pop.exmaple.org' } })
  expect(slip.report.problem?.actions).toEqual([{ kind: 'try-host', side: 'incoming', host: 'pop.example.org' }])
  const refused = await check({ password: 'wrong' })
  expect(refused.report.problem?.actions).toEqual([
    { kind: 'try-user', side: 'incoming', user: 'anna@example.org' },
    { kind: 'retype-password', side: 'incoming' },
  ])
})

test('nothing less secure is ever advised', async () => {
  const plain = await pop3()
  const { report } = await check(
    { incoming: { port: plain.port, security: 'starttls' } },
    { usualPorts: () => [{ port: plain.port, security: 'none' }] },
  )
  expect(report.problem?.actions).toEqual([{ kind: 'ask', who: 'help desk' }])
})

test('stopping it ends it at once', async () => {
  const silent = await talker(undefined)
  const controller = new AbortController()
  const work = check(
    { incoming: { port: silent.port } },
    {
      signal: controller.signal,
      onStep: ({ name, state }) => {
        if (name === 'greeting' && state === 'running') controller.abort()
      },
      budget: { probeMs: 60_000, logOnMs: 60_000, portsMs: 60_000 },
    },
  )
  await expect(work).rejects.toMatchObject({ name: 'AbortError' })
})

test('its text has all steps with their times, the code to say on the phone, and no password', async () => {
  const { report } = await check({ incoming: { port: (await oldTls()).port, security: 'tls' } })
  const text = reportText(report)
  expect(text).toMatch(/^Connection check of localhost, /)
  expect(text).toMatch(/ {2}Secure the line +failed +\d+(\.\d)? m?s {2}The server localhost could not/)
  expect(text).toContain('TLS-4: ')
  expect(text).toContain('  > Ask your help desk')
  expect(text).not.toContain(password)
})
