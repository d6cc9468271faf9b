import { expect, test } from 'vitest'
import { arrivedAt } from './arrived-at.ts'
import { parseMessage } from './parse-message.ts'

const now = Date.UTC(2026, 10, 21, 12)
const at = (header: string) => new Date(arrivedAt(parseMessage(Buffer.from(`${header}\r\n\r\nx`)), now)).toISOString()

test('the topmost Received line says when a message arrived', () => {
  const lines =
    'Received: from a by b\r\n\tfor <x@example.org>; Fri, 20 Nov 2026 10:00:05 +0100\r\nReceived: from c by a; Thu, 19 Nov 2026 08:00:00 +0000\r\nDate: Wed, 18 Nov 2026 08:00:00 +0000'
  expect(at(lines)).toBe('2026-11-20T09:00:05.000Z')
})

test('without Received the Date header counts, and without both the moment of the download', () => {
  expect(at('Date: Wed, 18 Nov 2026 08:00:00 +0000')).toBe('2026-11-18T08:00:00.000Z')
  expect(at('Subject: x')).toBe(new Date(now).toISOString())
})

test('a message from the future arrived now', () => {
  expect(at('Date: Wed, 18 Nov 2037 08:00:00 +0000')).toBe(new Date(now).toISOString())
})
