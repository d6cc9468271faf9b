// F1: what the server refuses is backed out here and said in words, what depends on it goes with it, and the rest goes on.
import { expect, test } from 'vitest'
import { toErrorInfo } from '../../../shared/errors/mail-error.ts'
import type { Store } from '../store/store.ts'
import { localFolder, openTestStore } from '../store/test-store.ts'
import { addFolder, nameFolder, placeFolder, removeFolder, showFolders } from './change-folders.ts'
import { deleteMessages, purgeFolder } from './delete-messages.ts'
import {
  addLocal,
  addServer,
  folderAt,
  inStore,
  mail,
  onServer,
  rowOf,
  subjectsIn,
  synchronize,
  type TestServer,
  workOn,
} from './operations-test-kit.ts'
import { applyCopy, applyMove } from './place-messages.ts'
import { applyFlagChange } from './set-flags.ts'
import { listWaiting, undoWaiting } from './waiting-operations.ts'

const start = { INBOX: ['one', 'two'], A: ['three'], B: [] }

async function world(imap: Parameters<typeof addServer>[1] = {}): Promise<{ store: Store; work: TestServer }> {
  const store = openTestStore()
  const work = await addServer(store, imap)
  const { mailboxes } = work.running
  for (const path of ['A', 'B']) mailboxes.create(path, { isSubscribed: true })
  mailboxes.deliver('INBOX', mail('one'))
  mailboxes.deliver('INBOX', mail('two'))
  mailboxes.deliver('A', mail('three'))
  await synchronize(store, work, await work.connect())
  addLocal(store, mail('local'))
  return { store, work }
}

/** Returns what was told. */
async function replay(store: Store, work: TestServer) {
  const session = await work.connect()
  try {
    await workOn(store).replay({ account: work.account, session })
    return undefined
  } catch (error) {
    return toErrorInfo(error)
  } finally {
    session.destroy()
  }
}

const acts: Readonly<Record<string, readonly [refused: string, act: (store: Store, work: TestServer) => void]>> = {
  flags: ['STORE', (store) => applyFlagChange(store, { ids: [rowOf(store, 'one')], add: ['flagged'], remove: [] })],
  'a move': ['MOVE', (store, work) => applyMove(store, [rowOf(store, 'one')], folderAt(store, work, 'B'))],
  'a copy': ['COPY', (store, work) => applyCopy(store, [rowOf(store, 'one')], folderAt(store, work, 'B'))],
  'mail of Local Folders': ['APPEND', (store, work) => applyMove(store, [rowOf(store, 'local')], folderAt(store, work, 'B'))],
  'a move to Local Folders': ['FETCH', (store) => applyMove(store, [rowOf(store, 'one')], localFolder(store, 'inbox'))],
  'a deletion for ever': ['EXPUNGE', (store) => deleteMessages(store, [rowOf(store, 'three')], true)],
  'a new folder': ['CREATE', (store, work) => void addFolder(store, { account: work.account.id, parent: null, name: 'New' })],
  'another name for a folder': ['RENAME', (store, work) => nameFolder(store, folderAt(store, work, 'A'), 'Z')],
  'another place for a folder': ['RENAME', (store, work) => placeFolder(store, folderAt(store, work, 'A'), folderAt(store, work, 'B'))],
  'a folder that is to go': ['DELETE', (store, work) => removeFolder(store, folderAt(store, work, 'A'))],
  'a folder to hide': ['UNSUBSCRIBE', (store, work) => showFolders(store, [], [folderAt(store, work, 'A')])],
}

