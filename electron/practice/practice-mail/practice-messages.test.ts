import { simpleParser } from 'mailparser'
import { expect, test } from 'vitest'
import { practiceMessages } from './practice-messages.ts'

const now = new Date('2026-05-20T15:00:00Z')
const messages = practiceMessages(now)
const find = (slug: string) => {
  const message = messages.find(({ uidl }) => uidl === `practice-${slug}`)
  if (!message) throw new Error(`There is no message ${slug}.`)
  return message
}
const isBroken = (uidl: string) => uidl.startsWith('practice-broken')

test('there are about 300 messages in ten folders, the same in every run', () => {
  expect(messages.length).toBeGreaterThan(280)
  expect(new Set(messages.map(({ folder }) => folder)).size).toBe(10)
  expect(new Set(messages.map(({ uidl }) => uidl)).size).toBe(messages.length)
  expect(practiceMessages(now)).toEqual(messages)
})

test('they span two years, none comes from the future, and the welcome letter is the newest', () => {
  const dates = messages.map(({ date }) => date.getTime())
  expect(Math.max(...dates)).toBeLessThanOrEqual(now.getTime())
  expect(now.getTime() - Math.min(...dates)).toBeGreaterThan(680 * 86_400_000)
  expect(messages.at(-1)?.uidl).toBe('practice-welcome')
})

test('also a minute after midnight nothing comes from the future', () => {
  const midnight = new Date('2026-05-20T00:01:00Z')
  expect(practiceMessages(midnight).every(({ date }) => date <= midnight)).toBe(true)
  expect(practiceMessages(midnight).at(-1)?.uidl).toBe('practice-welcome')
})

test('every address belongs to nobody, and every link leads nowhere', () => {
  for (const { raw, uidl } of messages) {
    const text = raw.toString('latin1').replaceAll('=\r\n', '')
    const hosts = [...text.matchAll(/(?:@|https?:\/\/)([a-z0-9-]+(?:\.[a-z0-9-]+)+)/gi)].map((match) => match[1] ?? '')
    const foreign = hosts.filter((host) => !/(^|\.)example\.(org|net|com)$/.test(host) && !/^schemas\.openxmlformats\.org$/.test(host))
    expect({ uidl, foreign }).toEqual({ uidl, foreign: [] })
  }
})

test('lines end with CRLF and headers are plain ASCII', () => {
  for (const { raw, uidl } of messages) {
    const text = raw.toString('latin1')
    expect({ uidl, loose: /(^|[^\r])\n|\r(?!\n)/.test(text) }).toEqual({ uidl, loose: false })
    const headers = text.slice(0, text.indexOf('\r\n\r\n'))
    expect({ uidl, isAscii: /^[\t\r\n -~]*$/.test(headers) }).toEqual({ uidl, isAscii: true })
    expect(Math.max(...headers.split('\r\n').map((line) => line.length))).toBeLessThan(200)
  }
})

test('another parser reads every message that is not broken on purpose', async () => {
  for (const { raw, uidl, date } of messages.filter((message) => !isBroken(message.uidl))) {
    const parsed = await simpleParser(raw)
    expect({ uidl, date: parsed.date?.getTime() }).toEqual({ uidl, date: Math.floor(date.getTime() / 1000) * 1000 })
    expect({ uidl, isEmpty: !parsed.text && !parsed.html && parsed.attachments.length === 0 }).toEqual({ uidl, isEmpty: false })
    expect({ uidl, text: parsed.text }).not.toMatchObject({ text: expect.stringContaining('�') })
  }
})

test.each([
  ['world-japanese', '来週の会議について', 'お世話になっております'],
  ['world-chinese', '中秋节快乐', '今年的月饼'],
  ['world-chinese-big5', '茶葉已經寄出', '烏龍茶'],
  ['world-russian', 'Встреча в пятницу', 'у старого моста'],
  ['world-greek', 'Καλημέρα από το νησί', 'Η θάλασσα'],
  ['world-arabic', 'دعوة إلى العشاء', 'عزيزي روبن'],
  ['world-french', 'Où est passée la clé du grenier ?', '15 € par mois'],
])('%s keeps its letters in its own charset', async (slug, subject, part) => {
  const parsed = await simpleParser(find(slug).raw)
  expect(parsed.subject).toBe(subject)
  expect(parsed.text).toContain(part)
})

test('attachments have their names, and the big one is big', async () => {
  const { attachments } = await simpleParser(find('many-files').raw)
  expect(attachments.map(({ filename }) => filename)).toEqual(
    expect.arrayContaining(['Übersicht für Änderungen.txt', 'архив.csv', 'box list.zip']),
  )
  const pictures = await simpleParser(find('party-pictures').raw)
  expect(pictures.attachments[0]?.content.subarray(1, 4).toString()).toBe('PNG')
  expect(find('party-pictures').raw.length).toBeGreaterThan(1_000_000)
})

test('answers belong to their conversation', async () => {
  const parsed = await simpleParser(find('web-start-3').raw)
  expect(parsed.subject).toBe('Re: New website: who does what')
  expect(parsed.references).toEqual(['<web-start@practice.example.org>', '<web-start-2@practice.example.org>'])
  expect(parsed.text).toContain('> Thursday is fine.')
})
