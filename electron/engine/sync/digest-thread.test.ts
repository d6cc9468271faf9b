import { expect, onTestFinished, test } from 'vitest'
import { digestOf } from './digest.ts'
import { Digester } from './digest-thread.ts'

const now = Date.UTC(2026, 10, 22)
const letter = (index: number) =>
  Buffer.from(
    `From: Änne <a@example.org>\r\nDate: Fri, 20 Nov 2026 10:00:00 +0000\r\nSubject: Letter ${index}\r\n\r\n${'words and more of them '.repeat(index * 20)}\r\n`,
  )
const raws = [...Array.from({ length: 40 }, (_, index) => letter(index)), Buffer.from('Subject: tiny\r\n\r\n'), Buffer.alloc(0)]

function digester(expected: number): Digester {
  const made = new Digester(expected)
  onTestFinished(() => made.close())
  return made
}

test('the other thread finds the same as this one, in the same order', async () => {
  const made = digester(10_000)
  const [first, second] = await Promise.all([made.digest(raws, now), made.digest(raws.toReversed(), now)])
  expect(made.hasThread).toBe(true)
  const here = raws.map((raw) => digestOf(raw, now))
  const plain = (digests: typeof first) =>
    digests.map(({ body, ...rest }) => ({ ...rest, ...body, packed: body.packed && Buffer.from(body.packed).toString('hex') }))
  expect(plain(first)).toEqual(plain(here))
  expect(plain(second)).toEqual(plain(here.toReversed()))
  expect(first.map(({ body }) => body.packed === null)).toContain(true)
  expect(first.map(({ body }) => body.packed === null)).toContain(false)
})

test('without the thread, and when it ends in the middle, the work is done all the same', async () => {
  expect(await digester(1).digest(raws, now)).toHaveLength(raws.length)
  const made = digester(10_000)
  const asked = made.digest(raws, now)
  made.close()
  expect(await asked).toHaveLength(raws.length)
  expect(await made.digest(raws, now)).toHaveLength(raws.length)
})