test.each(Object.entries(acts))('%s: a NO is backed out and told, and what comes after it goes on', async (_what, [refused, act]) => {
  const { store, work } = await world({ imap: { moveDeleted: false } })
  store.transaction(() => act(store, work))
  applyFlagChange(store, { ids: [rowOf(store, 'two')], add: ['seen'], remove: [] })
  work.running.faults.replies = refused === 'STORE' ? {} : { [refused]: 'NO [NOPERM] You may not do that' }
  if (refused === 'STORE') work.running.faults.replies = { 'UID STORE': 'NO [NOPERM] You may not do that' }
  const told = await replay(store, work)
  expect(told).toMatchObject({ code: 'permission-denied', detail: { reply: 'NO [NOPERM] You may not do that' } })
  expect(store.operations.listAll()).toEqual([])
  work.running.faults.replies = {}
  await synchronize(store, work, await work.connect())
  const flagged = refused === 'EXPUNGE' ? { A: ['three \\Deleted'] } : {}
  expect(onServer(work)).toEqual({ ...start, ...(refused !== 'STORE' && { INBOX: ['one', 'two \\Seen'] }), ...flagged })
  expect(inStore(store, work)).toEqual(onServer(work))
  expect(subjectsIn(store, localFolder(store, 'inbox'))).toEqual(['local'])
  expect(store.folders.find(work.account.id, 'A')).toMatchObject({ isShown: true, parent: null, name: 'A' })
})

test('with a folder that could not be made, what was put into it goes back', async () => {
  const { store, work } = await world()
  store.transaction(() => {
    const made = addFolder(store, { account: work.account.id, parent: null, name: 'New' })
    addFolder(store, { account: work.account.id, parent: made.id, name: 'Inner' })
    applyMove(store, [rowOf(store, 'one'), rowOf(store, 'local')], made.id)
    applyCopy(store, [rowOf(store, 'three')], made.id)
  })
  work.running.faults.replies = { CREATE: 'NO [CANNOT] No more folders' }
  expect(await replay(store, work)).toMatchObject({ detail: { action: "Create the folder 'New'" } })
  expect(store.operations.listAll()).toEqual([])
  expect(inStore(store, work)).toEqual(start)
  expect(subjectsIn(store, localFolder(store, 'inbox'))).toEqual(['local'])
})

test('a folder is made where the server wants it, though nobody knew that when it was made here', async () => {
  const { store, work } = await world({ namespacePrefix: 'INBOX/' })
  const made = addFolder(store, { account: work.account.id, parent: null, name: 'New' })
  applyMove(store, [rowOf(store, 'one')], made.id)
  expect(await replay(store, work)).toBeUndefined()
  await synchronize(store, work, await work.connect())
  expect(onServer(work)).toEqual({ ...start, INBOX: ['two'], 'INBOX/New': ['one'] })
  expect(inStore(store, work)).toEqual(onServer(work))
  expect(store.folders.get(made.id)).toMatchObject({ path: 'INBOX/New', parent: folderAt(store, work, 'INBOX') })
})

test('trouble with the line leaves it all waiting, with the reason', async () => {
  const { store, work } = await world()
  applyMove(store, [rowOf(store, 'one')], folderAt(store, work, 'B'))
  work.running.faults.replies = { MOVE: 'NO [UNAVAILABLE] Come back later' }
  expect(await replay(store, work)).toMatchObject({ code: 'server-busy' })
  expect(listWaiting(store)).toMatchObject([{ kind: 'move', what: "Move 1 message from 'Inbox' to 'B'", error: { code: 'server-busy' } }])
  work.running.faults.replies = {}
  expect(await replay(store, work)).toBeUndefined()
  expect(onServer(work)).toEqual({ ...start, INBOX: ['two'], B: ['one'] })
})

test('a message that another program has taken away goes without a word', async () => {
  const { store, work } = await world()
  applyMove(store, [rowOf(store, 'one')], folderAt(store, work, 'B'))
  applyFlagChange(store, { ids: [rowOf(store, 'three')], add: ['seen'], remove: [] })
  work.running.mailboxes.expunge('INBOX', new Set([1]))
  work.running.mailboxes.remove('A')
  expect(await replay(store, work)).toBeUndefined()
  await synchronize(store, work, await work.connect())
  expect(inStore(store, work)).toEqual({ INBOX: ['two'], B: [] })
})

test('after a change of UIDVALIDITY the messages that operations are about are found again', async () => {
  const { store, work } = await world()
  work.running.mailboxes.expunge('INBOX', new Set([1]))
  applyFlagChange(store, { ids: [rowOf(store, 'two')], add: ['seen'], remove: [] })
  applyMove(store, [rowOf(store, 'three')], folderAt(store, work, 'B'))
  work.running.mailboxes.renumber('INBOX')
  work.running.mailboxes.renumber('A')
  await synchronize(store, work, await work.connect())
  expect(await replay(store, work)).toBeUndefined()
  await synchronize(store, work, await work.connect())
  expect(onServer(work)).toEqual({ INBOX: ['two \\Seen'], A: [], B: ['three'] })
  expect(inStore(store, work)).toEqual(onServer(work))
})

