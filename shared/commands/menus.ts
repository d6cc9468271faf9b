import type { CommandId } from './catalog.ts'

export const separator = '-'

/** `accounts` stands for one entry for each account, made when the menu opens. */
export type MenuEntry =
  | CommandId
  | typeof separator
  | 'accounts'
  | { readonly command: CommandId; readonly title: string }
  | { readonly title: string; readonly items: MenuList }
export type MenuList = readonly MenuEntry[]

export interface MenuBarEntry {
  readonly title: string
  readonly items: MenuList
}

export const sortByMenu: MenuList = [
  'sort.priority',
  'sort.attachment',
  'sort.flag',
  'sort.from',
  'sort.to',
  'sort.subject',
  'sort.received',
  'sort.sent',
  'sort.size',
  'sort.account',
  separator,
  'sort.ascending',
  'sort.descending',
]
export const columnsMenu: MenuList = [
  'column.priority',
  'column.attachment',
  'column.flag',
  'column.from',
  'column.to',
  'column.subject',
  'column.received',
  'column.sent',
  'column.size',
  'column.account',
  separator,
  'column.reset',
]
const layoutMenu: MenuList = [
  'layout.toolbar',
  'layout.remoteToolbar',
  'layout.folderBar',
  'layout.folderList',
  'layout.statusBar',
  separator,
  'layout.previewBelow',
  'layout.previewBeside',
  'layout.previewOff',
]
const textSizeMenu: MenuList = ['textSize.largest', 'textSize.larger', 'textSize.medium', 'textSize.smaller', 'textSize.smallest']
const themeMenu: MenuList = ['theme.system', 'theme.light', 'theme.dark']
const currentViewMenu: MenuList = ['view.showDeleted']
export const sendReceiveMenu: MenuList = ['mail.sendReceive', 'mail.receive', 'mail.send', separator, 'accounts']

const marks = ['remote.markRetrieve', 'remote.markCopy', 'remote.markDelete', separator, 'remote.unmark'] as const
const remoteMenu: MenuList = [
  'remote.connect',
  'remote.disconnect',
  'remote.wizard',
  separator,
  ...marks,
  'remote.unmarkAll',
  separator,
  { command: 'layout.remoteToolbar', title: 'Remote &Toolbar' },
]

const folderSyncMenu: MenuList = ['folderSync.none', 'folderSync.headers', 'folderSync.new', 'folderSync.all']
const offlineMenu: MenuList = ['offline.message', 'offline.folder', separator, 'offline.unmark']

const messageMenu: MenuList = ['message.new', separator, 'message.reply', 'message.replyAll', 'message.forward', separator, 'message.flag']

export const mainMenuBar: readonly MenuBarEntry[] = [
  {
    title: '&File',
    items: [
      {
        title: '&New',
        items: [
          { command: 'message.new', title: '&Mail Message' },
          { command: 'folder.new', title: '&Folder...' },
        ],
      },
      'message.open',
      'message.saveAs',
      separator,
      {
        title: 'Fol&der',
        items: [
          { command: 'folder.new', title: '&New...' },
          'folder.move',
          'folder.rename',
          'folder.delete',
          separator,
          'folder.hide',
          { title: '&Synchronization Settings', items: folderSyncMenu },
        ],
      },
      separator,
      'app.workOffline',
      separator,
      'app.exit',
    ],
  },
  {
    title: '&Edit',
    items: [
      'edit.copy',
      'edit.selectAll',
      separator,
      { title: '&Find', items: ['edit.findInFolder'] },
      separator,
      'message.move',
      'message.copy',
      'message.delete',
      'message.undelete',
      'folder.purge',
      'folder.emptyDeleted',
      separator,
      'message.markRead',
      'message.markUnread',
      'folder.markAllRead',
    ],
  },
  {
    title: '&View',
    items: [
      { title: 'Current &View', items: currentViewMenu },
      { title: '&Sort By', items: sortByMenu },
      { title: '&Columns', items: columnsMenu },
      { title: '&Layout', items: layoutMenu },
      { title: 'Te&xt Size', items: textSizeMenu },
      { title: 'C&olors', items: themeMenu },
      separator,
      'go.previous',
      { title: '&Next', items: ['go.next', { command: 'go.previous', title: '&Previous Message' }, 'go.nextUnread'] },
      'go.inbox',
      'go.folder',
      separator,
      'message.source',
      'folder.refresh',
    ],
  },
  {
    title: '&Tools',
    items: [
      { title: '&Send and Receive', items: sendReceiveMenu },
      { title: '&Remote Mail', items: remoteMenu },
      separator,
      'sync.all',
      'sync.account',
      'sync.folder',
      { title: 'Mar&k for Offline', items: offlineMenu },
      'imap.folders',
      'operations.open',
      separator,
      'accounts.open',
      'options.open',
    ],
  },
  { title: '&Message', items: messageMenu },
  {
    title: '&Help',
    items: ['help.contents', separator, 'help.practice', 'help.practiceFaults', separator, 'help.support', separator, 'help.about'],
  },
]

