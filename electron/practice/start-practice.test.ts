import { connect } from 'node:net'
import { afterEach, expect, test } from 'vitest'
import { silentLogger } from '../engine/log.ts'
import { sendMessage } from '../engine/protocol/smtp/smtp-session.ts'
import { type PracticeServers, startPractice } from './start-practice.ts'

const now = new Date('2026-05-20T15:00:00Z')
const { signal } = new AbortController()
let servers: PracticeServers | undefined

afterEach(async () => {
  await servers?.close()
  servers = undefined
})

async function practice(at = now): Promise<PracticeServers> {
  servers = await startPractice({ now: at, log: silentLogger })
  return servers
}

function send({ smtp }: PracticeServers, recipients: readonly string[], subject = 'Gr=?utf-8?Q?=C3=BC?=se') {
  const raw = Buffer.from(
    `From: Pat <${smtp.user}>\r\nTo: ${recipients.join(', ')}\r\nMessage-ID: <1@x>\r\nSubject: ${subject}\r\n\r\nHello\r\n`,
  )
  const target = {
    host: smtp.host,
    port: smtp.port,
    security: 'none',
    auth: { user: smtp.user, password: smtp.password },
    signIn: 'password',
    trust: { certificates: [], ca: null },
    timeoutMs: 5_000,
    accountName: 'Practice',
  } as const
  return sendMessage(target, { sender: smtp.user, recipients }, raw, { signal })
}

/** Sends one line after each answer and returns all that came. */
function talk(port: number, lines: readonly string[], end: RegExp): Promise<string> {
  return new Promise((resolve, reject) => {
    const waiting = [...lines]
    let heard = ''
    const socket = connect(port, '127.0.0.1')
    socket.on('error', reject)
    socket.on('data', (chunk) => {
      heard += chunk.toString('latin1')
      const next = waiting.shift()
      if (next) socket.write(`${next}\r\n`)
      if (end.test(heard)) {
        socket.destroy()
        resolve(heard)
      }
    })
  })
}

const pop3List = ({ pop3 }: PracticeServers) => talk(pop3.port, [`USER ${pop3.user}`, `PASS ${pop3.password}`, 'STAT'], /\+OK \d+ \d+\r\n$/)
const imapStatus = ({ imap }: PracticeServers, folder: string) =>
  talk(imap.port, [`a LOGIN ${imap.user} ${imap.password}`, `b STATUS "${folder}" (MESSAGES UNSEEN UIDVALIDITY)`], /^b OK/m)

test('both accounts find their sample mail', async () => {
  const running = await practice()
  expect(await pop3List(running)).toMatch(/\+OK 1[0-9][0-9] \d+\r\n$/)
  expect(await imapStatus(running, 'Projects/Website')).toMatch(/MESSAGES [1-9]\d/)
})

test('mail to the other practice account arrives there', async () => {
  const running = await practice()
  const before = /\+OK (\d+) /.exec((await pop3List(running)).split('\r\n').slice(-2).join())?.[1]
  await send(running, [running.pop3.user])
  const after = /\+OK (\d+) /.exec((await pop3List(running)).split('\r\n').slice(-2).join())?.[1]
  expect(Number(after)).toBe(Number(before) + 1)
})

test('everybody else answers, and quotes the subject', async () => {
  const running = await practice()
  await send(running, ['anna.weber@example.org'])
  const { imap } = running
  const lines = [`a LOGIN ${imap.user} ${imap.password}`, 'b EXAMINE INBOX', 'c FETCH * (BODY[])']
  const answer = await talk(imap.port, lines, /^c OK/m)
  expect(answer).toContain('From: Anna Weber <anna.weber@example.org>')
  expect(answer).toContain('In-Reply-To: <1@x>')
  expect(answer).toContain('your message "Gr=C3=BCse"')
})

test('a letter to many brings a few answers, not many', async () => {
  const running = await practice()
  const count = async () => Number(/MESSAGES (\d+)/.exec(await imapStatus(running, 'INBOX'))?.[1])
  const before = await count()
  await send(
    running,
    Array.from({ length: 30 }, (_, index) => `friend${index}@example.com`),
  )
  expect(await count()).toBe(before + 5)
})

test('a later start has another UIDVALIDITY, for it gives the same UIDs to other messages', async () => {
  const validity = async () => /UIDVALIDITY (\d+)/.exec(await imapStatus(await practice(), 'INBOX'))?.[1]
  const first = await validity()
  await servers?.close()
  const running = await practice(new Date(now.getTime() + 60_000))
  expect(/UIDVALIDITY (\d+)/.exec(await imapStatus(running, 'INBOX'))?.[1]).not.toBe(first)
})
