import { expect, test } from 'vitest'
import type { MessageId } from '../../../shared/domain/ids.ts'
import { accountSettings, addSubjects, factsOf, localFolder, newMessage, openTestStore } from './test-store.ts'

const unknown = 999

test('a message comes back as its row and its details', () => {
  const store = openTestStore()
  const inbox = localFolder(store, 'inbox')
  const account = store.accounts.add(accountSettings('Work')).id
  const envelope = {
    from: [{ name: 'Anna', address: 'anna@example.org' }],
    to: [
      { name: 'Bob', address: 'b@example.org' },
      { name: '', address: 'c@example.org' },
    ],
    cc: [{ name: 'Dora', address: 'd@example.org' }],
    subject: 'Re: Plans',
    sentAt: 5000,
    messageIdHeader: '<m@x>',
    inReplyTo: '<p@x>',
    references: ['<o@x>', '<p@x>'],
  }
  const body = store.bodies.put(Buffer.from('raw'))
  const facts = { ...factsOf(envelope), priority: 'high', hasAttachment: true } as const
  const id = store.messages.add({
    folder: inbox,
    account,
    facts,
    flags: { seen: true, draft: true },
    size: 321,
    receivedAt: 6000,
    body,
    uid: 7,
    uidl: 'u7',
    emailId: 'M7',
  })
  const none = { answered: false, forwarded: false, flagged: false, deleted: false }
  const summary = {
    id,
    folder: inbox,
    account,
    from: 'Anna',
    to: 'Bob; c@example.org; Dora',
    subject: 'Re: Plans',
    sentAt: 5000,
    receivedAt: 6000,
    size: 321,
    flags: { ...none, seen: true, draft: true },
    hasAttachment: true,
    priority: 'high',
    state: 'downloaded',
    mark: null,
  }
  expect(store.messages.get(id)).toEqual(summary)
  expect(store.messages.details(id)).toEqual({
    summary,
    messageIdHeader: '<m@x>',
    inReplyTo: '<p@x>',
    references: ['<o@x>', '<p@x>'],
    uid: 7,
    uidl: 'u7',
    emailId: 'M7',
    body,
  })
  expect(store.messages.find(unknown as MessageId)).toBeUndefined()
  expect(() => store.messages.get(unknown as MessageId)).toThrow(expect.objectContaining({ code: 'message-missing' }))
  expect(() => store.messages.details(unknown as MessageId)).toThrow(expect.objectContaining({ code: 'message-missing' }))
})

test('a header-only message becomes a downloaded one', () => {
  const store = openTestStore()
  const id = store.messages.add(newMessage(localFolder(store, 'inbox'), { receivedAt: 9, uid: 4, flags: { seen: true } }))
  expect(store.messages.get(id)).toMatchObject({ state: 'header-only', sentAt: 9 })
  const body = store.bodies.put(Buffer.from('raw'))
  const position = { storeId: store.id, seq: store.seq }
  store.messages.recordBody(id, body, { ...factsOf({ subject: 'found', sentAt: 5 }), hasAttachment: true })
  expect(store.messages.details(id)).toMatchObject({
    body,
    uid: 4,
    summary: { state: 'downloaded', subject: 'found', hasAttachment: true, sentAt: 5, receivedAt: 9, flags: { seen: true } },
  })
  expect(store.changesSince(position)).toMatchObject({ changed: [{ id, state: 'downloaded' }], reshaped: [] })
})

test('many messages come in the order asked for, without those that are gone', () => {
  const store = openTestStore()
  const [a, b, c] = addSubjects(store, localFolder(store, 'inbox'), ['a', 'b', 'c'])
  if (!a || !b || !c) throw new Error('nothing was added')
  expect(store.messages.getMany([c, unknown as MessageId, a, b]).map(({ id }) => id)).toEqual([c, a, b])
})

test('values that no honest header has do no harm', () => {
  const store = openTestStore()
  const envelope = { subject: 'nul \u0000 and half \ud800 a pair', sentAt: Number.NaN, from: [{ name: '', address: '' }] }
  const id = store.messages.add(newMessage(localFolder(store, 'inbox'), { facts: factsOf(envelope), size: 1.5, receivedAt: -1 }))
  expect(store.messages.get(id)).toMatchObject({ sentAt: 0, receivedAt: -1, size: 1, from: '' })
  expect(store.messages.get(id).subject).toMatch(/^nul .* a pair$/su)
})

test('flags are added and removed; nothing is told when nothing changes', () => {
  const store = openTestStore()
  const [id] = addSubjects(store, localFolder(store, 'inbox'), ['a'])
  if (!id) throw new Error('nothing was added')
  store.messages.setFlags([id], ['seen', 'flagged'], ['answered'])
  store.messages.setFlags([id], ['answered'], ['flagged'])
  expect(store.messages.get(id).flags).toMatchObject({ seen: true, answered: true, flagged: false })
  const seq = store.seq
  store.messages.setFlags([id], ['seen'], ['flagged'])
  expect(store.seq).toBe(seq)
})

test('IMAP numbers belong to their folder and do not move along', () => {
  const store = openTestStore()
  const [inbox, sent] = [localFolder(store, 'inbox'), localFolder(store, 'sent')]
  const [a, b] = store.messages.addMany([newMessage(inbox, { uid: 5 }), newMessage(inbox, { uid: 3, flags: { seen: true } })])
  store.messages.add(newMessage(inbox))
  if (!a || !b) throw new Error('nothing was added')
  expect(store.messages.uidRows(inbox).map(({ id, uid, flags }) => [id, uid, flags.seen])).toEqual([
    [b, 3, true],
    [a, 5, false],
  ])
  expect([store.messages.maxUid(inbox), store.messages.maxUid(sent)]).toEqual([5, 0])
  expect([store.messages.findByUid(inbox, 5), store.messages.findByUid(inbox, 4)]).toEqual([a, undefined])
  store.messages.add(newMessage(sent, { uid: 5 }))
  store.messages.move([a, b], sent)
  expect(store.messages.details(a).uid).toBeNull()
  store.messages.recordUid(a, 6)
  expect(store.messages.findByUid(sent, 6)).toBe(a)
})

test('messages are found by their Message-ID header', () => {
  const store = openTestStore()
  const [inbox, sent] = [localFolder(store, 'inbox'), localFolder(store, 'sent')]
  const facts = factsOf({ messageIdHeader: '<m@x>' })
  const ids = store.messages.addMany([newMessage(inbox, { facts }), newMessage(sent, { facts }), newMessage(sent)])
  expect(store.messages.findByMessageIdHeader(null, '<m@x>')).toEqual(ids.slice(0, 2))
  expect(store.messages.findByMessageIdHeader(sent, '<m@x>')).toEqual(ids.slice(1, 2))
  expect(store.messages.findByMessageIdHeader(null, '')).toEqual([])
})

test('a message marked for offline shows it until its body is here, and the mark does not come twice', () => {
  const store = openTestStore()
  const [id] = addSubjects(store, localFolder(store, 'inbox'), ['one'])
  if (!id) throw new Error('nothing was added')
  store.messages.setWanted([id], true)
  expect(store.messages.get(id).mark).toBe('retrieve-copy')
  expect(store.messages.wantedIn(localFolder(store, 'inbox'))).toEqual([])
  store.messages.recordUid(id, 5)
  expect(store.messages.wantedIn(localFolder(store, 'inbox'))).toEqual([id])
  store.messages.recordBody(id, store.bodies.put(Buffer.from('text')), factsOf())
  expect([store.messages.get(id).mark, store.messages.wantedIn(localFolder(store, 'inbox'))]).toEqual([null, []])
})
