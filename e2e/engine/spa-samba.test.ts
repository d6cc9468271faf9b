// Secure Password Authentication (NTLM) judged by Samba: POP3, IMAP and SMTP, over every kind of connection, and never a password on the wire.
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { openImapSession } from '../../electron/engine/protocol/imap/imap-session.ts'
import { openPop3Session } from '../../electron/engine/protocol/pop3/pop3-session.ts'
import { verifySmtp } from '../../electron/engine/protocol/smtp/smtp-session.ts'
import type { Account, Security } from '../../shared/domain/account.ts'
import { MailError } from '../../shared/errors/mail-error.ts'
import { missingSamba } from '../servers/find-servers.ts'
import { type RecordingProxy, startRecordingProxy } from '../servers/recording-proxy.ts'
import { type LabWithSmtp, startLab } from '../servers/start-lab.ts'
import { message, signal } from './support/pop3-world.ts'
import { accountSettings, startTestEngine, type TestEngine } from './support/test-engine.ts'

const missing = missingSamba()
const onSamba = test.skipIf(missing !== undefined)
if (missing !== undefined) console.warn(`skipped: ${missing}`)

const protocols = ['pop3', 'imap', 'smtp'] as const
type Protocol = (typeof protocols)[number]
type Way = readonly [protocol: Protocol, security: Security]

const ways = protocols.flatMap((protocol) => (['none', 'starttls', 'tls'] as const).map((security): Way => [protocol, security]))

/** As the user writes it, and who Samba says it is. */
const names = [
  ['CORP/jdoe/jdoe', 'jdoe@CORP'],
  ['CORP/jdoe', 'jdoe@CORP'],
  ['CORP\\jdoe', 'jdoe@CORP'],
  ['jdoe', 'jdoe@'],
  ['jdoe@corp.example', 'jdoe@corp.example@'],
  ['CORP\\Änne Öz türk', 'Änne Öz türk@CORP'],
  ['Büro 東京/山田 太郎/alias name', '山田 太郎@Büro 東京'],
] as const

let lab: LabWithSmtp
let wires: Record<Protocol, { readonly plain: RecordingProxy; readonly tls: RecordingProxy }>

beforeAll(async () => {
  if (missing !== undefined) return
  lab = await startLab({ exim: true, ntlm: true })
  const wire = async ({ port, tlsPort }: { readonly port: number; readonly tlsPort: number }) => ({
    plain: await startRecordingProxy(port),
    tls: await startRecordingProxy(tlsPort),
  })
  wires = { pop3: await wire(lab.pop3), imap: await wire(lab.imap), smtp: await wire(lab.smtp) }
}, 60_000)

beforeEach(() => {
  sentOnAllWires()
})

afterAll(async () => {
  for (const { plain, tls } of Object.values(wires ?? {})) await Promise.all([plain.close(), tls.close()])
  await lab?.stop()
})

function spaTarget(where: { readonly port: number; readonly security: Security; readonly user: string; readonly password: string }) {
  const trust = { certificates: [], ca: lab.ca }
  return { ...where, host: lab.host, signIn: 'spa' as const, accountName: 'Work', timeoutMs: 10_000, trust }
}

/** Signs in and out again. Resolves with the protocol lines as the program shows them. */
async function signIn([protocol, security]: Way, user: string, password: string): Promise<readonly string[]> {
  const lines: string[] = []
  const trace = (line: string) => lines.push(line)
  const { port } = wires[protocol][security === 'tls' ? 'tls' : 'plain']
  const target = spaTarget({ port, security, user, password })
  if (protocol === 'smtp') await verifySmtp({ ...target, auth: { user, password } }, signal, trace)
  else if (protocol === 'imap') await (await openImapSession(target, signal, trace)).close()
  else await (await openPop3Session(target, signal, trace)).quit()
  return lines
}

const codeOf = (work: Promise<unknown>) =>
  work.then(
    () => 'signed in',
    (error: unknown) => (error instanceof MailError ? error.code : error),
  )

function sentOnAllWires(): readonly string[] {
  return Object.values(wires ?? {}).flatMap(({ plain, tls }) => [...plain.takeSent(), ...tls.takeSent()])
}

/** Commands that start a log-on, without IMAP's tags. */
const logOns = (lines: readonly string[]) =>
  lines.flatMap((line) => /\b(?:AUTH|AUTHENTICATE|LOGIN|USER|PASS|APOP)\b.*/.exec(line)?.[0] ?? [])

/** As it is, as UTF-16, and both also inside Base64. */
function holds(line: string, password: string): boolean {
  const forms = [Buffer.from(password), Buffer.from(password, 'utf16le')]
  return line
    .split(' ')
    .some((word) => forms.some((form) => Buffer.from(word, 'base64').includes(form) || Buffer.from(word, 'latin1').includes(form)))
}

