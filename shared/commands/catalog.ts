import type { CommandContext, PreviewPlace, TextSize, ThemeChoice } from './context.ts'
import type { FolderSync } from '../domain/folder.ts'
import type { SortKey } from '../domain/view.ts'

export interface Command {
  /** As in the original; `&` stands before the access key. */
  readonly title: string
  /** Shorter words for a toolbar button. */
  readonly label?: string
  readonly icon?: string
  /** `Mod` is Ctrl, on a Mac Command; `Ctrl` is not for a Mac. The first one is shown, all of them work. */
  readonly shortcuts?: readonly string[]
  /** `list`: only while the message list has the focus, so that text fields keep their own keys; `tree`: the folder list. Else anywhere in the window. */
  readonly scope?: 'list' | 'tree'
  readonly enabled?: (context: CommandContext) => boolean
  readonly checked?: (context: CommandContext) => boolean
}

type Test = (context: CommandContext) => boolean
const one: Test = (c) => c.selection.count === 1
const some: Test = (c) => c.selection.count > 0
const oneHere: Test = (c) => one(c) && !c.selection.anyRemote
const answerable: Test = (c) => c.hasAccount && oneHere(c) && !c.selection.isDraft
const idle: Test = (c) => c.hasAccount && !c.isRunning
/** Commands of remote mail act on messages whose body is still on a POP3 server. */
const remote: Test = (c) => c.selection.anyRemote

const inFolder: Test = (c) => c.folder !== null
const own: Test = (c) => c.folder?.isOwn ?? false
const onImap: Test = (c) => c.folder?.isOnServer ?? false
const imapMail: Test = (c) => onImap(c) && (c.folder?.holdsMail ?? false)

const synced = (title: string, sync: FolderSync): Command => ({
  title,
  enabled: imapMail,
  checked: (c) => imapMail(c) && c.folder?.sync === sync,
})
const sortBy = (title: string, key: SortKey): Command => ({ title, checked: (c) => c.sort.key === key })
const column = (title: string, key: SortKey): Command => ({ title, checked: (c) => c.columns.includes(key) })
const preview = (title: string, place: PreviewPlace): Command => ({ title, checked: (c) => c.layout.preview === place })
const textSize = (title: string, size: TextSize): Command => ({ title, checked: (c) => c.textSize === size })
const theme = (title: string, choice: ThemeChoice): Command => ({ title, checked: (c) => c.theme === choice })

