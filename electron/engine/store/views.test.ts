import { expect, test, vi } from 'vitest'
import type { FolderId, MessageId } from '../../../shared/domain/ids.ts'
import type { SortKey, ViewChange, ViewRequest, ViewWindow } from '../../../shared/domain/view.ts'
import type { Store } from './store.ts'
import { accountSettings, addSubjects, factsOf, localFolder, newMessage, openTestStore, seededRandom } from './test-store.ts'

const newestFirst = (folder: FolderId | null): ViewRequest => ({ folder, sort: 'received', descending: true, search: null })
const idsOf = (window: ViewWindow) => window.rows.map((row) => row.id)

/** Until every list under way has read its ids. */
async function whenRead(): Promise<void> {
  for (let turn = 0; turn < 20; turn++) await new Promise(setImmediate)
}

function wholeView(store: Store, view: ViewWindow['view']): MessageId[] {
  const { total } = store.views.rows(view, 0, 0)
  const ids: MessageId[] = []
  for (let from = 0; from < total; from += 100) ids.push(...idsOf(store.views.rows(view, from, 100)))
  return ids
}

test('the first window is there at once and says how many there are', async () => {
  const store = openTestStore()
  const inbox = localFolder(store, 'inbox')
  const ids = addSubjects(store, inbox, ['a', 'b', 'c', 'd', 'e'])
  const window = store.views.open(newestFirst(inbox), 2, null)
  expect(window).toMatchObject({ version: 1, total: 5, from: 0, rows: [{ subject: 'e' }, { subject: 'd' }] })
  expect(idsOf(store.views.rows(window.view, 3, 10))).toEqual([ids[1], ids[0]])
  expect(idsOf(store.views.rows(window.view, 5, 10))).toEqual([])
  await whenRead()
  expect(idsOf(store.views.rows(window.view, 3, 10))).toEqual([ids[1], ids[0]])
  expect(idsOf(store.views.rows(window.view, 5, 10))).toEqual([])
})

test('a list opens around the message that was selected, or at its beginning when that one is gone', () => {
  const store = openTestStore()
  const inbox = localFolder(store, 'inbox')
  const ids = addSubjects(
    store,
    inbox,
    Array.from({ length: 100 }, (_, at) => `m${at}`),
  )
  expect(store.views.open(newestFirst(inbox), 10, ids[50] ?? null)).toMatchObject({ from: 44, rows: { length: 10 } })
  expect(store.views.open(newestFirst(inbox), 10, ids[0] ?? null)).toMatchObject({ from: 90, rows: { length: 10 } })
  expect(store.views.open(newestFirst(inbox), 10, 999 as MessageId).from).toBe(0)
})

test('before and after its ids are read a list answers the same at any depth', async () => {
  const store = openTestStore()
  const inbox = localFolder(store, 'inbox')
  store.messages.addMany(Array.from({ length: 45_000 }, (_, at) => newMessage(inbox, { receivedAt: (at * 7919) % 1000 })))
  for (const descending of [true, false]) {
    const { view } = store.views.open({ ...newestFirst(inbox), descending }, 10, null)
    const at = [0, 19_990, 22_499, 30_000, 44_950]
    const early = at.map((from) => idsOf(store.views.rows(view, from, 100)))
    const position = store.views.position(view, early[3]?.[7] ?? (0 as MessageId))
    await whenRead()
    expect(at.map((from) => idsOf(store.views.rows(view, from, 100)))).toEqual(early)
    expect([position, store.views.position(view, early[3]?.[7] ?? (0 as MessageId))]).toEqual([30_007, 30_007])
  }
})

test('changes between two slices of reading end up in the right place', async () => {
  const store = openTestStore()
  const inbox = localFolder(store, 'inbox')
  const ids = store.messages.addMany(Array.from({ length: 45_000 }, (_, at) => newMessage(inbox, { receivedAt: at })))
  const { view } = store.views.open(newestFirst(inbox), 10, null)
  await new Promise(setImmediate)
  const added = [100, 44_000, 22_000, 50_000].map((receivedAt) => store.messages.add(newMessage(inbox, { receivedAt })))
  store.messages.remove([3, 25_000, 44_990].flatMap((at) => ids[at] ?? []))
  await whenRead()
  expect(store.views.rows(view, 0, 0).total).toBe(45_001)
  expect(added.map((id) => store.views.position(view, id))).toEqual([44_900, 999, 22_999, 0])
})

