import { expect, test } from 'vitest'
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

test.each(['http://127.0.0.1:1/content', 'app://content'])('a picture inside mail HTML is found beside its body at %s', (base) => {
  const store = openTestStore()
  const body = store.bodies.put(raw)
  const id = store.messages.add(newMessage(localFolder(store, 'inbox'), { body, facts: messageFacts(parseMessage(raw)) }))
  const content = new Content(store)
  const url = content.describe(id).html?.url ?? ''
  const html = Buffer.from(content.read(url).body).toString()
  const source = /<img[^>]* src="([^"]+)"/.exec(html)?.[1] ?? ''
  const address = new URL(source, `${base}${url}`).href
  expect(address.startsWith(`${base}/`)).toBe(true)
  const picture = content.read(address.slice(base.length))
  expect(picture).toMatchObject({ status: 200, headers: { 'content-type': 'image/png' } })
  expect(Buffer.from(picture.body).equals(pixel)).toBe(true)
})
