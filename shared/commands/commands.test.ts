import { expect, test } from 'vitest'
import { commandIds, commandOf, isChecked, isEnabled, titleOf } from './catalog.ts'
import type { CommandContext } from './context.ts'
import * as menus from './menus.ts'

const bars = { main: menus.mainMenuBar, message: menus.messageMenuBar }
const contextMenus = {
  message: menus.messageContextMenu,
  folder: menus.folderContextMenu,
  account: menus.accountContextMenu,
  root: menus.rootContextMenu,
  column: menus.columnContextMenu,
}

test('every command is placed in some menu or is said to be for keys only', () => {
  const placed = new Set([
    ...Object.values(bars).flatMap((bar) => bar.flatMap((menu) => menus.commandsIn(menu.items))),
    ...Object.values(contextMenus).flatMap(menus.commandsIn),
    ...menus.keyboardOnly,
  ])
  expect(commandIds.filter((id) => !placed.has(id))).toEqual([])
})

test('no two commands share a shortcut', () => {
  const seen = new Map<string, string>()
  const clashes: string[] = []
  for (const id of commandIds) {
    for (const shortcut of commandOf(id).shortcuts ?? []) {
      if (seen.has(shortcut)) clashes.push(`${shortcut}: ${seen.get(shortcut)}, ${id}`)
      seen.set(shortcut, id)
    }
  }
  expect(clashes).toEqual([])
})

test('no menu uses an access key twice', () => {
  const clashes: string[] = []
  const visit = (name: string, list: menus.MenuList) => {
    const keys = new Map<string, string>()
    for (const entry of list) {
      if (entry === menus.separator || entry === 'accounts') continue
      const title = typeof entry === 'string' ? commandOf(entry).title : entry.title
      if (typeof entry === 'object' && 'items' in entry) visit(`${name} > ${entry.title}`, entry.items)
      const { mnemonic } = titleOf(title)
      if (!mnemonic) clashes.push(`${name}: "${title}" has no access key`)
      else if (keys.has(mnemonic)) clashes.push(`${name}: ${mnemonic} in "${keys.get(mnemonic)}" and "${title}"`)
      else keys.set(mnemonic, title)
    }
  }
  for (const [name, bar] of Object.entries(bars)) {
    visit(name, bar)
    for (const menu of bar) visit(`${name} > ${menu.title}`, menu.items)
  }
  for (const [name, list] of Object.entries(contextMenus)) visit(name, list)
  expect(clashes).toEqual([])
})

const empty: CommandContext = {
  hasAccount: true,
  hasPop3Account: true,
  hasMarks: true,
  hasImapAccount: true,
  isOffline: false,
  isRunning: false,
  folder: null,
  isInImapAccount: false,
  showsDeleted: true,
  hasDeletedItems: false,
  selection: {
    count: 0,
    allSeen: false,
    noneSeen: false,
    allFlagged: false,
    anyMarkedDeleted: false,
    anyRemote: false,
    anyMarked: false,
    anyToDownload: false,
    anyForOffline: false,
    isDraft: false,
  },
  sort: { key: 'received', descending: true },
  columns: ['from', 'subject'],
  layout: { preview: 'below', folderList: true, folderBar: true, statusBar: true, toolbar: true, remoteToolbar: false },
  textSize: 'medium',
  theme: 'system',
}

test('answering needs an account and exactly one message', () => {
  const withCount = (count: number, hasAccount = true) => ({ ...empty, hasAccount, selection: { ...empty.selection, count } })
  expect(isEnabled('message.reply', withCount(1))).toBe(true)
  expect(isEnabled('message.reply', withCount(2))).toBe(false)
  expect(isEnabled('message.reply', withCount(1, false))).toBe(false)
})

test('marks are for what is still on a POP3 server', () => {
  const selected = (part: Partial<CommandContext['selection']>) => ({ ...empty, selection: { ...empty.selection, count: 1, ...part } })
  expect(isEnabled('remote.markRetrieve', selected({}))).toBe(false)
  expect(isEnabled('remote.markRetrieve', selected({ anyRemote: true }))).toBe(true)
  expect(isEnabled('remote.unmark', selected({ anyRemote: true }))).toBe(false)
  expect(isEnabled('remote.unmark', selected({ anyMarked: true }))).toBe(true)
  expect(isEnabled('remote.unmarkAll', { ...empty, hasMarks: false })).toBe(false)
  expect(isEnabled('remote.unmarkAll', empty)).toBe(true)
})

test('ticks follow the context, and plain commands have none', () => {
  expect(isChecked('sort.received', empty)).toBe(true)
  expect(isChecked('column.size', empty)).toBe(false)
  expect(isChecked('message.new', empty)).toBeUndefined()
})

test('a title is split into its text and its access key', () => {
  expect(titleOf('Save &As...')).toEqual({ text: 'Save As...', mnemonic: 'A' })
  expect(titleOf('Next Pane')).toEqual({ text: 'Next Pane', mnemonic: undefined })
})

test('folders that somebody made can be changed, and only those of IMAP servers are synchronised and hidden', () => {
  const folder = { role: 'none', isOnServer: true, total: 3, unread: 0, holdsMail: true, isOwn: true, sync: 'new' } as const
  const inFolder = (part: Partial<NonNullable<CommandContext['folder']>>) => ({ ...empty, folder: { ...folder, ...part } })
  const enabled = (part: Partial<NonNullable<CommandContext['folder']>>) =>
    (['folder.rename', 'folder.hide', 'sync.folder', 'folderSync.all', 'folder.purge'] as const).map((id) => isEnabled(id, inFolder(part)))
  expect(enabled({})).toEqual([true, true, true, true, true])
  expect(enabled({ isOnServer: false })).toEqual([true, false, false, false, false])
  expect(enabled({ role: 'inbox', isOwn: false })).toEqual([false, false, true, true, true])
  expect(enabled({ holdsMail: false })).toEqual([true, true, false, false, false])
  expect(isChecked('folderSync.new', inFolder({}))).toBe(true)
})

test('marks for offline are for what is still on an IMAP server', () => {
  const selected = (part: Partial<CommandContext['selection']>) => ({ ...empty, selection: { ...empty.selection, count: 1, ...part } })
  expect(isEnabled('offline.message', selected({}))).toBe(false)
  expect(isEnabled('offline.message', selected({ anyToDownload: true }))).toBe(true)
  expect(isEnabled('offline.unmark', selected({ anyToDownload: true }))).toBe(false)
  expect(isEnabled('offline.unmark', selected({ anyForOffline: true }))).toBe(true)
})
