// What may not be in the support information, planted wherever it could come from.
import { afterEach, expect, test } from 'vitest'
import { startImapServer } from '../../electron/practice/imap-server.ts'
import { arrayMaildrop } from '../../electron/practice/pop3-maildrop.ts'
import { startPop3Server } from '../../electron/practice/pop3-server.ts'
import { startSmtpServer } from '../../electron/practice/smtp-server.ts'
import { accountSettings, startTestEngine } from './support/test-engine.ts'

const closing: (() => unknown)[] = []
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close()
})

const signal = new AbortController().signal
const user = 'canaryuser'
const password = 'CANARY-password'
const raw = Buffer.from(
  'From: Bob <canarysender@example.org>\r\nSubject: CANARY-subject\r\nMessage-ID: <1@example.org>\r\n\r\nCANARY-body\r\n',
)

test('no password, subject, body, name or address gets in, whatever has happened', async () => {
  const maildrop = arrayMaildrop([{ uidl: 'one', raw }])
  const pop3 = await startPop3Server({ findUser: () => ({ password, maildrop }) })
  const imap = await startImapServer({ users: [{ user, password }] })
  const smtp = await startSmtpServer({ users: [{ user, password }], faults: { refuseLogon: true } })
  closing.push(pop3.close, imap.close, smtp.close)
  imap.mailboxes.deliver('INBOX', raw)
  const alice = await startTestEngine()
  closing.push(alice.close)
  const { handlers, parts } = alice.engine
  for (const [protocol, { port }] of [
    ['pop3', pop3],
    ['imap', imap],
  ] as const) {
    const outgoing = { port: smtp.port, signIn: 'same' } as const
    const settings = accountSettings({ protocol, user, port, smtp: outgoing })
    const account = await alice.addAccount(settings, password)
    await handlers['doctor.run']({ run: protocol, account: account.id, settings: null, password: null, outgoingPassword: null }, signal)
  }
  const unsaved = accountSettings({ protocol: 'pop3', user: 'othercanary', port: pop3.port })
  await handlers['doctor.run']({ run: 'new', account: null, settings: unsaved, password, outgoingPassword: null }, signal)
  await alice.sendAndReceive()
  const found = parts.store.views.open({ folder: null, sort: 'received', descending: true, search: 'subject:CANARY-subject' }, 10, null)
  for (const { id } of found.rows) await handlers['messages.open']({ id }, signal)
  const [pop3Account] = parts.store.accounts.list()
  if (!pop3Account) throw new Error('no account')
  const draft = await handlers['compose.start']({ kind: 'new', message: null, folder: null }, signal)
  const letter = { ...draft, to: 'canaryreceiver@example.org', subject: 'CANARY-subject', text: 'CANARY-body' }
  await handlers['outbox.queue']({ id: null, draft: letter, now: false }, signal)
  // The log-on is refused, and nobody is there to type another password.
  alice.engine.on('logonNeeded', ({ request }) => queueMicrotask(() => parts.passwords.answer(request, undefined)))
  await alice.sendAndReceive()

  const { text } = await handlers['support.information']({}, signal)
  expect(found.rows).toHaveLength(2)
  for (const part of ['C: PASS ***', 'POP3 of', 'IMAP of', 'Connection check', 'AUTH-1', 'folder 1 (inbox)', 'Version test'])
    expect(text).toContain(part)
  expect(text).not.toMatch(/canary(user|sender|receiver)|othercanary|CANARY|Smith/i)
  for (const secret of [password, `\0${user}\0${password}`, user]) expect(text).not.toContain(Buffer.from(secret).toString('base64'))
})
