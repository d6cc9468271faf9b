import { expect, test } from 'vitest'
import { LineReader } from './line-reader.ts'

function linesOf(...chunks: readonly (string | Buffer)[]): string[] {
  const reader = new LineReader()
  const lines: string[] = []
  for (const chunk of chunks.map((each) => Buffer.from(each))) {
    for (let at = 0; at < chunk.length; ) {
      const { line, next } = reader.read(chunk, at)
      if (line !== undefined) lines.push(line)
      at = next
    }
  }
  return lines
}

test('lines may be cut anywhere and may end without CR', () => {
  expect(linesOf('+OK on', 'e\r', '\n+OK two\n', '\n+OK', ' three\r\n')).toEqual(['+OK one', '+OK two', '', '+OK three'])
})

test('a line that is not UTF-8 is read as Latin-1', () => {
  expect(linesOf('-ERR schließt\r\n', Buffer.from('-ERR schlie\xdft\r\n', 'latin1'))).toEqual(['-ERR schließt', '-ERR schließt'])
})

test('an endless line is refused instead of filling the memory', () => {
  const chunk = 'x'.repeat(10_000)
  expect(() => linesOf(...Array.from({ length: 7 }, () => chunk))).toThrow(/longer than 65536/)
})
