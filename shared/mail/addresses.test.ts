import { describe, expect, test } from 'vitest'
import { formatAddress, formatAddresses, isMailAddress, parseAddresses } from './addresses.ts'

const shown = (text: string) => parseAddresses(text).map(({ name, address }) => `${name}|${address}`)

describe('reads', () => {
  test.each([
    ['a@b.c', ['|a@b.c']],
    ['a@b; "X, Y" <c@d>', ['|a@b', 'X, Y|c@d']],
    ['Anna Example <a@b.c>, bob@b.c', ['Anna Example|a@b.c', '|bob@b.c']],
    ['<a@b.c>', ['|a@b.c']],
    ['a@b.c (Anna (the first) Example)', ['Anna (the first) Example|a@b.c']],
    ['John Q. Public <j@x.org>', ['John Q. Public|j@x.org']],
    ['"Joe \\"Q\\" Public" <j@x.org>', ['Joe "Q" Public|j@x.org']],
    ['Team: a@b.c, B <b@b.c>; c@b.c', ['|a@b.c', 'B|b@b.c', '|c@b.c']],
    ['undisclosed-recipients:;', ['undisclosed-recipients|']],
    ['Empty: ; a@b.c', ['Empty|', '|a@b.c']],
    ['root', ['|root']],
    ['Anna Example', ['Anna Example|']],
    ['"Anna"', ['Anna|']],
    ['"very odd"@example.org', ['|"veryodd"@example.org']],
    ['<@relay.org,@other.org:a@b.c>', ['|a@b.c']],
    ['Anna a@b.c', ['Anna|a@b.c']],
    ['a@b.c d@e.f', ['|a@b.c', '|d@e.f']],
    ['a@b.c <d@e.f>', ['a@b.c|d@e.f']],
    ['mailto:a@b.c', ['|a@b.c']],
    ['Anna <a@b.c, Bob <b@b.c>', ['Anna|a@b.c', 'Bob|b@b.c']],
    ['"Anna <a@b.c>', ['Anna|a@b.c']],
    ['Anna (x <a@b.c>', ['Anna x|a@b.c']],
    ['a@b.c,,; ,', ['|a@b.c']],
    ['', []],
    ['"" <>', []],
    ['one@b.c\ntwo@b.c', ['|one@b.c', '|two@b.c']],
    ["'a@b.c'", ['|a@b.c']],
    ['a\u0000@b.c', ['|a@b.c']],
  ] as const)('%j', (text, expected) => {
    expect(shown(text)).toEqual(expected)
  })
})

test('decodes names once the list is taken apart', () => {
  expect(parseAddresses('=x= <a@b.c>, d@e.f (=y=)', (name) => name.toUpperCase())).toEqual([
    { name: '=X=', address: 'a@b.c' },
    { name: '=Y=', address: 'd@e.f' },
  ])
})

test.each([
  [{ name: '', address: 'a@b.c' }, 'a@b.c'],
  [{ name: 'Anna', address: 'a@b.c' }, 'Anna <a@b.c>'],
  [{ name: 'X, "Y" \\', address: 'a@b.c' }, '"X, \\"Y\\" \\\\" <a@b.c>'],
  [{ name: 'evil\r\nBcc: x', address: 'a@b.c' }, '"evil Bcc: x" <a@b.c>'],
])('what is formatted reads back: %j', (address, text) => {
  expect(formatAddress(address)).toBe(text)
  expect(parseAddresses(text)[0]?.address).toBe(address.address)
})

test('a list is joined as the compose window shows it', () => {
  const list = [
    { name: 'X, Y', address: 'a@b.c' },
    { name: '', address: 'd@e.f' },
  ]
  expect(formatAddresses(list)).toBe('"X, Y" <a@b.c>; d@e.f')
  expect(parseAddresses(formatAddresses(list))).toEqual(list)
})

test.each(['a@b', 'a.b+c@example.org', 'jörg@exämple.org', '"a b"@example.org', 'a@[192.0.2.1]', "o'neil@example.org"])(
  '%s is an address',
  (text) => {
    expect(isMailAddress(text)).toBe(true)
  },
)

test.each(['', 'a', '@b', 'a@', 'a b@c', 'a@b@c', 'a@b,c', '<a@b>', 'a@b\r\nRCPT TO:<x@y>', 'a@b>', `${'a'.repeat(320)}@b`])(
  '%j is no address',
  (text) => {
    expect(isMailAddress(text)).toBe(false)
  },
)

test.each(['(', '"', '<', '"\\', 'a@b x:', '<a', ',', ';', ':', 'a:', '\\', '"\\",'])(
  'takes no longer for %j repeated endlessly',
  (piece) => {
    const start = performance.now()
    expect(parseAddresses(piece.repeat(500_000 / piece.length)).length).toBeLessThan(500_001)
    expect(performance.now() - start).toBeLessThan(3000)
  },
)