/** Every command once. Menu bar, toolbars, context menus, keys and the native menu all read it here. */
export const catalog = {
  'message.open': { title: '&Open', icon: 'open', shortcuts: ['Mod+O', 'Enter'], scope: 'list', enabled: some },
  'message.saveAs': { title: 'Save &As...', icon: 'save', shortcuts: ['Mod+S'], enabled: oneHere },
  'folder.open': { title: '&Open', enabled: inFolder },
  'folder.new': { title: '&New Folder...', icon: 'folder-add', shortcuts: ['Mod+Shift+E'] },
  'folder.move': { title: '&Move...', enabled: own },
  // In the folder list Delete does the same; there it stands for no message.
  'folder.rename': { title: '&Rename...', shortcuts: ['F2'], scope: 'tree', enabled: own },
  'folder.delete': { title: '&Delete', icon: 'delete', enabled: own },
  'folder.hide': { title: '&Hide', enabled: (c) => onImap(c) && c.folder?.role !== 'inbox' },
  'app.workOffline': { title: '&Work Offline', checked: (c) => c.isOffline },
  'app.exit': { title: 'E&xit' },
  'window.close': { title: '&Close', shortcuts: ['Escape'] },

  'edit.copy': { title: '&Copy', icon: 'copy', shortcuts: ['Mod+C'], scope: 'list' },
  'edit.selectAll': { title: 'Se&lect All', shortcuts: ['Mod+A'], scope: 'list', enabled: (c) => (c.folder?.total ?? 0) > 0 },
  'edit.findInFolder': {
    title: 'Message in this &Folder...',
    label: 'Find',
    icon: 'search',
    shortcuts: ['Shift+F3', 'Mod+Alt+F'],
    enabled: (c) => c.folder !== null,
  },
  'message.delete': { title: '&Delete', icon: 'delete', shortcuts: ['Delete', 'Mod+D'], scope: 'list', enabled: some },
  'message.deleteForever': { title: 'Delete Permanentl&y', shortcuts: ['Shift+Delete'], scope: 'list', enabled: some },
  'message.undelete': { title: '&Undelete', icon: 'undelete', enabled: (c) => c.selection.anyMarkedDeleted },
  'folder.emptyDeleted': { title: "Empt&y 'Deleted Items' Folder", enabled: (c) => c.hasDeletedItems },
  'folder.purge': { title: '&Purge Deleted Messages', enabled: imapMail },
  'message.move': { title: '&Move to Folder...', icon: 'folder-move', shortcuts: ['Mod+Shift+V'], enabled: some },
  'message.copy': { title: 'C&opy to Folder...', enabled: some },
  'message.markRead': {
    title: 'Mark as &Read',
    icon: 'mark-read',
    shortcuts: ['Mod+Q', 'Mod+Enter'],
    enabled: (c) => some(c) && !c.selection.allSeen,
  },
  'message.markUnread': { title: 'Mark as U&nread', icon: 'mark-unread', enabled: (c) => some(c) && !c.selection.noneSeen },
  'folder.markAllRead': { title: 'Mark &All Read', shortcuts: ['Mod+Shift+A'], enabled: (c) => (c.folder?.unread ?? 0) > 0 },

  'view.showDeleted': { title: 'Show &Deleted Messages', checked: (c) => c.showsDeleted },
  'sort.priority': sortBy('&Priority', 'priority'),
  'sort.attachment': sortBy('&Attachment', 'attachment'),
  'sort.flag': sortBy('&Flag', 'flag'),
  'sort.from': sortBy('F&rom', 'from'),
  'sort.to': sortBy('&To', 'to'),
  'sort.subject': sortBy('&Subject', 'subject'),
  'sort.received': sortBy('Re&ceived', 'received'),
  'sort.sent': sortBy('S&ent', 'sent'),
  'sort.size': sortBy('Si&ze', 'size'),
  'sort.account': sortBy('Acco&unt', 'account'),
  'sort.ascending': { title: 'Sort Asce&nding', checked: (c) => !c.sort.descending },
  'sort.descending': { title: 'Sort &Descending', checked: (c) => c.sort.descending },
  'column.priority': column('&Priority', 'priority'),
  'column.attachment': column('&Attachment', 'attachment'),
  'column.flag': column('&Flag', 'flag'),
  'column.from': column('F&rom', 'from'),
  'column.to': column('&To', 'to'),
  'column.subject': column('&Subject', 'subject'),
  'column.received': column('Re&ceived', 'received'),
  'column.sent': column('S&ent', 'sent'),
  'column.size': column('Si&ze', 'size'),
  'column.account': column('Acco&unt', 'account'),
  'column.reset': { title: 'Reset Colu&mns' },
  'layout.previewBelow': preview('Preview &Below Messages', 'below'),
  'layout.previewBeside': preview('Preview Be&side Messages', 'beside'),
  'layout.previewOff': preview('&No Preview', 'off'),
  'layout.folderList': { title: 'Folder &List', checked: (c) => c.layout.folderList },
  'layout.folderBar': { title: '&Folder Bar', checked: (c) => c.layout.folderBar },
  'layout.statusBar': { title: 'S&tatus Bar', checked: (c) => c.layout.statusBar },
  'layout.toolbar': { title: 'T&oolbar', checked: (c) => c.layout.toolbar },
  'layout.remoteToolbar': { title: '&Remote Toolbar', checked: (c) => c.layout.remoteToolbar },
  'textSize.largest': textSize('Lar&gest', 'largest'),
  'textSize.larger': textSize('&Larger', 'larger'),
  'textSize.medium': textSize('&Medium', 'medium'),
  'textSize.smaller': textSize('&Smaller', 'smaller'),
  'textSize.smallest': textSize('Smalles&t', 'smallest'),
  'theme.system': theme('As the &System', 'system'),
  'theme.light': theme('&Light', 'light'),
  'theme.dark': theme('&Dark', 'dark'),
  'go.previous': { title: '&Previous Message', label: 'Previous', icon: 'previous', shortcuts: ['Mod+<', 'Mod+,', 'Alt+Left'] },
  'go.next': { title: 'Ne&xt Message', label: 'Next', icon: 'next', shortcuts: ['Mod+>', 'Mod+.', 'Alt+Right'] },
  'go.nextUnread': { title: 'Next &Unread Message', shortcuts: ['Mod+U'] },
  'go.inbox': { title: 'Go to &Inbox', shortcuts: ['Mod+I'] },
  'go.folder': { title: 'Go to Fol&der...', shortcuts: ['Mod+Y'] },
  'folder.refresh': { title: '&Refresh', icon: 'refresh', enabled: (c) => c.folder !== null && c.folder.isOnServer },
  'message.source': { title: 'Messa&ge Source', shortcuts: ['Mod+F3'], enabled: oneHere },

  'mail.sendReceive': {
    title: 'Send and Receive &All',
    label: 'Send/Recv',
    icon: 'send-receive',
    shortcuts: ['Mod+M', 'F5'],
    enabled: idle,
  },
  'mail.receive': { title: '&Receive All', enabled: idle },
  'mail.send': { title: '&Send All', enabled: idle },
  'sync.all': { title: 'S&ynchronize All', icon: 'send-receive', enabled: (c) => c.hasImapAccount && !c.isRunning },
  'sync.account': { title: 'Sync&hronize Account', enabled: (c) => c.isInImapAccount && !c.isRunning },
  'sync.folder': { title: 'Synchronize &Folder', enabled: (c) => imapMail(c) && !c.isRunning },
  'folderSync.none': synced("&Don't Synchronize", 'none'),
  'folderSync.headers': synced('&Headers Only', 'headers'),
  'folderSync.new': synced('&New Messages Only', 'new'),
  'folderSync.all': synced('&All Messages', 'all'),
  'offline.message': {
    title: '&Download Message Later',
    icon: 'mail-download',
    shortcuts: ['Mod+Shift+M'],
    enabled: (c) => c.selection.anyToDownload,
  },
  'offline.folder': { title: 'Download &All Messages Later', enabled: imapMail },
  'offline.unmark': { title: 'Do &Not Download Message', icon: 'unmark', enabled: (c) => c.selection.anyForOffline },
  // A browser tab keeps Ctrl+W for itself, and on a Mac Command+W closes a window.
  'imap.folders': { title: '&IMAP Folders...', icon: 'folder-list', shortcuts: ['Ctrl+W', 'Alt+W'], enabled: (c) => c.hasImapAccount },
  'operations.open': { title: '&Waiting Operations...', icon: 'pending' },
  'accounts.open': { title: '&Accounts...' },
  'options.open': { title: '&Options...' },

  'remote.connect': { title: '&Connect...', icon: 'connected', enabled: (c) => c.hasPop3Account && !c.isRunning },
  'remote.disconnect': { title: '&Disconnect', icon: 'disconnected', enabled: (c) => c.isRunning },
  'remote.wizard': { title: 'Remote Connection &Wizard...', enabled: (c) => c.hasPop3Account && !c.isRunning },
  'remote.markRetrieve': { title: 'Mark to &Retrieve', icon: 'mail-download', shortcuts: ['Mod+Shift+D'], enabled: remote },
  'remote.markCopy': { title: 'Mark to Retrieve a Cop&y', icon: 'mail-copy', shortcuts: ['Mod+Alt+D'], enabled: remote },
  'remote.markDelete': { title: 'Mark to D&elete', label: 'Delete', icon: 'mail-deleted', enabled: remote },
  'remote.unmark': { title: '&Unmark', icon: 'unmark', shortcuts: ['Mod+Shift+X'], enabled: (c) => c.selection.anyMarked },
  'remote.unmarkAll': { title: 'Unmark &All', icon: 'unmark-all', enabled: (c) => c.hasMarks },

  // A browser tab keeps Ctrl+N for itself, so Alt+N does the same everywhere.
  'message.new': {
    title: '&New Message',
    label: 'Create Mail',
    icon: 'new-message',
    shortcuts: ['Mod+N', 'Alt+N'],
    enabled: (c) => c.hasAccount,
  },
  'message.reply': { title: '&Reply to Sender', label: 'Reply', icon: 'reply', shortcuts: ['Mod+R'], enabled: answerable },
  'message.replyAll': { title: 'Reply to &All', label: 'Reply All', icon: 'reply-all', shortcuts: ['Mod+Shift+R'], enabled: answerable },
  'message.forward': { title: '&Forward', label: 'Forward', icon: 'forward', shortcuts: ['Mod+F'], enabled: answerable },
  'message.flag': { title: 'F&lag Message', icon: 'flag', enabled: some, checked: (c) => some(c) && c.selection.allFlagged },

  'help.contents': { title: '&Contents', shortcuts: ['F1'] },
  'help.practice': { title: 'Try It with &Practice Mail' },
  'help.practiceFaults': { title: 'Practice &Faults...' },
  'help.support': { title: 'Create &Support Information...' },
  'help.about': { title: '&About Postrider' },

  'pane.next': { title: 'Next Pane', shortcuts: ['F6'] },
  'pane.previous': { title: 'Previous Pane', shortcuts: ['Shift+F6'] },
} as const satisfies Record<string, Command>

export type CommandId = keyof typeof catalog

export const commandIds = Object.keys(catalog) as readonly CommandId[]

export function commandOf(id: CommandId): Command {
  return catalog[id]
}

/** A command without a rule of its own can always act. */
export function isEnabled(id: CommandId, context: CommandContext): boolean {
  return commandOf(id).enabled?.(context) ?? true
}

/** undefined: this command is not one that is ticked. */
export function isChecked(id: CommandId, context: CommandContext): boolean | undefined {
  return commandOf(id).checked?.(context)
}

/** `Save &As...` as `Save As...`, its access key as `A`. */
export function titleOf(title: string): { readonly text: string; readonly mnemonic: string | undefined } {
  const at = title.indexOf('&')
  return at < 0
    ? { text: title, mnemonic: undefined }
    : { text: title.slice(0, at) + title.slice(at + 1), mnemonic: title[at + 1]?.toUpperCase() }
}