test.each<[SortKey, string[]]>([
  ['subject', ['Apple', 'Re: apple', 'Éclair', 'fwd: Zebra']],
  ['from', ['Re: apple', 'fwd: Zebra', 'Apple', 'Éclair']],
  ['size', ['Éclair', 'fwd: Zebra', 'Re: apple', 'Apple']],
  ['priority', ['Éclair', 'Re: apple', 'fwd: Zebra', 'Apple']],
  ['attachment', ['Re: apple', 'fwd: Zebra', 'Éclair', 'Apple']],
  ['flag', ['Apple', 'Re: apple', 'Éclair', 'fwd: Zebra']],
  ['sent', ['fwd: Zebra', 'Éclair', 'Re: apple', 'Apple']],
])('sorts by %s', (sort, expected) => {
  const store = openTestStore()
  const inbox = localFolder(store, 'inbox')
  const from = (name: string) => ({ from: [{ name, address: '' }] })
  store.messages.addMany([
    {
      ...newMessage(inbox, { receivedAt: 1, size: 9 }),
      facts: { ...factsOf({ subject: 'Apple', ...from('bob'), sentAt: 9 }), priority: 'high', hasAttachment: true },
    },
    newMessage(inbox, { receivedAt: 2, size: 8, facts: factsOf({ subject: 'Re: apple', ...from('"Anna"'), sentAt: 8 }) }),
    newMessage(inbox, {
      receivedAt: 3,
      size: 7,
      facts: factsOf({ subject: 'fwd: Zebra', ...from('Ärnie'), sentAt: 6 }),
      flags: { flagged: true },
    }),
    {
      ...newMessage(inbox, { receivedAt: 4, size: 6 }),
      facts: { ...factsOf({ subject: 'Éclair', ...from('Zoe'), sentAt: 7 }), priority: 'low' },
    },
  ])
  const request = { folder: inbox, sort, search: null } as const
  const rising = store.views.open({ ...request, descending: false }, 10, null).rows.map((row) => row.subject)
  const falling = store.views.open({ ...request, descending: true }, 10, null).rows.map((row) => row.subject)
  expect(rising).toEqual(expected)
  expect(falling).toEqual(expected.toReversed())
})

/** In the order of their code points; UTF-16 units would put the last before the last but one. */
const subjects = ['a', 'b', 'z', '\ufe73', '\u{10428}']

/** The naive answer to compare with. */
function expectedIds(store: Store, { folder, sort, descending }: ViewRequest, unreadOnly: boolean): MessageId[] {
  const folders = folder === null ? store.folders.list().map(({ id }) => id) : [folder]
  const rows = store.messages
    .getMany(folders.flatMap((id) => store.messages.idsInFolder(id)))
    .filter((row) => !unreadOnly || !row.flags.seen)
  const key = (row: (typeof rows)[number]): string | number => {
    if (sort === 'flag') return row.flags.flagged ? 1 : 0
    if (sort === 'subject') return subjects.indexOf(row.subject)
    return sort === 'size' ? row.size : row.receivedAt
  }
  rows.sort((a, b) => {
    const [one, other] = [key(a), key(b)]
    return (one < other ? -1 : one > other ? 1 : a.receivedAt - b.receivedAt || a.id - b.id) * (descending ? -1 : 1)
  })
  return rows.map((row) => row.id)
}

test.each([1, 2, 3])('open lists follow random changes exactly (seed %i)', async (seed) => {
  const store = openTestStore()
  const random = seededRandom(seed)
  const pick = (most: number) => Math.floor(random() * most)
  const folders = (['inbox', 'sent', 'deleted'] as const).map((role) => localFolder(store, role))
  const anyFolder = () => folders[pick(3)] ?? localFolder(store, 'inbox')
  const add = () =>
    newMessage(anyFolder(), {
      receivedAt: pick(50),
      size: pick(5),
      facts: factsOf({ subject: subjects[pick(5)] ?? '' }),
    })
  const everything = () => folders.flatMap((id) => store.messages.idsInFolder(id))
  const some = (all: readonly MessageId[]) => Array.from({ length: pick(4) }, () => all[pick(all.length)]).flatMap((id) => id ?? [])
  store.messages.addMany(Array.from({ length: 60 }, add))
  const requests = [null, ...folders].flatMap((folder) =>
    (['received', 'subject', 'size', 'flag'] as const).flatMap((sort) =>
      [true, false].flatMap((descending) => [null, 'is:unread'].map((search) => ({ folder, sort, descending, search }))),
    ),
  )
  const views = requests.map((request) => ({ request, view: store.views.open(request, 5, null).view }))
  const check = () => {
    for (const { request, view } of views) {
      expect(wholeView(store, view), JSON.stringify(request)).toEqual(expectedIds(store, request, request.search !== null))
    }
  }
  check()
  for (let round = 0; round < 40; round++) {
    store.transaction(() => {
      for (let step = pick(4); step >= 0; step--) {
        const ids = some(everything())
        const kind = pick(5)
        if (kind === 0) store.messages.addMany([add(), add()])
        else if (kind === 1) store.messages.remove(ids)
        else if (kind === 2) store.messages.move(ids, anyFolder())
        else store.messages.setFlags(ids, kind === 3 ? ['seen'] : ['flagged'], kind === 3 ? ['flagged'] : ['seen'])
      }
    })
    if (round === 5) await whenRead()
    if (round % 4 === 0) check()
  }
  check()
})

