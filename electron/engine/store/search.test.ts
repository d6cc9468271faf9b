import { expect, test } from 'vitest'
import type { FolderId, MessageId } from '../../../shared/domain/ids.ts'
import type { Store } from './store.ts'
import { addSubjects, factsOf, localFolder, newMessage, openTestStore, seededRandom } from './test-store.ts'

const anna = { name: 'Anna Müller', address: 'anna@example.org' }
const bob = { name: 'Bob', address: 'bob@example.net' }

function search(store: Store, text: string): MessageId[] {
  const { view, rows } = store.views.open({ folder: null, sort: 'received', descending: false, search: text }, 500, null)
  store.views.close(view)
  return rows.map((row) => row.id)
}

/** Four messages, numbered from 1 in the order of arrival. */
function storeWithMail(): Store {
  const store = openTestStore()
  const inbox = localFolder(store, 'inbox')
  store.messages.addMany([
    newMessage(inbox, { receivedAt: 1, facts: factsOf({ from: [anna], to: [bob], subject: 'Annual report' }, 'Numbers for the year') }),
    newMessage(inbox, {
      receivedAt: 2,
      facts: factsOf({ from: [bob], cc: [anna], subject: 'Re: Annual report' }, 'Thanks a lot'),
      flags: { seen: true },
    }),
    newMessage(inbox, {
      receivedAt: 3,
      facts: factsOf({ from: [bob], subject: '会議の議事録' }, '日本語の本文です'),
      flags: { flagged: true },
    }),
    newMessage(localFolder(store, 'deleted'), { receivedAt: 4, facts: { ...factsOf({ subject: 'report' }), hasAttachment: true } }),
  ])
  return store
}

test.each([
  ['report', [1, 2, 4]],
  ['rep', [1, 2, 4]],
  ['REPORT annual', [1, 2]],
  ['"annual report"', [1, 2]],
  ['"report annual"', []],
  ['from:anna', [1]],
  ['from:muller', [1]],
  ['to:anna', [2]],
  ['subject:year', []],
  ['year', [1]],
  ['bob@example.net', [1, 2, 3]],
  ['report -annual', [4]],
  ['-report', [3]],
  ['is:unread', [1, 3, 4]],
  ['-is:unread', [2]],
  ['is:flagged', [3]],
  ['has:attachment report', [4]],
  ['日本語', [3]],
  ['本文', [3]],
  ['議事', [3]],
  ['文本', []],
  ['subject:会議', [3]],
  ['', [1, 2, 3, 4]],
])('%j finds messages %j', (text, expected) => {
  expect(search(storeWithMail(), text)).toEqual(expected)
})

test('a search within one folder stays in it', () => {
  const store = storeWithMail()
  const request = { folder: localFolder(store, 'inbox'), sort: 'subject', descending: false, search: 'report' } as const
  expect(store.views.open(request, 10, null)).toMatchObject({ total: 2, rows: [{ id: 1 }, { id: 2 }] })
})

test('a body that arrives later is found by its words, and the words of the header no longer count twice', () => {
  const store = openTestStore()
  const inbox = localFolder(store, 'inbox')
  const [id] = addSubjects(store, inbox, ['old subject'])
  if (!id) throw new Error('nothing was added')
  store.messages.recordBody(id, store.bodies.put(Buffer.from('raw')), factsOf({ subject: 'new subject' }, 'unicorn'))
  expect([search(store, 'unicorn'), search(store, 'old'), search(store, 'new')]).toEqual([[id], [], [id]])
  store.messages.remove([id])
  expect(search(store, 'unicorn')).toEqual([])
})

test('bodies that come together, in any order, replace the words of their headers, and those of no other message', () => {
  const store = storeWithMail()
  const [body] = store.bodies.putMany([Buffer.from('raw')])
  if (!body) throw new Error('no body')
  const filled = store.messages.recordBodies(
    [2, 99, 1].map((id) => ({ id: id as MessageId, body, facts: factsOf({ subject: `subject ${id}` }, 'unicorn') })),
  )
  expect(filled).toEqual(new Set([1, 2]))
  expect(search(store, 'unicorn')).toEqual([1, 2])
  expect(search(store, 'report')).toEqual([4])
  expect(store.messages.details(2 as MessageId)).toMatchObject({ summary: { subject: 'subject 2' }, body })
  expect(store.messages.recordBodies([])).toEqual(new Set())
})

test('nothing that is typed is a syntax error', () => {
  const store = storeWithMail()
  const pieces = [
    ...'"\'*()-+^:{},;%_<>@ '.split(''),
    'AND',
    'OR',
    'NOT',
    'NEAR',
    'NEAR(a b, 2)',
    'from:',
    'is:',
    'has:attachment',
    'sender',
    '-"',
  ]
  pieces.push('\\', '\u0000', '\ud800', '\u0301', '語', 'é', '😀', 'a', 'report')
  const random = seededRandom(7)
  for (let round = 0; round < 2000; round++) {
    const text = Array.from({ length: 1 + Math.floor(random() * 8) }, () => pieces[Math.floor(random() * pieces.length)]).join('')
    expect(() => search(store, text), JSON.stringify(text)).not.toThrow()
  }
})

test('a message that comes and goes within one transaction leaves no words behind', () => {
  const store = openTestStore()
  const inbox = localFolder(store, 'inbox')
  store.transaction(() => {
    const [first] = addSubjects(store, inbox, ['passing', 'staying'])
    store.messages.remove(first ? [first] : [])
  })
  expect([search(store, 'passing'), search(store, 'staying')]).toEqual([[], [2]])
})

test('the words of a transaction that is rolled back are not found later', () => {
  const store = openTestStore()
  const inbox = localFolder(store, 'inbox')
  const failing = () =>
    store.transaction(() => {
      addSubjects(store, inbox, ['undone'])
      throw new Error('no')
    })
  expect(failing).toThrow('no')
  addSubjects(store, inbox, ['done'])
  expect([search(store, 'undone'), search(store, 'done')]).toEqual([[], [1]])
})

test('a word in most messages finds them in order, within a folder and without those that lack it', () => {
  const store = openTestStore()
  const [inbox, sent] = [localFolder(store, 'inbox'), localFolder(store, 'sent')]
  const texts = ['common', 'rare', 'common', 'common', 'common']
  const ids = store.messages.addMany(
    texts.map((text, at) => newMessage(at === 2 ? sent : inbox, { receivedAt: 100 - at, facts: factsOf({ subject: text }) })),
  )
  const find = (folder: FolderId | null, descending: boolean) =>
    store.views.open({ folder, sort: 'received', descending, search: 'common' }, 9, null).rows.map((row) => ids.indexOf(row.id))
  expect([find(null, true), find(null, false), find(inbox, true), find(sent, true)]).toEqual([[0, 2, 3, 4], [4, 3, 2, 0], [0, 3, 4], [2]])
})