onSamba.for(names)('"%s" is "%s" for Samba, by POP3, IMAP and SMTP', async ([user, known]) => {
  const { password } = lab.user('alice')
  for (const protocol of protocols) await signIn([protocol, 'none'], user, password)
  const sent = sentOnAllWires()
  expect(logOns(sent)).toEqual(['AUTH NTLM', 'AUTHENTICATE NTLM', expect.stringMatching(/^AUTH NTLM\b/)])
  expect(sent.filter((line) => holds(line, password))).toEqual([])
  const logOnsSeen = () => [...lab.log().matchAll(/(?:pop3|imap)-login: Info: Login: user=<.*?>, method=NTLM/g)].map(([line]) => line)
  await expect
    .poll(() => logOnsSeen().slice(-2))
    .toEqual([`pop3-login: Info: Login: user=<${known}>, method=NTLM`, `imap-login: Info: Login: user=<${known}>, method=NTLM`])
})

onSamba.for(ways)('%s, security %s: the right password is taken', async (way) => {
  const { password } = lab.user('alice')
  const lines = await signIn(way, 'CORP/jdoe/jdoe', password)
  expect(logOns(lines.filter((line) => line.startsWith('C: ')))).toEqual([expect.stringContaining('NTLM')])
  const secrets = [password, Buffer.from(password).toString('base64')]
  expect(lines.filter((line) => secrets.some((secret) => line.includes(secret)) || holds(line, password))).toEqual([])
  const isReadable = way[1] === 'none'
  expect(logOns(sentOnAllWires())).toHaveLength(isReadable ? 1 : 0)
})

onSamba.for(protocols)('%s: a wrong password is refused, after one try', async (protocol) => {
  expect(await codeOf(signIn([protocol, 'none'], 'CORP\\jdoe', 'not it'))).toBe('sign-in-refused')
  const sent = sentOnAllWires()
  expect(logOns(sent)).toHaveLength(1)
  expect(sent.filter((line) => holds(line, 'not it'))).toEqual([])
})

onSamba('a server without NTLM never hears a password, although it takes all others', async () => {
  const poor = await startLab({ exim: true })
  const proxies = await Promise.all([poor.pop3, poor.imap, poor.smtp].map(({ port }) => startRecordingProxy(port)))
  const { user, password } = poor.user('alice')
  const target = (index: number) => spaTarget({ port: proxies[index]?.port ?? 0, security: 'none', user, password })
  try {
    expect(await codeOf(openPop3Session(target(0), signal))).toBe('sign-in-unsupported')
    expect(await codeOf(openImapSession(target(1), signal))).toBe('sign-in-unsupported')
    expect(await codeOf(verifySmtp({ ...target(2), auth: { user, password } }, signal))).toBe('sign-in-unsupported')
    const sent = proxies.flatMap((proxy) => proxy.takeSent())
    expect(sent.length).toBeGreaterThan(2)
    expect(logOns(sent)).toEqual([])
    expect(sent.filter((line) => line.includes(user) || holds(line, password))).toEqual([])
  } finally {
    for (const proxy of proxies) await proxy.close()
    await poor.stop()
  }
})

async function addAccount(engine: TestEngine, protocol: 'pop3' | 'imap', password: string): Promise<Account> {
  const user = 'CORP/alice/a.smith'
  const smtp = { port: lab.smtp.port, security: 'starttls', signIn: 'same' } as const
  const base = accountSettings({ protocol, user, address: 'alice@example.org', port: wires[protocol].plain.port, smtp, ca: lab.ca })
  return engine.addAccount({ ...base, incoming: { ...base.incoming, signIn: 'spa' } }, password)
}

onSamba.for(['pop3', 'imap'] as const)('an account with SPA receives by %s and sends', async (protocol) => {
  lab.deliver('alice', message(`for ${protocol}`))
  const sentBefore = lab.mailbox('bob').length
  const engine = await startTestEngine()
  const account = await addAccount(engine, protocol, lab.user('alice').password)
  const { handlers, parts } = engine.engine
  const draft = await handlers['compose.start']({ kind: 'new', message: null, folder: null }, signal)
  const letter = { ...draft, to: 'bob@example.org', subject: `Sent beside ${protocol}`, text: 'Hello' }
  await handlers['outbox.queue']({ id: null, draft: letter, now: false }, signal)
  const { tasks, sent } = await engine.sendAndReceive()
  expect(tasks.map(({ error }) => error)).toEqual(tasks.map(() => null))
  expect(sent).toBe(1)
  const inbox = protocol === 'pop3' ? engine.local('inbox') : (parts.store.folders.byRole(account.id, 'inbox')?.id ?? engine.local('inbox'))
  expect(engine.rows(inbox).map(({ subject }) => subject)).toContain(`for ${protocol}`)
  expect((await lab.arrived('bob', sentBefore + 1)).some((raw) => raw.includes(`Sent beside ${protocol}`))).toBe(true)
  expect(lab.log()).toMatch(/A=ntlm/)
  await engine.close()
})

onSamba('an account whose password Samba refuses says so, and tries nothing else', async () => {
  const engine = await startTestEngine()
  await addAccount(engine, 'pop3', 'not it')
  const { runs } = engine.engine.parts
  const { tasks } = await runs.start({ accounts: null, receive: true, send: false, isForeground: false, bodies: 'on-demand' }).done
  expect(tasks.map(({ error }) => error?.code)).toEqual(['sign-in-refused'])
  expect(logOns(sentOnAllWires())).toEqual(['AUTH NTLM'])
  await engine.close()
})
