// Opening a large message brings its texts; the attachments come when somebody asks for them.
import { randomBytes } from 'node:crypto'
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest'
import { missingServers } from '../servers/find-servers.ts'
import { startRecordingProxy } from '../servers/recording-proxy.ts'
import { type Lab, startLab } from '../servers/start-lab.ts'
import { accountSettings, startTestEngine } from './support/test-engine.ts'

const missing = missingServers()
const { signal } = new AbortController()
const picture = randomBytes(600_000)
const pixel = randomBytes(50_000)
let lab: Lab

beforeAll(async () => {
  if (missing) process.stderr.write(`${missing}\n`)
  else lab = await startLab()
})

afterAll(() => lab?.stop())

const wrapped = (bytes: Buffer) => bytes.toString('base64').replaceAll(/.{76}/g, '$&\r\n')

const large = () =>
  [
    'From: Bob <bob@example.org>',
    'Subject: Holidays',
    'Message-ID: <holidays@example.org>',
    'MIME-Version: 1.0',
    'Content-Type: multipart/mixed; boundary="outer"',
    '',
    'Preamble',
    '--outer',
    'Content-Type: multipart/related; boundary="inner"',
    '',
    '--inner',
    'Content-Type: text/html; charset=utf-8',
    'Content-Transfer-Encoding: quoted-printable',
    '',
    '<p>Gr=C3=BC=C3=9Fe <img src=3D"cid:pixel"></p>',
    '--inner',
    'Content-Type: image/png; name="pixel.png"',
    'Content-ID: <pixel>',
    'Content-Transfer-Encoding: base64',
    '',
    wrapped(pixel),
    '--inner--',
    '--outer',
    "Content-Type: image/jpeg; name*=UTF-8''Stra%C3%9Fe.jpg",
    "Content-Disposition: attachment; filename*=UTF-8''Stra%C3%9Fe.jpg",
    'Content-Transfer-Encoding: base64',
    '',
    wrapped(picture),
    '--outer--',
    '',
  ].join('\r\n')

test.skipIf(missing)('the text of a large message is there without its attachment, which comes whole when it is opened', async () => {
  lab.deliver('alice', Buffer.from(large()))
  const wire = await startRecordingProxy(lab.imap.port)
  onTestFinished(() => wire.close())
  const me = await startTestEngine()
  onTestFinished(() => me.close())
  const { engine } = me
  await me.addAccount(accountSettings({ protocol: 'imap', user: 'alice', port: wire.port }), lab.user('alice').password)
  await me.sendAndReceive()
  const inbox = engine.parts.store.folders.list().find(({ path }) => path === 'INBOX')
  const [row] = inbox ? me.rows(inbox.id) : []
  if (!row) throw new Error('The message has not arrived.')

  const opened = await engine.handlers['messages.open']({ id: row.id }, signal)
  expect(wire.receivedBytes()).toBeLessThan(20_000)
  const html = await engine.content(opened.html?.url ?? '')
  expect(Buffer.from(html.body).toString()).toContain('Grüße')
  const [attachment] = opened.attachments
  expect([opened.attachments.length, attachment?.name, opened.summary.state]).toEqual([1, 'Straße.jpg', 'header-only'])
  expect(Math.abs((attachment?.size ?? 0) / picture.length - 1)).toBeLessThan(0.02)

  const file = await engine.content(attachment?.url ?? '')
  expect(Buffer.from(file.body).equals(picture)).toBe(true)
  expect(engine.parts.store.messages.get(row.id).state).toBe('downloaded')
  const again = await engine.handlers['messages.open']({ id: row.id }, signal)
  expect(again.attachments[0]?.size).toBe(picture.length)
})