test('without UIDPLUS a deletion for ever takes nothing along that somebody else has marked', async () => {
  const { store, work } = await world({ without: ['MOVE', 'UIDPLUS'] })
  deleteMessages(store, [rowOf(store, 'one')], true)
  work.running.mailboxes.setFlags('INBOX', 2, ['\\Deleted'])
  expect(await replay(store, work)).toBeUndefined()
  expect(onServer(work)['INBOX']).toEqual(['one \\Deleted', 'two \\Deleted'])
})

test('many small changes in a row become few commands', async () => {
  const { store, work } = await world()
  for (let at = 0; at < 30; at++) work.running.mailboxes.deliver('INBOX', mail(`m${at}`))
  await synchronize(store, work, await work.connect())
  for (let at = 0; at < 30; at++) applyFlagChange(store, { ids: [rowOf(store, `m${at}`)], add: ['seen'], remove: [] })
  for (let at = 0; at < 30; at++) applyMove(store, [rowOf(store, `m${at}`)], folderAt(store, work, 'B'))
  const before = work.running.commands.length
  await replay(store, work)
  const said = work.running.commands.slice(before).map(({ name }) => name)
  expect(said.filter((name) => /^UID (STORE|MOVE)$/.test(name))).toEqual(['UID STORE', 'UID MOVE'])
})

test('undone, an operation leaves everything as it was, with what was done after it', async () => {
  const { store, work } = await world()
  const [inbox, b] = [folderAt(store, work, 'INBOX'), folderAt(store, work, 'B')]
  applyMove(store, [rowOf(store, 'one')], b)
  applyFlagChange(store, { ids: [rowOf(store, 'one')], add: ['flagged'], remove: [] })
  applyMove(store, [rowOf(store, 'one')], folderAt(store, work, 'A'))
  const [first] = listWaiting(store)
  expect(listWaiting(store).map(({ what, canUndo }) => [what, canUndo])).toEqual([
    ["Move 1 message from 'Inbox' to 'B'", true],
    ['Mark 1 message with a flag', true],
    ["Move 1 message from 'B' to 'A'", true],
  ])
  if (first) undoWaiting(store, first.id)
  expect(store.messages.get(rowOf(store, 'one')).folder).toBe(inbox)
  expect(listWaiting(store).map(({ what }) => what)).toEqual(['Mark 1 message with a flag'])
  expect(await replay(store, work)).toBeUndefined()
  expect(onServer(work)).toEqual({ ...start, INBOX: ['one \\Flagged', 'two'] })
})

test('a move between two accounts is undone as a whole, whichever half is chosen', async () => {
  for (const half of [0, 1]) {
    const { store, work } = await world()
    const home = await addServer(store, { name: 'Home' })
    await synchronize(store, home, await home.connect())
    applyMove(store, [rowOf(store, 'one')], folderAt(store, home, 'INBOX'))
    const chosen = listWaiting(store)[half]
    if (chosen) undoWaiting(store, chosen.id)
    expect(store.operations.listAll()).toEqual([])
    expect(inStore(store, work)).toEqual(start)
    expect(inStore(store, home)).toEqual({ INBOX: [] })
  }
})

test('undone, what was removed for ever comes back from the server', async () => {
  const { store, work } = await world({ imap: { moveDeleted: false } })
  deleteMessages(store, [rowOf(store, 'one')], false)
  await replay(store, work)
  purgeFolder(store, folderAt(store, work, 'INBOX'))
  removeFolder(store, folderAt(store, work, 'A'))
  expect(inStore(store, work)).toEqual({ INBOX: ['two'], B: [] })
  for (const { id } of listWaiting(store)) undoWaiting(store, id)
  await synchronize(store, work, await work.connect())
  expect(inStore(store, work)).toEqual({ ...start, INBOX: ['one \\Deleted', 'two'] })
})
