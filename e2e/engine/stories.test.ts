// The main job on real servers: receive by POP3 or IMAP, read with the network cut, answer over SMTP, find it again.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { missingServers } from '../servers/find-servers.ts'
import { startLab, type LabWithSmtp } from '../servers/start-lab.ts'
import { accountSettings, startTestEngine, type TestEngine } from './support/test-engine.ts'

const missing = missingServers()
const story = test.skipIf(missing !== undefined)
if (missing !== undefined) console.warn(`skipped: ${missing}`)

const signal = new AbortController().signal
let lab: LabWithSmtp
beforeAll(async () => {
  if (missing === undefined) lab = await startLab({ dovecot: true, exim: true })
}, 60_000)
afterAll(async () => {
  await lab?.stop()
})

const mail = (subject: string, body: string) =>
  Buffer.from(
    `From: Bob Jones <bob@example.org>\r\nTo: Alice <alice@example.org>\r\nSubject: ${subject}\r\n` +
      `Date: Fri, 20 Nov 2026 10:00:00 +0000\r\nMessage-ID: <${subject.replaceAll(' ', '.')}@example.org>\r\n\r\n${body}\r\n`,
  )

async function readAndAnswer(alice: TestEngine, subject: string): Promise<void> {
  const { handlers, parts } = alice.engine
  const [row] = parts.store.views.open({ folder: null, sort: 'received', descending: true, search: `subject:"${subject}"` }, 10, null).rows
  if (!row) throw new Error(`${subject} is not there`)
  await handlers['messages.open']({ id: row.id }, signal)
  await handlers['settings.set']({ offline: true }, signal)
  const opened = await handlers['messages.open']({ id: row.id }, signal)
  expect(opened.text).toContain('The words of the letter')
  const draft = await handlers['compose.start']({ kind: 'reply', message: row.id, folder: null }, signal)
  expect(draft).toMatchObject({ to: 'Bob Jones <bob@example.org>', subject: `Re: ${subject}` })
  await handlers['outbox.queue']({ id: null, draft: { ...draft, text: `Agreed.${draft.text}` }, now: true }, signal)
  expect(alice.rows(alice.local('outbox'))).toHaveLength(1)
  await handlers['settings.set']({ offline: false }, signal)
  const run = await alice.sendAndReceive()
  expect(run.tasks.map((task) => task.error)).toEqual(run.tasks.map(() => null))
  expect(run.sent).toBe(1)
  expect(alice.rows(alice.local('outbox'))).toEqual([])
  expect(parts.store.messages.get(row.id).flags.answered).toBe(true)
}

story('POP3: received over TLS, read offline, answered, and all of it there after a restart', { timeout: 60_000 }, async () => {
  lab.deliver('alice', mail('Moving the server', 'The words of the letter.'))
  let alice = await startTestEngine()
  const { pop3, smtp, ca } = lab
  await alice.addAccount(
    accountSettings({
      protocol: 'pop3',
      user: 'CORP/alice/a.smith',
      address: 'alice@example.org',
      port: pop3.tlsPort,
      security: 'tls',
      smtp: { port: smtp.port, security: 'starttls', signIn: 'same' },
      ca,
    }),
    lab.user('alice').password,
  )
  const first = await alice.sendAndReceive()
  expect(first.tasks.map((task) => task.error)).toEqual([null])
  expect(first.received).toBe(1)
  await readAndAnswer(alice, 'Moving the server')
  const [answer] = await lab.arrived('bob', 1)
  expect(answer?.toString()).toMatch(/In-Reply-To: <Moving.the.server@example.org>/)
  expect(answer?.toString()).toContain('Agreed.')
  expect(lab.mailbox('alice')).toHaveLength(1) // P1: nothing was deleted on the server

  expect((await alice.sendAndReceive()).received).toBe(0) // P1
  alice = await alice.restart()
  const found = alice.engine.parts.store.views.open({ folder: null, sort: 'received', descending: true, search: 'letter' }, 10, null)
  expect(found.rows.map((row) => row.subject)).toContain('Moving the server')
  expect(alice.rows(alice.local('sent'))).toHaveLength(1)
  await alice.close()
})

story('IMAP: headers first, the body on opening, flags told to the server, the sent copy filed once', { timeout: 60_000 }, async () => {
  lab.deliver('carol', mail('Holiday plans', 'The words of the letter.'))
  const carol = await startTestEngine()
  const { imap, smtp, ca } = lab
  await carol.addAccount(
    accountSettings({
      protocol: 'imap',
      user: 'carol',
      port: imap.port,
      security: 'starttls',
      smtp: { port: smtp.tlsPort, security: 'tls', signIn: 'same' },
      ca,
    }),
    lab.user('carol').password,
  )
  const first = await carol.sendAndReceive()
  expect(first.tasks.map((task) => task.error)).toEqual([null])
  const { store } = carol.engine.parts
  const account = store.accounts.list()[0]?.id
  if (account === undefined) throw new Error('no account')
  const inbox = store.folders.byRole(account, 'inbox')
  expect(inbox && carol.rows(inbox.id).map((row) => [row.subject, row.state])).toEqual([['Holiday plans', 'header-only']])
  await readAndAnswer(carol, 'Holiday plans')
  const arrived = await lab.arrived('bob', 2)
  expect(arrived.some((raw) => raw.includes('Holiday.plans'))).toBe(true)
  await carol.sendAndReceive()
  expect(store.operations.list(account)).toEqual([])
  expect(lab.mailbox('carol', '.Sent')).toHaveLength(1) // T6
  const sent = store.folders.byRole(account, 'sent')
  expect(sent && carol.rows(sent.id).map((row) => row.state)).toEqual(['downloaded'])
  expect(carol.rows(carol.local('sent'))).toEqual([])
  await carol.close()
})
