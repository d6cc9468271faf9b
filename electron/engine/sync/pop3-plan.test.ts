import { expect, test } from 'vitest'
import type { Pop3Options } from '../../../shared/domain/account.ts'
import type { MessageId } from '../../../shared/domain/ids.ts'
import type { UidlRecord } from '../store/uidls-table.ts'
import { heldOnServer } from './pop3-forecast.ts'
import { ordinaryJob, type Pop3Job } from './pop3-job.ts'
import type { NamedMessage } from './pop3-naming.ts'
import { forecastOf, planPop3 } from './pop3-plan.ts'

const keep: Pop3Options = { leaveOnServer: true, removeAfterDays: null, removeWhenDeleted: false, headersOnly: false, maxDownloadKb: null }
const day = 24 * 3_600_000
const now = 100 * day

function known(uidl: string, change: Partial<UidlRecord> = {}): UidlRecord {
  const nothing = { mark: null, size: 1000, headerHash: null, goneAt: null, isPresumed: false, message: 1 as MessageId }
  return { uidl, state: 'downloaded', downloadedAt: now, ...nothing, ...change }
}

function listed(number: number, record?: UidlRecord, size = 1000): NamedMessage {
  return { number, size, uidl: record?.uidl ?? `new ${number}`, headerHash: undefined, record }
}

function plan(messages: readonly NamedMessage[], change: Partial<Pop3Options> = {}, job: Partial<Pop3Job> = {}) {
  const made = planPop3({ messages, options: { ...keep, ...change }, job: { ...ordinaryJob, ...job }, now })
  const numbers = (list: Iterable<NamedMessage>) => [...list].map(({ number }) => number)
  return {
    headers: numbers(made.headers),
    bodies: numbers(made.bodies),
    deletions: numbers(made.deletions),
    afterDownload: numbers(made.deletedAfterDownload),
  }
}

test('P1: fetches exactly what is not known, oldest first', () => {
  expect(plan([listed(1), listed(2, known('b')), listed(3)])).toEqual({ headers: [], bodies: [1, 3], deletions: [], afterDownload: [] })
})

test('P9: an account that keeps no copies deletes new mail after its download and what was held back', () => {
  expect(plan([listed(1), listed(2, known('b'))], { leaveOnServer: false })).toEqual({
    headers: [],
    bodies: [1],
    deletions: [2],
    afterDownload: [1],
  })
})

test('P9: days count from the download, not from when the message was sent', () => {
  const messages = [known('old', { downloadedAt: now - 5 * day }), known('young', { downloadedAt: now - 5 * day + 1 })].map(
    (record, index) => listed(index + 1, record),
  )
  expect(plan(messages, { removeAfterDays: 5 }).deletions).toEqual([1])
})

test('P9: what the user deleted here is deleted there, although copies are kept', () => {
  expect(plan([listed(1, known('a', { state: 'to-be-deleted', message: null }))]).deletions).toEqual([1])
})

test('P10: headers only, as the account says, for this connection, or because of the size', () => {
  expect(plan([listed(1), listed(2)], { headersOnly: true }).headers).toEqual([1, 2])
  expect(plan([listed(1), listed(2)], {}, { newMail: 'headers' }).headers).toEqual([1, 2])
  expect(plan([listed(1, undefined, 10_241), listed(2, undefined, 10_240)], { maxDownloadKb: 10 })).toMatchObject({
    headers: [1],
    bodies: [2],
  })
  expect(plan([listed(1)], {}, { newMail: 'leave' })).toMatchObject({ headers: [], bodies: [] })
})

test('P10: headers alone delete nothing', () => {
  const messages = [listed(1, known('a')), listed(2, known('b', { state: 'header-only', mark: 'delete' })), listed(3)]
  expect(plan(messages, { leaveOnServer: false }, { newMail: 'headers', marks: 'none', deletions: false })).toMatchObject({
    headers: [3],
    deletions: [],
  })
})

test('P11: marks are carried out as RETR, RETR and DELE, and DELE', () => {
  const header = (uidl: string, mark: UidlRecord['mark']) => known(uidl, { state: 'header-only', mark, downloadedAt: null })
  const messages = [header('a', 'retrieve'), header('b', 'retrieve-copy'), header('c', 'delete'), header('d', null)].map((record, index) =>
    listed(index + 1, record),
  )
  const done = { headers: [], bodies: [1, 2], deletions: [3], afterDownload: [1] }
  expect(plan(messages, { headersOnly: true })).toEqual(done)
  expect(plan(messages, { headersOnly: true }, { marks: 'none' })).toMatchObject({ bodies: [], deletions: [] })
})

test('P11: a header whose account leaves remote mode comes whole; "retrieve" that was cut before its DELE only deletes', () => {
  expect(plan([listed(1, known('a', { state: 'header-only' }))]).bodies).toEqual([1])
  expect(plan([listed(1, known('a', { mark: 'retrieve' }))])).toMatchObject({ bodies: [], deletions: [1] })
})

test('P13: the forecast counts what leaves now, later, and never', () => {
  const messages = [
    listed(1, known('old', { downloadedAt: 0 })),
    listed(2, known('young')),
    listed(3),
    listed(4, known('x', { state: 'ignored' })),
  ]
  const options = { ...keep, removeAfterDays: 7 }
  expect(forecastOf({ messages, options }, planPop3({ messages, options, job: ordinaryJob, now }))).toEqual({
    serverMessages: 4,
    serverBytes: 4000,
    newMessages: 1,
    newBytes: 1000,
    deleteNow: 1,
    deleteNowBytes: 1000,
    deleteLater: { days: 7, count: 2 },
    never: 1,
  })
})

test('unticking "leave a copy" counts what is here and would go; what is gone already does not count', () => {
  const records = [known('a'), known('b', { goneAt: 1 }), known('c', { state: 'header-only' }), known('d', { state: 'to-be-deleted' })]
  expect(heldOnServer({ records, before: keep, after: { ...keep, leaveOnServer: false }, now })).toBe(1)
  expect(heldOnServer({ records, before: { ...keep, leaveOnServer: false }, after: keep, now })).toBe(0)
})
