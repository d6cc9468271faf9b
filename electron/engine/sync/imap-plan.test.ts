import { expect, test } from 'vitest'
import type { Flags } from '../../../shared/domain/message.ts'
import { flagDifferences, isUnmoved, planImapSync, type HeldFolder, type ServerState } from './imap-plan.ts'

const held: HeldFolder = { uidValidity: '7', uidNext: 10, highestModSeq: '50', count: 9 }
const server: ServerState = { uidValidity: '7', uidNext: 10, exists: 9, highestModSeq: '50', hasToldChanges: false }
const flags = (change: Partial<Flags> = {}): Flags => ({
  seen: false,
  answered: false,
  forwarded: false,
  flagged: false,
  draft: false,
  deleted: false,
  ...change,
})

test('a folder that was never read is begun and fetched whole', () => {
  const fresh = { uidValidity: null, uidNext: null, highestModSeq: null, count: 0 }
  expect(planImapSync(fresh, server)).toEqual([{ kind: 'begin', forget: false }, { kind: 'compare-uids' }])
})

test('a first reading that broke off is taken up: changes since its begin, and what is still missing', () => {
  const broken = { ...held, uidNext: null, count: 3 }
  expect(planImapSync(broken, { ...server, highestModSeq: '60' })).toEqual([
    { kind: 'fetch-changes', since: '50' },
    { kind: 'compare-uids' },
  ])
  expect(planImapSync({ ...broken, count: 0 }, server)).toEqual([{ kind: 'compare-uids' }])
})

test('nothing moved: nothing to do', () => {
  expect(planImapSync(held, server)).toEqual([])
})

test('I4: new messages are those from the UIDNEXT that we saw last', () => {
  expect(planImapSync(held, { ...server, uidNext: 12, exists: 11, highestModSeq: '52' })).toEqual([
    { kind: 'fetch-changes', since: '50' },
    { kind: 'fetch-new', from: 10 },
  ])
})

test('a server that told its changes by itself is not asked for them', () => {
  expect(planImapSync(held, { ...server, highestModSeq: '52', hasToldChanges: true })).toEqual([{ kind: 'apply-changes' }])
})

test('I3: another UIDVALIDITY makes every UID worthless, not the messages', () => {
  expect(planImapSync(held, { ...server, uidValidity: '8' })).toEqual([{ kind: 'begin', forget: true }, { kind: 'compare-uids' }])
})

test.each<[string, Partial<ServerState>, Partial<HeldFolder>]>([
  ['without CONDSTORE', { highestModSeq: null }, {}],
  ['that has CONDSTORE only now', {}, { highestModSeq: null }],
  ['whose MODSEQ falls back', { highestModSeq: '49' }, {}],
  ['whose MODSEQ falls back while it claims to tell all', { highestModSeq: '49', hasToldChanges: true }, {}],
  ['whose UIDNEXT falls back', { uidNext: 4 }, {}],
  ['whose MODSEQ is longer than our number, not larger as text', { highestModSeq: '9' }, { highestModSeq: '50' }],
])('a server %s is compared whole', (_, said, known) => {
  expect(planImapSync({ ...held, ...known }, { ...server, ...said })).toEqual([{ kind: 'compare-flags' }])
})

test('I7: a folder is unmoved when all its numbers are, the MODSEQ included', () => {
  const status = { uidValidity: '7', uidNext: 10, messages: 9, unseen: 2, highestModSeq: '50' }
  const known = { ...held, total: 9, unread: 2 }
  expect(isUnmoved(known, status)).toBe(true)
  expect(isUnmoved(known, undefined)).toBe(false)
  for (const change of [{ uidValidity: '8' }, { uidNext: 11 }, { messages: 8 }, { unseen: 3 }, { highestModSeq: '51' }]) {
    expect(isUnmoved(known, { ...status, ...change })).toBe(false)
  }
})

test('I6: only the flags that differ, of messages that the server speaks of', () => {
  const rows = [
    { uid: 1, flags: flags({ seen: true }) },
    { uid: 2, flags: flags() },
    { uid: 3, flags: flags({ forwarded: true }) },
  ]
  const onServer = new Map([
    [2, flags({ seen: true, answered: true })],
    [3, flags()],
  ])
  expect(flagDifferences(rows, onServer, false)).toEqual([{ row: rows[1], add: ['seen', 'answered'], remove: [] }])
})

test('a server that can store "forwarded" decides it', () => {
  const rows = [{ uid: 3, flags: flags({ forwarded: true }) }]
  expect(flagDifferences(rows, new Map([[3, flags()]]), true)).toEqual([{ row: rows[0], add: [], remove: ['forwarded'] }])
})
