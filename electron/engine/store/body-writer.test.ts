import { createHash } from 'node:crypto'
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { openTestStore, temporaryFolder } from './test-store.ts'

const large = Buffer.from(Array.from({ length: 3_000_000 }, (_, index) => (index * 31 + (index >> 9)) & 255))

function pieces(raw: Buffer, size: number): Buffer[] {
  return Array.from({ length: Math.ceil(raw.length / size) }, (_, index) => Buffer.from(raw.subarray(index * size, (index + 1) * size)))
}

const parts = (folder: string) => readdirSync(join(folder, 'bodies')).filter((name) => name.endsWith('.part'))

test.each([1000, 65_536, 300_000])('a large body that comes in pieces of %d bytes is a file at its end, byte for byte', (size) => {
  const folder = temporaryFolder()
  const store = openTestStore({ folder })
  const writer = store.bodies.writer()
  let most = 0
  for (const piece of pieces(large, size)) most = Math.max(most, writer.write(piece))
  expect(parts(folder)).toHaveLength(1)
  const written = writer.end()
  if (written.kind !== 'stored') throw new Error('it was kept in memory')
  expect(written.body).toEqual({ hash: createHash('sha256').update(large).digest('hex'), size: large.length })
  expect(written.start.equals(large.subarray(0, 1024 * 1024))).toBe(true)
  expect(most).toBeLessThanOrEqual(1024 * 1024)
  expect(store.bodies.read(written.body).equals(large)).toBe(true)
  expect(() => store.bodies.verify(written.body)).not.toThrow()
  expect(parts(folder)).toEqual([])
})

test('a small body stays in memory, to be stored with others', () => {
  const writer = openTestStore().bodies.writer()
  for (const piece of pieces(large.subarray(0, 256 * 1024), 50_000)) writer.write(piece)
  const written = writer.end()
  expect(written.kind === 'small' && written.raw.equals(large.subarray(0, 256 * 1024))).toBe(true)
})

test('a body that breaks off leaves nothing behind', () => {
  const folder = temporaryFolder()
  const writer = openTestStore({ folder }).bodies.writer()
  writer.write(Buffer.from(large))
  expect(parts(folder)).toHaveLength(1)
  writer.discard()
  expect(parts(folder)).toEqual([])
})
