import { expect, test } from 'vitest'
import { factsOf, localFolder, newMessage, openTestStore } from './test-store.ts'

test('messages with and without a UID are told apart, by folder', () => {
  const store = openTestStore()
  const [here, there] = [localFolder(store, 'inbox'), localFolder(store, 'sent')]
  const ids = store.messages.addMany([
    newMessage(here, { uid: 7 }),
    newMessage(here, { uid: 3, flags: { seen: true } }),
    newMessage(there, { uid: 5 }),
  ])
  expect(store.places.unplaced(here)).toEqual([])
  const facts = factsOf({ subject: 'Waiting', messageIdHeader: '<w@x>', sentAt: 9 })
  const waiting = store.messages.add(newMessage(here, { facts, size: 11, emailId: 'M1', flags: { flagged: true } }))
  expect(store.places.uids(here)).toEqual([3, 7])
  expect([store.places.countBelow(here, 7), store.places.countBelow(here, 8), store.places.countBelow(there, 9)]).toEqual([1, 2, 1])
  expect(store.places.between(here, { from: 3, to: 6 }).map(({ id, uid, flags }) => [id, uid, flags.seen])).toEqual([[ids[1], 3, true]])
  expect(store.places.unplaced(here)).toMatchObject([
    { id: waiting, emailId: 'M1', messageIdHeader: '<w@x>', size: 11, subject: 'Waiting', sentAt: 9, flags: { flagged: true } },
  ])
})

test('a UID is recorded with what the server says of the message, and forgotten with all of its folder', () => {
  const store = openTestStore()
  const here = localFolder(store, 'inbox')
  const id = store.messages.add(newMessage(here, { size: 10, emailId: 'M1' }))
  store.places.record(id, { uid: 4, emailId: null, size: 12 })
  expect(store.messages.details(id)).toMatchObject({ uid: 4, emailId: 'M1', summary: { size: 12 } })
  store.places.forgetUids(here)
  expect(store.messages.details(id)).toMatchObject({ uid: null, emailId: 'M1' })
  expect(store.places.unplaced(here)).toHaveLength(1)
})
