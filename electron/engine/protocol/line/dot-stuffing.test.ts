import { expect, test } from 'vitest'
import { DotDecoder, stuffDots } from './dot-stuffing.ts'

/** Feeds the chunks to one decoder; `rest` is what was left behind the end. */
function decode(chunks: readonly Buffer[]): { body: string; rest: string } {
  const decoder = new DotDecoder()
  const pieces: Buffer[] = []
  let rest: string | undefined
  for (const chunk of chunks) {
    if (rest !== undefined) {
      rest += chunk.toString('latin1')
      continue
    }
    const end = decoder.feed(chunk, 0, (piece) => pieces.push(piece))
    if (end >= 0) rest = chunk.subarray(end).toString('latin1')
  }
  expect(pieces.every((piece) => piece.length > 0)).toBe(true)
  return { body: Buffer.concat(pieces).toString('latin1'), rest: rest ?? 'the end was not found' }
}

const cut = (bytes: Buffer, ...places: readonly number[]) =>
  [0, ...places].map((place, index) => bytes.subarray(place, [...places, bytes.length][index]))

test('removes the doubled dot, keeps the last line end and leaves what follows', () => {
  expect(decode([Buffer.from('a\r\n..b\r\n..\r\n.c\r\n.\r\n+OK next')])).toEqual({ body: 'a\r\n.b\r\n.\r\nc\r\n', rest: '+OK next' })
  expect(decode([Buffer.from('.\r\n')])).toEqual({ body: '', rest: '' })
  expect(decode([Buffer.from('..\r\n.\r\n')])).toEqual({ body: '.\r\n', rest: '' })
})

test('a bare LF is content and starts no line, so a message can not forge its own end', () => {
  const forged = 'a\n.\r\n+OK forged\r\n'
  expect(decode([Buffer.from(`${forged}.\r\n`)]).body).toBe(forged)
  expect(decode([Buffer.from('a\n..b\r\n.\n\r\n.\r\n')]).body).toBe('a\n..b\r\n\n\r\n')
})

test('bytes that are no text pass unchanged', () => {
  const all = Buffer.from(Array.from({ length: 256 }, (_, index) => index))
  expect(decode([stuffDots(all)]).body).toBe(`${all.toString('latin1')}\r\n`)
})

test.each(['a\r\n.\r\n', 'end.\r\n.\r\n', '..x\r\n\r\n..\r\n.\r\nrest', 'x\r\r\n.\r.\r\n..\r\r\n.\r\n', '.\r\n', '\r\n.\r\n'])(
  'any two cuts leave %j the same',
  (text) => {
    const bytes = Buffer.from(text)
    const whole = decode([bytes])
    for (let first = 0; first <= bytes.length; first++) {
      for (let second = first; second <= bytes.length; second++) expect(decode(cut(bytes, first, second))).toEqual(whole)
    }
  },
)

test('what stuffDots wrote decodes to the same bytes, however it is cut (fuzz)', () => {
  const random = seeded(20261121)
  const bits = ['.', '..', '\r\n', '\r\n.', '\r', '\n', 'x', 'line of text', '\r\n.\r\n', 'end.\r\n']
  for (let run = 0; run < 2000; run++) {
    const text = Array.from({ length: random(30) }, () => bits[random(bits.length)]).join('')
    const body = Buffer.from(`${text}\r\n`)
    const sent = Buffer.concat([stuffDots(body), Buffer.from('+OK')])
    const chunks: Buffer[] = []
    for (let at = 0; at < sent.length; ) {
      const size = 1 + random(run % 2 ? 3 : 40)
      chunks.push(sent.subarray(at, at + size))
      at += size
    }
    expect(decode(chunks)).toEqual({ body: body.toString(), rest: '+OK' })
  }
})

/** Numbers below `limit`, the same in every run. */
function seeded(seed: number): (limit: number) => number {
  let state = seed
  return (limit) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return Math.floor((state / 2 ** 32) * limit)
  }
}
