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

const messageMenu: MenuList = ['message.new', separator, 'message.reply', 'message.replyAll', 'message.forward', separator, 'message.flag']

export const mainMenuBar: readonly MenuBarEntry[] = [
  {
    title: '&File',
    items: [
      { title: '&New', items: [{ command: 'message.new', title: '&Mail Message' }] },
      'message.open',
      'message.saveAs',
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
      'message.delete',
      'message.undelete',
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
      { title: '&Sort By', items: sortByMenu },
      { title: '&Columns', items: columnsMenu },
      { title: '&Layout', items: layoutMenu },
      { title: 'Te&xt Size', items: textSizeMenu },
      { title: 'C&olors', items: themeMenu },
      separator,
      'go.previous',
      { title: '&Next', items: ['go.next', { command: 'go.previous', title: '&Previous Message' }, 'go.nextUnread'] },
      'go.inbox',
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
      'accounts.open',
      'options.open',
    ],
  },
  { title: '&Message', items: messageMenu },
  { title: '&Help', items: ['help.contents', separator, 'help.practice', 'help.practiceFaults', separator, 'help.support', separator, 'help.about'] },
]

/** The menu bar of a message in its own window. */
export const messageMenuBar: readonly MenuBarEntry[] = [
  { title: '&File', items: ['message.saveAs', separator, 'window.close'] },
  { title: '&Edit', items: ['edit.copy', separator, 'message.delete', 'message.undelete', separator, 'message.markUnread'] },
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
  separator,
  { command: 'message.delete', title: '&Delete' },
  'message.deleteForever',
  'message.undelete',
]
export const folderContextMenu: MenuList = [
  { command: 'edit.findInFolder', title: 'F&ind...' },
  'folder.markAllRead',
  'folder.refresh',
  separator,
  'folder.emptyDeleted',
]
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
