import { expect, test } from 'vitest'
import { type Account, defaultPorts } from '../../../shared/domain/account.ts'
import type { Folder } from '../../../shared/domain/folder.ts'
import type { AccountId, FolderId } from '../../../shared/domain/ids.ts'
import { defaultPlace, type FolderNode, folderTree, placeKey, placeOfKey, shownFolders } from './folder-tree.ts'

let nextId = 1
const folder = (name: string, part: Partial<Folder> = {}): Folder => ({
  id: nextId++ as FolderId,
  account: null,
  parent: null,
  name,
  path: name,
  role: 'none',
  selectable: true,
  content: 'mail',
  isShown: true,
  sync: 'none',
  total: 0,
  unread: 0,
  lastCheckedAt: null,
  ...part,
})
const account = (id: number, protocol: 'pop3' | 'imap', isDefault = false) =>
  ({ id: id as AccountId, name: `Account ${id}`, protocol, isDefault, timeoutSeconds: defaultPorts.pop3.none }) as unknown as Account
const outline = (node: FolderNode): unknown => (node.children.length > 0 ? [node.label, ...node.children.map(outline)] : node.label)

test('folders stand in the order of the original, others by name; IMAP accounts come after Local Folders', () => {
  const work = 2 as AccountId
  const projects = folder('Projects', { account: work })
  const folders = [
    folder('Drafts', { role: 'drafts' }),
    folder('Invoices 10'),
    folder('Invoices 9'),
    folder('Inbox', { role: 'inbox' }),
    folder('Outbox', { role: 'outbox' }),
    projects,
    folder('Server move', { account: work, parent: projects.id }),
    folder('Inbox', { account: work, role: 'inbox' }),
  ]
  expect(outline(folderTree(folders, [account(1, 'pop3'), account(2, 'imap')]))).toEqual([
    'Postrider',
    ['Local Folders', 'Inbox', 'Outbox', 'Drafts', 'Invoices 9', 'Invoices 10'],
    ['Account 2', 'Inbox', ['Projects', 'Server move']],
  ])
})

test('Outbox and Drafts count what they hold, other folders what is unread', () => {
  const counts = folderTree(
    [
      folder('Outbox', { role: 'outbox', total: 2, unread: 0 }),
      folder('Inbox', { role: 'inbox', total: 9, unread: 3 }),
      folder('Old', { total: 5 }),
    ],
    [],
  ).children[0]?.children.map((node) => [node.label, node.count, node.isBold, node.spoken])
  expect(counts).toEqual([
    ['Inbox', 3, true, 'Inbox, 3 unread'],
    ['Outbox', 2, true, 'Outbox, 2 items'],
    ['Old', 0, false, 'Old'],
  ])
})

test('a folder whose parent is not known is shown at the top', () => {
  expect(outline(folderTree([folder('Lost', { parent: 999 as FolderId })], []))).toEqual(['Postrider', ['Local Folders', 'Lost']])
})

test('the program opens the Inbox of the default account', () => {
  const local = folder('Inbox', { role: 'inbox' })
  const server = folder('Inbox', { role: 'inbox', account: 2 as AccountId })
  expect(defaultPlace([local, server], [account(1, 'pop3', true), account(2, 'imap')])).toEqual({ kind: 'folder', folder: local.id })
  expect(defaultPlace([local, server], [account(1, 'pop3'), account(2, 'imap', true)])).toEqual({ kind: 'folder', folder: server.id })
})

test('a place survives being kept as a key', () => {
  expect(placeOfKey(placeKey({ kind: 'folder', folder: 7 as FolderId }))).toEqual({ kind: 'folder', folder: 7 })
  expect(placeOfKey('root')).toEqual({ kind: 'root' })
  expect(placeOfKey('folder:x')).toBeUndefined()
})

test('hidden folders are left out, but not those that shown ones stand in', () => {
  const work = 2 as AccountId
  const old = folder('Old', { account: work, isShown: false })
  const year = folder('2025', { account: work, parent: old.id, isShown: false })
  const all = [old, year, folder('Servers', { account: work, parent: year.id }), folder('Secret', { account: work, isShown: false })]
  expect(outline(folderTree(all, [account(2, 'imap')]))).toEqual([
    'Postrider',
    'Local Folders',
    ['Account 2', ['Old', ['2025', 'Servers']]],
  ])
  expect(outline(folderTree(all, [account(2, 'imap')], { withHidden: true }))).toEqual([
    'Postrider',
    'Local Folders',
    ['Account 2', ['Old', ['2025', 'Servers']], 'Secret'],
  ])
  expect(shownFolders(all).map((row) => [row.folder.name, row.level])).toEqual([
    ['Old', 0],
    ['2025', 1],
    ['Servers', 2],
  ])
})

test('a calendar looks and reads like one, and counts nothing as unread', () => {
  const tree = folderTree([folder('Kalender', { account: 2 as AccountId, content: 'calendar', unread: 7 })], [account(2, 'imap')])
  expect(tree.children[1]?.children[0]).toMatchObject({ icon: 'calendar', count: 0, spoken: 'Kalender, Calendar', isMuted: true })
})
