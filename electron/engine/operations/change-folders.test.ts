import { expect, test } from 'vitest'
import type { FolderId } from '../../../shared/domain/ids.ts'
import { toErrorInfo } from '../../../shared/errors/mail-error.ts'
import type { Store } from '../store/store.ts'
import { accountSettings, addSubjects, localFolder, openTestStore } from '../store/test-store.ts'
import { addFolder, emptyDeletedItems, nameFolder, placeFolder, removeFolder, showFolders } from './change-folders.ts'
import { listWaiting } from './waiting-operations.ts'

function world(delimiter = '/') {
  const store = openTestStore()
  const account = store.accounts.add(accountSettings('Work', 'imap')).id
  const add = (path: string, parent: FolderId | null, role: 'none' | 'inbox' | 'deleted' = 'none') =>
    store.folders.add({ account, parent, path, name: path.split(delimiter).at(-1) ?? path, role, selectable: true }).id
  const inbox = add('INBOX', null, 'inbox')
  const work = add('Work', null)
  const below = add(`Work${delimiter}Below`, work)
  return { store, account, inbox, work, below, deleted: add('Trash', null, 'deleted') }
}

const paths = (store: Store) => store.folders.list().flatMap((folder) => (folder.account === null ? [] : folder.path))
const local = (store: Store) =>
  store.folders.list().flatMap((folder) => (folder.account === null && folder.role === 'none' ? folder.path : []))

function refusalOf(work: () => unknown): string {
  try {
    work()
  } catch (error) {
    const { code, message } = toErrorInfo(error)
    return code === 'bad-input' ? message : `${code}: ${message}`
  }
  return 'It was not refused.'
}

test('a folder is there at once, with the delimiter of its server', () => {
  for (const delimiter of ['/', '.']) {
    const { store, account, below } = world(delimiter)
    const made = addFolder(store, { account, parent: below, name: 'New' })
    expect(made).toMatchObject({ path: ['Work', 'Below', 'New'].join(delimiter), parent: below, isShown: true })
    expect(listWaiting(store)).toMatchObject([{ kind: 'create-folder', what: "Create the folder 'New'", folder: made.id }])
  }
})

test('where a server keeps everything below INBOX, a new folder goes there, too', () => {
  const store = openTestStore()
  const account = store.accounts.add(accountSettings('Work', 'imap')).id
  const inbox = store.folders.add({ account, parent: null, name: 'Inbox', path: 'INBOX', role: 'inbox', selectable: true }).id
  store.folders.add({ account, parent: inbox, name: 'Sent', path: 'INBOX.Sent', role: 'sent', selectable: true })
  expect(addFolder(store, { account, parent: null, name: 'New' }).path).toBe('INBOX.New')
})

test('the children of a folder move and are renamed with it, on the server by one command', () => {
  const { store, inbox, work } = world()
  nameFolder(store, work, 'Job')
  expect(paths(store)).toEqual(['INBOX', 'Job', 'Job/Below', 'Trash'])
  placeFolder(store, work, inbox)
  expect(paths(store)).toEqual(['INBOX', 'INBOX/Job', 'INBOX/Job/Below', 'Trash'])
  expect(listWaiting(store).map(({ what }) => what)).toEqual(["Rename the folder 'Work' to 'Job'", "Move the folder 'Job'"])
})

test('what can not be is refused in words', () => {
  const { store, account, inbox, work, below, deleted } = world()
  const outbox = localFolder(store, 'outbox')
  expect([
    refusalOf(() => addFolder(store, { account, parent: work, name: 'Below' })),
    refusalOf(() => addFolder(store, { account, parent: null, name: 'inbox' })),
    refusalOf(() => addFolder(store, { account, parent: null, name: 'a/b' })),
    refusalOf(() => addFolder(store, { account: null, parent: outbox, name: 'x' })),
    refusalOf(() => addFolder(store, { account: null, parent: work, name: 'x' })),
    refusalOf(() => addFolder(store, { account: null, parent: null, name: 'INBOX' })),
    refusalOf(() => nameFolder(store, inbox, 'x')),
    refusalOf(() => removeFolder(store, deleted)),
    refusalOf(() => placeFolder(store, work, below)),
  ]).toEqual([
    "There is already a folder 'Below' here.",
    'There is only one Inbox.',
    'The server of this account takes "/" as the end of a folder\'s name. Choose a name without it.',
    'The Outbox takes no folders.',
    'A folder can only be put into another one of the same account.',
    "There is already a folder 'Inbox' here.",
    "'INBOX' is a special folder and can't be renamed.",
    "'Trash' is a special folder and can't be deleted.",
    "A folder can't be put into itself.",
  ])
  expect(store.operations.listAll()).toEqual([])
})

test('local folders may have any name, and are made, renamed and moved like others', () => {
  const { store } = world()
  const inbox = localFolder(store, 'inbox')
  const made = addFolder(store, { account: null, parent: null, name: '50% / half' })
  const inner = addFolder(store, { account: null, parent: made.id, name: 'Inner' })
  placeFolder(store, made.id, inbox)
  nameFolder(store, made.id, 'Half')
  expect(store.folders.get(inner.id)).toMatchObject({ parent: made.id, path: 'Inbox/Half/Inner' })
  expect(store.operations.listAll()).toEqual([])
})

test('a local folder goes to Deleted Items first, under a name that is free there, and from there for ever', () => {
  const { store } = world()
  const deleted = localFolder(store, 'deleted')
  for (let time = 0; time < 2; time++) {
    const made = addFolder(store, { account: null, parent: null, name: 'Old' })
    addSubjects(store, addFolder(store, { account: null, parent: made.id, name: 'Inner' }).id, ['a', 'b'])
    removeFolder(store, made.id)
  }
  expect(local(store)).toEqual(['Deleted Items/Old', 'Deleted Items/Old/Inner', 'Deleted Items/Old (1)', 'Deleted Items/Old (1)/Inner'])
  const first = store.folders.list().find(({ name }) => name === 'Old')
  if (first) removeFolder(store, first.id)
  expect(local(store)).toEqual(['Deleted Items/Old (1)', 'Deleted Items/Old (1)/Inner'])
  addSubjects(store, deleted, ['c'])
  emptyDeletedItems(store, deleted)
  expect([local(store), store.messages.idsInFolder(deleted)]).toEqual([[], []])
})

test('folders are shown and hidden here at once, and on the server by one operation', () => {
  const { store, work, below } = world()
  showFolders(store, [], [work, below])
  expect(
    store.folders
      .list()
      .filter(({ isShown }) => !isShown)
      .map(({ id }) => id),
  ).toEqual([work, below])
  showFolders(store, [work], [below])
  expect(listWaiting(store).map(({ what }) => what)).toEqual(['Hide 2 folders', "Show the folder 'Work'"])
})
