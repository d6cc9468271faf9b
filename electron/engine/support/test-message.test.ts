// The last steps of a check: a message to oneself, sent and found again.
import { afterEach, expect, test } from 'vitest'
import { ImapMailboxes } from '../../practice/imap-mailboxes.ts'
import { arrayMaildrop } from '../../practice/pop3-maildrop.ts'
import { allCapabilities } from '../../practice/imap-server.ts'
import type { SmtpServerOptions } from '../../practice/smtp-server.ts'
import { type Checked, check, closeServers, imap, password, pop3, smtp, user } from './doctor-test-kit.ts'

afterEach(closeServers)

/** Time enough for a busy machine: nothing here waits for the end of it. */
const budget = { probeMs: 10_000, logOnMs: 10_000, portsMs: 400 }
const sendsTest = { sendsTest: true, patience: { arrivesMs: 300, everyMs: 20 }, budget }
const textOf = ({ report }: Checked, step: string) => report.steps.find(({ name }) => name === step)?.text

/** An outgoing server whose mail comes to where `deliver` puts it. */
const outgoing = async (deliver: (raw: Buffer) => void, more: Partial<SmtpServerOptions> = {}) => ({
  port: (await smtp({ onMessage: ({ raw }) => deliver(raw), ...more })).port,
})

async function throughImap(capabilities: readonly string[] = allCapabilities) {
  const mailboxes = new ImapMailboxes()
  mailboxes.deliver('INBOX', Buffer.from('Subject: Old\r\n\r\nOld mail\r\n'), ['\\Deleted'])
  const { port } = await imap({ mailboxes, capabilities })
  const checked = await check(
    { protocol: 'imap', incoming: { port }, outgoing: await outgoing((raw) => void mailboxes.deliver('INBOX', raw)) },
    sendsTest,
  )
  return { checked, left: mailboxes.find('INBOX')?.messages.length }
}

test('IMAP: the message is found and removed again, and nothing else with it', async () => {
  const { checked, left } = await throughImap()
  expect(checked.finding).toBe('well')
  expect(textOf(checked, 'send-test')).toBe('sent to anna@example.org')
  expect(textOf(checked, 'find-test')).toMatch(/^arrived after \d\.\d s, and was removed again$/)
  expect(left).toBe(1)
})

test('IMAP without UIDPLUS: it stays, for expunging would take what others have marked', async () => {
  const { checked, left } = await throughImap(allCapabilities.filter((name) => name !== 'UIDPLUS'))
  expect(checked.finding).toBe('well')
  expect(textOf(checked, 'find-test')).toMatch(/and stays in the Inbox$/)
  expect(left).toBe(2)
})

test('POP3: the message is found among others and stays', async () => {
  const messages: { uidl: string; raw: Buffer }[] = [
    { uidl: 'one', raw: Buffer.from('Subject: Postrider test message of last week\r\n\r\nHello\r\n') },
  ]
  const maildrop = arrayMaildrop(messages)
  const { port } = await pop3({ findUser: (name) => (name === user ? { password, maildrop } : undefined) })
  const deliver = (raw: Buffer) => void messages.push({ uidl: 'other', raw: Buffer.from('Subject: Other\r\n\r\n') }, { uidl: 'test', raw })
  const checked = await check({ incoming: { port }, outgoing: await outgoing(deliver) }, sendsTest)
  expect(checked.finding).toBe('well')
  expect(textOf(checked, 'find-test')).toMatch(/and stays in the Inbox$/)
  expect(messages).toHaveLength(3)
})

test('a message that does not come is said so, with what to do', async () => {
  const checked = await check({ outgoing: await outgoing(() => {}) }, sendsTest)
  expect(checked.finding).toBe('incoming find-test test-message-missing try-later')
  expect(checked.report.steps.find(({ name }) => name === 'send-test')?.state).toBe('passed')
})

test('a server that does not take the message stops there', async () => {
  const refuseMessage = { code: 554, text: '5.7.1 Spam' }
  const checked = await check({ outgoing: await outgoing(() => {}, { faults: { refuseMessage } }) }, sendsTest)
  expect(checked.finding).toMatch(/^outgoing send-test message-refused /)
  expect(checked.report.steps.find(({ name }) => name === 'find-test')?.state).toBe('waiting')
})

test('without being asked for, nothing is sent and the steps are not there', async () => {
  const received: Buffer[] = []
  const checked = await check({ outgoing: await outgoing((raw) => void received.push(raw)) }, { budget })
  expect(checked.finding).toBe('well')
  expect(received).toEqual([])
  expect(textOf(checked, 'send-test')).toBeUndefined()
})