/** The menu bar of a message in its own window. */
export const messageMenuBar: readonly MenuBarEntry[] = [
  { title: '&File', items: ['message.saveAs', separator, 'window.close'] },
  {
    title: '&Edit',
    items: ['edit.copy', separator, 'message.move', 'message.copy', 'message.delete', 'message.undelete', separator, 'message.markUnread'],
  },
  {
    title: '&View',
    items: [{ title: '&Text Size', items: textSizeMenu }, separator, 'go.previous', 'go.next', separator, 'message.source'],
  },
  { title: '&Message', items: messageMenu },
]

export type ToolbarEntry = CommandId | typeof separator | { readonly command: CommandId; readonly menu: MenuList }

export const mainToolbar: readonly ToolbarEntry[] = [
  'message.new',
  separator,
  'message.reply',
  'message.replyAll',
  'message.forward',
  separator,
  'message.delete',
  separator,
  { command: 'mail.sendReceive', menu: sendReceiveMenu },
  separator,
  'edit.findInFolder',
]
/** While an IMAP account itself is selected. */
export const accountToolbar: readonly ToolbarEntry[] = [...mainToolbar, separator, 'imap.folders']
export const remoteToolbar: readonly ToolbarEntry[] = [
  'remote.connect',
  'remote.disconnect',
  separator,
  'remote.markRetrieve',
  'remote.markCopy',
  'remote.markDelete',
  separator,
  'remote.unmark',
  'remote.unmarkAll',
]
export const messageToolbar: readonly ToolbarEntry[] = [
  'message.reply',
  'message.replyAll',
  'message.forward',
  separator,
  'message.delete',
  separator,
  'go.previous',
  'go.next',
]

export const messageContextMenu: MenuList = [
  'message.open',
  separator,
  'message.reply',
  'message.replyAll',
  'message.forward',
  separator,
  { command: 'message.markRead', title: 'Mar&k as Read' },
  'message.markUnread',
  'message.flag',
  separator,
  { title: 'Re&mote Mail', items: marks },
  { title: 'Mark for Offl&ine', items: offlineMenu },
  separator,
  { command: 'message.move', title: 'Mo&ve to Folder...' },
  { command: 'message.copy', title: '&Copy to Folder...' },
  { command: 'message.delete', title: '&Delete' },
  'message.deleteForever',
  'message.undelete',
]
/** Of a folder in the folder list, on a server or not. */
export const folderContextMenu: MenuList = [
  'folder.open',
  { command: 'edit.findInFolder', title: 'F&ind...' },
  separator,
  'folder.new',
  'folder.rename',
  'folder.move',
  { command: 'folder.delete', title: 'De&lete' },
  'folder.hide',
  separator,
  { title: '&Synchronization Settings', items: folderSyncMenu },
  { command: 'sync.folder', title: 'Synchroni&ze Folder' },
  { title: 'Mar&k for Offline', items: offlineMenu },
  separator,
  'folder.markAllRead',
  { command: 'folder.refresh', title: 'R&efresh' },
  'folder.purge',
  'folder.emptyDeleted',
]
/** Of an IMAP account in the folder list. */
export const accountContextMenu: MenuList = ['sync.account', 'imap.folders', 'folder.new', separator, 'accounts.open']
/** Of Postrider and of Local Folders. */
export const rootContextMenu: MenuList = ['folder.new', separator, 'accounts.open']
export const columnContextMenu: MenuList = ['sort.ascending', 'sort.descending', separator, { title: '&Columns', items: columnsMenu }]

/** Commands that only keys reach. */
export const keyboardOnly: readonly CommandId[] = ['pane.next', 'pane.previous']

/** Every command id below an entry, submenus included. */
export function commandsIn(list: MenuList): readonly CommandId[] {
  return list.flatMap((entry): readonly CommandId[] => {
    if (entry === separator || entry === 'accounts') return []
    if (typeof entry === 'string') return [entry]
    return 'items' in entry ? commandsIn(entry.items) : [entry.command]
  })
}
