import { expect, test } from 'vitest'
import type { MessageId } from '../../../shared/domain/ids.ts'
import type { UnplacedRow } from '../store/places-table.ts'
import { Adoption, type ShownMessage } from './imap-adoption.ts'

const flags = { seen: false, answered: false, forwarded: false, flagged: false, draft: false, deleted: false }
const row = (id: number, change: Partial<UnplacedRow> = {}): UnplacedRow => ({
  id: id as MessageId,
  emailId: null,
  messageIdHeader: '<a@x>',
  size: 1000,
  subject: 'Hello',
  sentAt: 5,
  flags,
  ...change,
})
const shown = ({ envelope, ...change }: Partial<ShownMessage> = {}): ShownMessage => ({
  emailId: null,
  size: 1000,
  receivedAt: 9,
  ...change,
  envelope: { messageIdHeader: '<a@x>', subject: 'Hello', sentAt: 5, ...envelope },
})
const envelope = (change: Partial<ShownMessage['envelope']>) => ({ messageIdHeader: '<a@x>', subject: 'Hello', sentAt: 5, ...change })

test('EMAILID counts first, whatever else is the same', () => {
  const adoption = new Adoption([row(1), row(2, { emailId: 'M2', size: 5, subject: 'Other' })])
  expect(adoption.take(shown({ emailId: 'M2' }))?.id).toBe(2)
  // A server that hands out new ids, after a move to other machines, is met by the facts.
  expect(adoption.take(shown({ emailId: 'M2' }))?.id).toBe(1)
  expect(adoption.take(shown({ emailId: 'M2' }))).toBeUndefined()
})

test('the same size before a close one, and each row once', () => {
  const adoption = new Adoption([row(1, { size: 1010 }), row(2), row(3, { size: 5000 })])
  expect([adoption.take(shown())?.id, adoption.take(shown())?.id, adoption.take(shown())?.id]).toEqual([2, 1, undefined])
  expect(adoption.left.map(({ id }) => id)).toEqual([3])
})

test.each<[string, Partial<ShownMessage>]>([
  ['another Message-ID', { envelope: envelope({ messageIdHeader: '<b@x>' }) }],
  ['another subject, as lists give it', { envelope: envelope({ subject: '[list] Hello' }) }],
  ['another date', { envelope: envelope({ sentAt: 6 }) }],
  ['another size', { size: 1200 }],
])('%s is another message', (_, change) => {
  expect(new Adoption([row(1)]).take(shown(change))).toBeUndefined()
})

test('without a Message-ID nothing may differ, and without a date that of its arrival counts', () => {
  const nameless = { messageIdHeader: '', sentAt: 9 }
  const adoption = new Adoption([row(1, nameless)])
  const same = envelope({ messageIdHeader: '', sentAt: null })
  expect(adoption.take(shown({ envelope: same, size: 1001 }))).toBeUndefined()
  expect(adoption.take(shown({ envelope: same }))?.id).toBe(1)
})
