// C6: what Delete means in which folder.
import { expect, test } from 'vitest'
import type { FolderId, MessageId } from '../../../shared/domain/ids.ts'
import type { Store } from '../store/store.ts'
import { accountSettings, localFolder, newMessage, openTestStore } from '../store/test-store.ts'
import { deleteMessages, emptyOnServer, purgeFolder } from './delete-messages.ts'
import { applyFlagChange } from './set-flags.ts'
import { listWaiting } from './waiting-operations.ts'

function world({ moveDeleted = true, hasDeletedItems = true } = {}) {
  const store = openTestStore()
  const settings = accountSettings('Work', 'imap')
  const account = store.accounts.add({ ...settings, imap: { ...settings.imap, moveDeleted } }).id
  const add = (name: string, role: 'inbox' | 'deleted' | 'none', parent: FolderId | null = null) =>
    store.folders.add({ account, parent, path: name, name, role, selectable: true }).id
  const inbox = add('INBOX', 'inbox')
  const deleted = hasDeletedItems ? add('Trash', 'deleted') : undefined
  const put = (folder: FolderId, uid: number) => store.messages.add(newMessage(folder, { account, uid }))
  return { store, inbox, deleted, put, add }
}

const what = (store: Store) => listWaiting(store).map((operation) => operation.what)
const placeOf = (store: Store, id: MessageId) => {
  const row = store.messages.find(id)
  return row && [row.folder, row.flags.deleted]
}

test('mail on a server goes to its Deleted Items, and from there and below for ever', () => {
  const { store, inbox, deleted, put, add } = world()
  if (deleted === undefined) throw new Error('no folder')
  const [moved, gone, below] = [put(inbox, 1), put(deleted, 1), put(add('Trash/Old', 'none', deleted), 1)]
  deleteMessages(store, [moved, gone, below], false)
  expect([placeOf(store, moved), placeOf(store, gone), placeOf(store, below)]).toEqual([[deleted, false], undefined, undefined])
  expect(what(store)).toEqual([
    "Move 1 message from 'INBOX' to 'Trash'",
    "Remove 1 message from 'Trash' for ever",
    "Remove 1 message from 'Trash/Old' for ever",
  ])
})

test.each([{ moveDeleted: false }, { hasDeletedItems: false }])(
  'it is only marked where the account wants that, or the server has no such folder (%o)',
  (how) => {
    const { store, inbox, put } = world(how)
    const message = put(inbox, 1)
    deleteMessages(store, [message], false)
    expect(placeOf(store, message)).toEqual([inbox, true])
    applyFlagChange(store, { ids: [message], add: [], remove: ['deleted'] })
    expect(placeOf(store, message)).toEqual([inbox, false])
    expect(what(store)).toEqual(['Mark 1 message as deleted', 'Mark 1 message as not deleted'])
  },
)

test('deleted for ever it goes at once; purged goes what is marked; emptied goes everything', () => {
  const { store, inbox, deleted, put } = world({ moveDeleted: false })
  const [first, second, third] = [put(inbox, 1), put(inbox, 2), put(inbox, 3)]
  deleteMessages(store, [first], true)
  deleteMessages(store, [second], false)
  purgeFolder(store, inbox)
  expect(store.messages.idsInFolder(inbox)).toEqual([third])
  if (deleted !== undefined) {
    put(deleted, 1)
    put(deleted, 2)
    emptyOnServer(store, deleted)
    expect(store.messages.idsInFolder(deleted)).toEqual([])
  }
  expect(what(store).at(-1)).toBe("Remove 2 messages from 'Trash' for ever")
})

test('local mail goes to Deleted Items, and from there for ever', () => {
  const { store } = world()
  const deleted = localFolder(store, 'deleted')
  const message = store.messages.add(newMessage(localFolder(store, 'inbox')))
  deleteMessages(store, [message], false)
  expect(placeOf(store, message)).toEqual([deleted, false])
  deleteMessages(store, [message], false)
  expect(placeOf(store, message)).toBeUndefined()
  expect(what(store)).toEqual([])
})
