import { expect, test } from 'vitest'
import type { Flags } from '../../../shared/domain/message.ts'
import { compareFlags, planImapSync, type HeldFolder, type ServerState } from './imap-plan.ts'

const held: HeldFolder = { uidValidity: '7', uidNext: 10, highestModSeq: '50', total: 9 }
const server: ServerState = { uidValidity: '7', uidNext: 10, exists: 9, highestModSeq: '50' }
const flags = (change: Partial<Flags> = {}): Flags => ({
  seen: false,
  answered: false,
  forwarded: false,
  flagged: false,
  draft: false,
  deleted: false,
  ...change,
})

test('a folder that was never read is fetched from the start, an empty one not at all', () => {
  const fresh = { uidValidity: null, uidNext: null, highestModSeq: null, total: 0 }
  expect(planImapSync(fresh, server)).toEqual([{ kind: 'fetch-headers', from: 1 }])
  expect(planImapSync(fresh, { ...server, exists: 0 })).toEqual([])
})

test('nothing moved: nothing to do', () => {
  expect(planImapSync(held, server)).toEqual([])
})

test('I4: new messages are those from the UIDNEXT that we saw last', () => {
  expect(planImapSync(held, { ...server, uidNext: 12, exists: 11, highestModSeq: '52' })).toEqual([
    { kind: 'compare-flags' },
    { kind: 'fetch-headers', from: 10 },
  ])
})

test('I3: another UIDVALIDITY makes everything known worthless', () => {
  expect(planImapSync(held, { ...server, uidValidity: '8' })).toEqual([{ kind: 'forget-all' }, { kind: 'fetch-headers', from: 1 }])
})

test('a message that vanished moves no MODSEQ everywhere, so the count is looked at too', () => {
  expect(planImapSync(held, { ...server, exists: 8 })).toEqual([{ kind: 'compare-flags' }])
})

test('a server without CONDSTORE is compared each time', () => {
  expect(planImapSync(held, { ...server, highestModSeq: null })).toEqual([{ kind: 'compare-flags' }])
})

test('I5: rows whose UID is gone are found, and only the flags that differ', () => {
  const rows = [
    { uid: 1, flags: flags({ seen: true }) },
    { uid: 2, flags: flags() },
    { uid: 3, flags: flags({ forwarded: true }) },
  ]
  const onServer = new Map([
    [2, flags({ seen: true, answered: true })],
    [3, flags()],
  ])
  const { gone, different } = compareFlags(rows, onServer, false)
  expect(gone.map((row) => row.uid)).toEqual([1])
  expect(different).toEqual([{ row: rows[1], add: ['seen', 'answered'], remove: [] }])
})

test('a server that can store "forwarded" decides it', () => {
  const rows = [{ uid: 3, flags: flags({ forwarded: true }) }]
  expect(compareFlags(rows, new Map([[3, flags()]]), true).different).toEqual([{ row: rows[0], add: [], remove: ['forwarded'] }])
})
