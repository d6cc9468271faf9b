import { expect, test } from 'vitest'
import { MailError } from '../../../shared/errors/mail-error.ts'
import { messageFacts } from '../mime/facts.ts'
import { parseMessage } from '../mime/parse-message.ts'
import { localFolder, newMessage, openTestStore } from '../store/test-store.ts'
import { Content } from './content.ts'

const pixel = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64')
const raw = Buffer.from(
  [
    'Subject: a picture',
    'MIME-Version: 1.0',
    'Content-Type: multipart/related; boundary=b',
    '',
    '--b',
    'Content-Type: text/html',
    '',
    '<p>Look</p><img src="cid:pixel">',
    '--b',
    'Content-Type: image/png',
    'Content-ID: <pixel>',
    'Content-Transfer-Encoding: base64',
    '',
    pixel.toString('base64'),
    '--b--',
    '',
  ].join('\r\n'),
)

const neverAsked = () => Promise.reject(new Error('The server was asked.'))

test.each(['http://127.0.0.1:1/content', 'app://content'])('a picture inside mail HTML is found beside its body at %s', async (base) => {
  const store = openTestStore()
  const body = store.bodies.put(raw)
  const id = store.messages.add(newMessage(localFolder(store, 'inbox'), { body, facts: messageFacts(parseMessage(raw)) }))
  const content = new Content(store, neverAsked)
  const url = content.describe(id).html?.url ?? ''
  const html = Buffer.from((await content.read(url)).body).toString()
  const source = /<img[^>]* src="([^"]+)"/.exec(html)?.[1] ?? ''
  const address = new URL(source, `${base}${url}`).href
  expect(address.startsWith(`${base}/`)).toBe(true)
  const picture = await content.read(address.slice(base.length))
  expect(picture).toMatchObject({ status: 200, headers: { 'content-type': 'image/png' } })
  expect(Buffer.from(picture.body).equals(pixel)).toBe(true)
})

const letter = (attachment: string) =>
  Buffer.from(
    [
      'From: anna@example.org',
      'Content-Type: multipart/mixed; boundary="b"',
      '',
      '--b',
      'Content-Type: text/plain',
      '',
      'Here it is.',
      '--b',
      'Content-Type: application/pdf; name="plan.pdf"',
      'Content-Disposition: attachment; filename="plan.pdf"',
      'Content-Transfer-Encoding: base64',
      '',
      attachment,
      '--b--',
      '',
    ].join('\r\n'),
  )

test('of a message whose texts alone are here, the attachment has its size, and is fetched when it is asked for', async () => {
  const store = openTestStore()
  const whole = letter(Buffer.from('%PDF').toString('base64'))
  const id = store.messages.add(newMessage(localFolder(store, 'inbox')))
  const content = new Content(store, async () => store.messages.recordBody(id, store.bodies.put(whole), messageFacts(parseMessage(whole))))
  content.keepPartial(id, { raw: letter(''), absent: new Map([['2', 900_000]]) })
  const { text, attachments, summary } = content.describe(id)
  expect([text?.trim(), attachments[0]?.name, attachments[0]?.size, summary.state]).toEqual([
    'Here it is.',
    'plan.pdf',
    900_000,
    'header-only',
  ])
  expect(Buffer.from((await content.read(attachments[0]?.url ?? '')).body).toString()).toBe('%PDF')
  expect(content.describe(id).attachments[0]?.size).toBe(4)
})

test('an attachment that the server does not give is answered with the reason', async () => {
  const store = openTestStore()
  const id = store.messages.add(newMessage(localFolder(store, 'inbox')))
  const content = new Content(store, () => Promise.reject(new MailError('offline', 'Working offline.')))
  content.keepPartial(id, { raw: letter(''), absent: new Map([['2', 900_000]]) })
  const { status, body } = await content.read(content.describe(id).attachments[0]?.url ?? '')
  expect([status, Buffer.from(body).toString()]).toEqual([503, expect.stringContaining('NET-1')])
})

test('I5: a message that is deleted by another program while it is open stays readable, with its pictures and its source', async () => {
  const store = openTestStore()
  const body = store.bodies.put(raw)
  const id = store.messages.add(newMessage(localFolder(store, 'inbox'), { body, facts: messageFacts(parseMessage(raw)) }))
  const content = new Content(store, neverAsked)
  const { html, sourceUrl } = content.describe(id)
  store.messages.remove([id])
  const shown = await content.read(html?.url ?? '')
  expect([shown.status, Buffer.from(shown.body).toString()]).toEqual([200, expect.stringContaining('Look')])
  const picture = /<img[^>]* src="([^"]+)"/.exec(Buffer.from(shown.body).toString())?.[1] ?? ''
  expect((await content.read((html?.url ?? '').replace('body', picture))).status).toBe(200)
  expect(Buffer.from((await content.read(sourceUrl)).body).equals(raw)).toBe(true)
  expect(() => content.describe(id)).toThrow(expect.objectContaining({ code: 'message-missing' }))
})
