import { expect, test } from 'vitest'
import type { FolderId, MessageId } from '../../../shared/domain/ids.ts'
import type { Flags, MessageSummary } from '../../../shared/domain/message.ts'
import { rowClass, rowState } from './row-state.ts'

const row = (flags: Partial<Flags>, part: Partial<MessageSummary> = {}): MessageSummary => ({
  id: 1 as MessageId,
  folder: 1 as FolderId,
  account: null,
  from: '',
  to: '',
  subject: '',
  sentAt: 0,
  receivedAt: 0,
  size: 0,
  flags: { seen: true, answered: false, forwarded: false, flagged: false, draft: false, deleted: false, ...flags },
  hasAttachment: false,
  priority: 'normal',
  state: 'downloaded',
  mark: null,
  ...part,
})

test('each state of a message has its glyph, and words for it', () => {
  expect(rowState(row({ seen: false }))).toEqual({ icon: 'mail-unread', label: 'Unread' })
  expect(rowState(row({})).icon).toBe('mail-read')
  expect(rowState(row({ answered: true })).icon).toBe('reply')
  expect(rowState(row({ forwarded: true })).icon).toBe('forward')
  expect(rowState(row({ draft: true })).icon).toBe('mail-draft')
  expect(rowState(row({ seen: false }, { state: 'header-only' }))).toEqual({ icon: 'cloud-down', label: 'Unread, Header only' })
})

test('a mark shows before the state of the message, with words for it', () => {
  const marked = row({ seen: false }, { state: 'header-only', mark: 'retrieve-copy' })
  expect(rowState(marked)).toEqual({ icon: 'mail-copy', label: 'Unread, Marked to retrieve a copy' })
  expect(rowClass(marked)).toBe('message-row is-unread is-marked')
  expect(rowState(row({}, { mark: 'delete' })).icon).toBe('mail-deleted')
})

test('marked as deleted is said before anything else, and is never bold', () => {
  const deleted = row({ deleted: true, seen: false })
  expect(rowState(deleted).icon).toBe('mail-deleted')
  expect(rowClass(deleted)).toBe('message-row is-deleted')
})

test('in a folder on a server a mark means that the message will be downloaded', () => {
  const marked = row({}, { state: 'header-only', mark: 'retrieve-copy' })
  expect(rowState(marked, true)).toEqual({ icon: 'mail-download', label: 'Read, Marked for download' })
  expect(rowState(marked, false).label).toBe('Read, Marked to retrieve a copy')
})
