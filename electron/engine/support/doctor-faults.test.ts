// Forty ways in which a connection fails, on local servers: the doctor names the right step, cause and cure in each.
import { afterEach, expect, test } from 'vitest'
import {
  certificate,
  check,
  closedPort,
  closeServers,
  imap,
  oldTls,
  pop3,
  scripted,
  smtp,
  talker,
  type Ailment,
} from './doctor-test-kit.ts'

afterEach(closeServers)

type Arrange = () => Promise<Ailment>

const good = certificate('good')
const tls = { port: 0, security: 'tls' } as const
const pop3At = async (options: Parameters<typeof pop3>[0], incoming: Ailment['incoming'] = {}): Promise<Ailment> => ({
  incoming: { port: (await pop3(options)).port, ...incoming },
})
const imapAt = async (options: Parameters<typeof imap>[0], incoming: Ailment['incoming'] = {}): Promise<Ailment> => ({
  protocol: 'imap',
  incoming: { port: (await imap(options)).port, ...incoming },
})
const smtpAt = async (options: Parameters<typeof smtp>[0], outgoing: Ailment['outgoing'] = {}): Promise<Ailment> => ({
  outgoing: { port: (await smtp(options)).port, ...outgoing },
})
const script = async (what: Parameters<typeof scripted>[0], outgoing: Ailment['outgoing'] = {}): Promise<Ailment> => ({
  outgoing: { port: (await scripted(what)).port, ...outgoing },
})
const talkerAt = async (protocol: 'pop3' | 'imap', ...words: Parameters<typeof talker>): Promise<Ailment> => ({
  protocol,
  incoming: { port: (await talker(...words)).port },
})

