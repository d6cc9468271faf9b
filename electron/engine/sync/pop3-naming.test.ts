import { expect, test } from 'vitest'
import type { MessageId } from '../../../shared/domain/ids.ts'
import type { UidlRecord } from '../store/uidls-table.ts'
import { headerHash } from './pop3-header.ts'
import { doubtful, type ListedMessage, nameMessages } from './pop3-naming.ts'

const hashOf = (subject: string) => headerHash(Buffer.from(`Subject: ${subject}\r\n\r\n`))

function records(...uidls: readonly string[]): Map<string, UidlRecord> {
  return new Map(
    uidls.map((uidl, index) => [
      uidl,
      {
        ...{ uidl, message: (index + 1) as MessageId, state: 'downloaded', downloadedAt: 1, mark: null, goneAt: null, isPresumed: false },
        ...{ size: 100, headerHash: hashOf(uidl) },
      },
    ]),
  )
}

const list = (...uidls: readonly (string | undefined)[]): ListedMessage[] =>
  uidls.map((uidl, index) => ({ number: index + 1, size: 100, uidl }))
const hashes = (...subjects: readonly string[]) => new Map(subjects.map((subject, index) => [index + 1, hashOf(subject)]))

test('P12: unknown messages are new mail as long as no known one is missing', () => {
  expect([...doubtful(list('a', 'w', 'x', 'y', 'z'), records('a'), false)]).toEqual([])
})

test('P12: unknown messages are looked at while known ones are missing, the known ones are not', () => {
  expect([...doubtful(list('a', 'x'), records('a', 'gone'), false)]).toEqual([2])
})

test('P12: what has been gone for some time is only thought of when many are unknown', () => {
  const known = records('a', 'gone')
  for (const [uidl, record] of known) if (uidl === 'gone') known.set(uidl, { ...record, goneAt: 1 })
  expect([...doubtful(list('a', 'x', 'y', 'z'), known, false)]).toEqual([])
  expect([...doubtful(list('a', 'w', 'x', 'y', 'z'), known, false)]).toEqual([2, 3, 4, 5])
})

test('P12: under new UIDLs known mail is found by header and size', () => {
  const named = nameMessages(list('n1', 'n2', 'n3'), hashes('b', 'c', 'a'), records('a', 'b'))
  expect(named.map(({ uidl, renamedFrom }) => [uidl, renamedFrom])).toEqual([
    ['n1', 'b'],
    ['n2', undefined],
    ['n3', 'a'],
  ])
  expect(named[1]?.record).toBeUndefined()
})

test('P12: UIDLs that have changed places are followed', () => {
  const named = nameMessages(list('a', 'b'), hashes('b', 'a'), records('a', 'b'))
  expect(named.map(({ record }) => record?.uidl)).toEqual(['b', 'a'])
})

test('P6: the same UIDL twice are two messages, in whatever order they come again', () => {
  const first = nameMessages(list('same', 'same'), hashes('x', 'y'), new Map())
  expect(new Set(first.map(({ uidl }) => uidl)).size).toBe(2)
  const known = new Map(
    first.map(({ uidl, headerHash: hash }) => [
      uidl,
      {
        ...{ uidl, message: 1 as MessageId, state: 'downloaded' as const, downloadedAt: 1, mark: null, goneAt: null, isPresumed: false },
        ...{ size: 100, headerHash: hash ?? null },
      },
    ]),
  )
  expect(nameMessages(list('same', 'same'), hashes('y', 'x'), known).map(({ record, uidl }) => record?.uidl === uidl)).toEqual([true, true])
  // One of them is gone: the UIDL alone would not say which.
  expect([...doubtful(list('same'), known, false)]).toEqual([1])
  expect(nameMessages(list('same'), hashes('y'), known)[0]?.record?.uidl).toBe(first[1]?.uidl)
})

test('P6: two equal messages under one UIDL stay two', () => {
  const named = nameMessages(list('same', 'same'), hashes('x', 'x'), new Map())
  expect(new Set(named.map(({ uidl }) => uidl)).size).toBe(2)
})

test('P5: without UIDL a message is known by its header and size, whatever the server writes into Status', () => {
  const header = Buffer.from('From: a@example.org\r\nStatus: RO\r\nSubject: x\r\n\r\n')
  expect(headerHash(header)).toBe(headerHash(Buffer.from('From: a@example.org\r\nSubject: x\r\n\r\n')))
  expect([...doubtful(list(undefined, undefined), new Map(), false)]).toEqual([1, 2])
  const named = nameMessages(
    [
      { number: 1, size: 100, uidl: undefined },
      { number: 2, size: 101, uidl: undefined },
    ],
    hashes('x', 'x'),
    new Map(),
  )
  expect(named[0]?.uidl).not.toBe(named[1]?.uidl)
})