test('a list is told at once of a change and after that at most every 50 ms', () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  try {
    const store = openTestStore()
    const inbox = localFolder(store, 'inbox')
    const { view } = store.views.open(newestFirst(inbox), 10, null)
    const heard: ViewChange[] = []
    store.views.onViewChange((change) => heard.push(change))
    for (const subject of ['a', 'b', 'c']) addSubjects(store, inbox, [subject])
    expect(heard).toEqual([{ view, version: 2, total: 1 }])
    vi.advanceTimersByTime(50)
    expect(heard).toHaveLength(2)
    expect(heard[1]).toEqual({ view, version: 4, total: 3 })
    vi.advanceTimersByTime(1000)
    expect(heard).toHaveLength(2)
  } finally {
    vi.useRealTimers()
  }
})

test('only lists whose positions moved are told', async () => {
  const store = openTestStore()
  const [inbox, sent] = [localFolder(store, 'inbox'), localFolder(store, 'sent')]
  const ids = addSubjects(store, inbox, ['a', 'b'])
  const byTime = store.views.open(newestFirst(inbox), 10, null).view
  const byFlag = store.views.open({ ...newestFirst(inbox), sort: 'flag' }, 10, null).view
  store.views.open(newestFirst(sent), 10, null)
  await whenRead()
  const heard: number[] = []
  store.views.onViewChange((change) => heard.push(change.view))
  store.messages.setFlags(ids.slice(0, 1), ['flagged'], [])
  expect(heard).toEqual([byFlag])
  expect(idsOf(store.views.rows(byFlag, 0, 10))).toEqual(ids)
  expect(store.views.rows(byTime, 0, 10)).toMatchObject({ version: 1, rows: [{ id: ids[1] }, { id: ids[0], flags: { flagged: true } }] })
})

test('thousands of new messages at once make the list begin anew', async () => {
  const store = openTestStore()
  const inbox = localFolder(store, 'inbox')
  addSubjects(store, inbox, ['first'])
  const views = [newestFirst(inbox), { ...newestFirst(inbox), sort: 'subject' as const }].map(
    (request) => store.views.open(request, 1, null).view,
  )
  await whenRead()
  addSubjects(store, inbox, Array<string>(2500).fill('later'))
  for (const view of views) expect(store.views.rows(view, 2490, 20)).toMatchObject({ total: 2501, rows: { length: 11 } })
  await whenRead()
  for (const view of views) expect(store.views.rows(view, 2490, 20)).toMatchObject({ total: 2501, rows: { length: 11 } })
})

test('sorted by account, a list follows the new name of an account', () => {
  const store = openTestStore()
  const inbox = localFolder(store, 'inbox')
  const [a, b] = [store.accounts.add(accountSettings('Alpha')), store.accounts.add(accountSettings('beta'))]
  const ids = store.messages.addMany([newMessage(inbox, { account: a.id }), newMessage(inbox, { account: b.id }), newMessage(inbox)])
  const { view, rows } = store.views.open({ folder: inbox, sort: 'account', descending: false, search: null }, 10, null)
  expect(rows.map((row) => row.id)).toEqual([ids[2], ids[0], ids[1]])
  store.accounts.update(a.id, accountSettings('Gamma'))
  expect(idsOf(store.views.rows(view, 0, 10))).toEqual([ids[2], ids[1], ids[0]])
  store.accounts.remove(b.id)
  expect(idsOf(store.views.rows(view, 0, 10))).toEqual([ids[1], ids[2], ids[0]])
})

test('a closed view is no longer known', () => {
  const store = openTestStore()
  const { view } = store.views.open(newestFirst(null), 10, null)
  store.views.close(view)
  expect(() => store.views.rows(view, 0, 1)).toThrow(expect.objectContaining({ code: 'bad-input' }))
})

test('what is marked as deleted leaves a list that hides it, and comes back when the mark goes', () => {
  const store = openTestStore()
  const inbox = localFolder(store, 'inbox')
  const [first, second, third] = addSubjects(store, inbox, ['a', 'b', 'c']) as [MessageId, MessageId, MessageId]
  const { view, total } = store.views.open({ ...newestFirst(inbox), hideDeleted: true }, 10, null)
  expect(total).toBe(3)
  store.transaction(() => store.messages.setFlags([second], ['deleted'], []))
  expect(wholeView(store, view)).toEqual([third, first])
  const found = store.views.open({ ...newestFirst(inbox), search: 'b', hideDeleted: true }, 10, null)
  expect(found.total).toBe(0)
  store.transaction(() => store.messages.setFlags([second], [], ['deleted']))
  expect(wholeView(store, view)).toEqual([third, second, first])
  expect(wholeView(store, found.view)).toEqual([second])
})