const faults: readonly (readonly [string, Arrange, string])[] = [
  [
    'a server name that does not exist',
    async () => ({ incoming: { host: 'pop.invalid' } }),
    'incoming find host-not-found open-properties',
  ],
  ['a slip in the server name', async () => ({ incoming: { host: 'pop.exmaple.org' } }), 'incoming find host-not-found try-host'],
  ['a server name without its domain', async () => ({ incoming: { host: 'pop' } }), 'incoming find host-not-found try-host'],
  [
    'the outgoing server does not exist',
    async () => ({ outgoing: { host: 'smtp.invalid' } }),
    'outgoing find host-not-found open-properties',
  ],
  ['nobody listens on the port', async () => ({ incoming: { port: await closedPort() } }), 'incoming connect connection-refused use-port'],
  [
    'nobody listens for outgoing mail',
    async () => ({ outgoing: { port: await closedPort() } }),
    'outgoing connect connection-refused use-port',
  ],
  ['TLS on a plain port', () => pop3At({}, { security: 'tls' }), 'incoming secure encryption-unavailable ask'],
  [
    'TLS on a port for STARTTLS',
    () => pop3At({ tls: good, security: 'starttls' }, { security: 'tls' }),
    'incoming secure encryption-unavailable use-port',
  ],
  [
    'TLS on a submission port',
    () => smtpAt({ tls: { ...good, mode: 'starttls' } }, { security: 'tls' }),
    'outgoing secure encryption-unavailable use-port',
  ],
  ['no TLS on a TLS port', () => pop3At({ tls: good }), 'incoming greeting timed-out use-port'],
  ['STARTTLS on a TLS port', () => pop3At({ tls: good }, { security: 'starttls' }), 'incoming greeting timed-out use-port'],
  ['STARTTLS is missing (POP3)', () => pop3At({}, { security: 'starttls' }), 'incoming secure encryption-unavailable ask'],
  ['STARTTLS is missing (IMAP)', () => imapAt({}, { security: 'starttls' }), 'incoming secure encryption-unavailable ask'],
  ['STARTTLS is missing (SMTP)', () => smtpAt({}, { security: 'starttls' }), 'outgoing secure encryption-unavailable ask'],
  ['an expired certificate', () => pop3At({ tls: certificate('expired') }, { security: 'tls' }), 'incoming secure certificate-expired ask'],
  [
    'a certificate for another server',
    () => pop3At({ tls: certificate('wrong-name') }, { security: 'tls' }),
    'incoming secure certificate-wrong-name ask',
  ],
  [
    'an authority that nobody knows',
    async () => ({ ...(await pop3At({ tls: good }, { security: 'tls' })), ca: null }),
    'incoming secure certificate-untrusted ask',
  ],
  [
    'an expired certificate after STARTTLS',
    () => smtpAt({ tls: { ...certificate('expired'), mode: 'starttls' } }, { security: 'starttls' }),
    'outgoing secure certificate-expired ask',
  ],
  [
    'only TLS that is too old',
    async () => ({ incoming: { ...tls, port: (await oldTls()).port } }),
    'incoming secure encryption-unavailable ask',
  ],
  ['a server that never says a word', () => talkerAt('pop3', undefined), 'incoming greeting timed-out ask'],
  ['a server that hangs up at once', () => pop3At({ faults: { hangUp: true } }), 'incoming greeting connection-lost try-later'],
  [
    'an IMAP server instead of POP3',
    async () => ({ incoming: { port: (await imap()).port } }),
    'incoming greeting server-misbehaved use-port',
  ],
  [
    'a POP3 server instead of IMAP',
    async () => ({ protocol: 'imap', incoming: { port: (await pop3()).port } }),
    'incoming greeting server-misbehaved use-port',
  ],
  ['a web server instead of a mail server', () => talkerAt('imap', 'HTTP/1.1 400 Bad Request'), 'incoming greeting server-misbehaved ask'],
  [
    'a busy POP3 server',
    () => pop3At({ faults: { greeting: '-ERR [SYS/TEMP] Come back later' } }),
    'incoming greeting server-busy try-later',
  ],
  [
    'an IMAP server with too many connections',
    () => imapAt({ faults: { greeting: '* BYE Too many connections' } }),
    'incoming greeting server-busy try-later',
  ],
  [
    'an SMTP server that greylists',
    () => script({ connect: { reply: '421 4.7.0 Try again later' } }),
    'outgoing greeting server-busy try-later',
  ],
  [
    'an SMTP server that blocks this address',
    () => script({ connect: { reply: '554 5.7.1 Your address is blocked' } }),
    'outgoing greeting permission-denied ask',
  ],
  ['silence after the greeting', () => pop3At({ faults: { isSilentAfterGreeting: true } }), 'incoming abilities timed-out ask'],
  ['a wrong password (POP3)', () => pop3At({ faults: { isPasswordWrong: true } }), 'incoming log-on sign-in-refused try-user'],
  [
    'a wrong password (IMAP), full address as the name',
    async () => ({ ...(await imapAt({ faults: { refuseLogon: true } }, { user: 'anna@example.org' })) }),
    'incoming log-on sign-in-refused retype-password',
  ],
  ['a wrong password (SMTP)', () => smtpAt({ faults: { refuseLogon: true } }), 'outgoing log-on sign-in-refused try-user'],
  ['no password', async () => ({ password: '' }), 'incoming log-on sign-in-missing retype-password'],
  [
    'POP3 is switched off for this account',
    () => pop3At({ faults: { onCommand: (name) => (name === 'PASS' ? '-ERR [SYS/PERM] POP access disabled' : undefined) } }),
    'incoming log-on permission-denied ask',
  ],
  [
    'LOGIN is forbidden without TLS',
    () => imapAt({ capabilities: ['IMAP4rev1', 'LOGINDISABLED', 'STARTTLS'], mechanisms: [], tls: { ...good, mode: 'starttls' } }),
    'incoming log-on sign-in-unsupported use-port',
  ],
  [
    'only NTLM is offered (IMAP)',
    () => imapAt({ capabilities: ['IMAP4rev1', 'LOGINDISABLED'], mechanisms: ['NTLM'] }),
    'incoming log-on sign-in-unsupported switch-sign-in',
  ],
  [
    'SPA where there is none',
    () => pop3At({ tls: good }, { security: 'tls', signIn: 'spa' }),
    'incoming log-on sign-in-unsupported switch-sign-in',
  ],
  [
    'SPA for both where only the outgoing server has none',
    async () => ({
      ...(await pop3At({ abilities: { mechanisms: ['NTLM'] } }, { signIn: 'spa' })),
      ...(await smtpAt({ mechanisms: ['PLAIN'], tls: { ...good, mode: 'starttls' } }, { security: 'starttls' })),
    }),
    'outgoing log-on sign-in-unsupported open-properties',
  ],
  ['an SMTP server without log-on', () => smtpAt({ users: [] }), 'outgoing log-on sign-in-unsupported switch-sign-in'],
  [
    'an expired password',
    () => imapAt({ faults: { replies: { LOGIN: 'NO [EXPIRED] Change it', AUTHENTICATE: 'NO [EXPIRED] Change it' } } }),
    'incoming log-on sign-in-expired retype-password',
  ],
  ['a locked mailbox', () => pop3At({ faults: { isLocked: true } }), 'incoming mailbox mailbox-locked try-later'],
  ['silence at the log-on', () => imapAt({ faults: { silentOn: ['LOGIN', 'AUTHENTICATE'] } }), 'incoming log-on timed-out try-later'],
  ['the line breaks at the log-on', () => script({ AUTH: 'drop' }), 'outgoing log-on connection-lost try-later'],
  [
    'the mailbox can not be read',
    () => imapAt({ faults: { replies: { STATUS: 'NO [UNAVAILABLE] Server maintenance' } } }),
    'incoming mailbox server-busy try-later',
  ],
]

test.for(faults)('%s', async ([, arrange, expected]) => {
  const started = performance.now()
  const { finding, report } = await check(await arrange())
  expect(finding).toBe(expected)
  expect(performance.now() - started).toBeLessThan(15_000)
  const failed = report.steps.filter(({ state }) => state === 'failed')
  expect(failed.some(({ side, name }) => side === report.problem?.side && name === report.problem.step)).toBe(true)
})
