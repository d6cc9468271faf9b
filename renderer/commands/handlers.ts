import type { CommandId } from '../../shared/commands/catalog.ts'
import type { ColumnKey, PreviewPlace, TextSize, ThemeChoice } from '../../shared/commands/context.ts'
import type { ComposeKind } from '../../shared/domain/draft.ts'
import type { FlagName } from '../../shared/domain/message.ts'
import type { SortKey } from '../../shared/domain/view.ts'
import { defaultLayout, folderKind } from '../cache/layout.ts'
import { failureOf, mainWords } from '../text/main.ts'
import { deleteForever, deleteSelected, emptyDeletedItems } from './deleting.ts'
import { deleteFolder, goToFolder, hideFolder, moveFolder, newFolder, purgeFolder, purgeOnLeave, renameFolder } from './folder-commands.ts'
import { startRun } from './going-online.ts'
import { askWhereTo } from './placing.ts'
import { openHelp } from './open-help.ts'
import { practicePanel } from './practice-panel.ts'
import { connectAgain, disconnect, isRemote, mark } from './remote-mail.ts'
import { markFolderForOffline, setForOffline, setSync, synchronize, synchronizeAccount, synchronizeFolder } from './synchronizing.ts'
import type { CommandTarget } from './target.ts'
import { download, openWindow } from './windows.ts'

export type Handler = (target: CommandTarget) => void | Promise<void>

/** A command without a handler does not compile. */
export const handlers: Readonly<Record<CommandId, Handler>> = {
  'message.open': openSelected,
  'message.saveAs': saveAs,
  'folder.open': () => document.querySelector<HTMLElement>('.message-list')?.focus(),
  'folder.new': newFolder,
  'folder.move': moveFolder,
  'folder.rename': renameFolder,
  'folder.delete': deleteFolder,
  'folder.hide': hideFolder,
  'app.workOffline': async ({ engine, context }) => void (await engine.call('settings.set', { offline: !context().isOffline })),
  'app.exit': async (target) => {
    // As on leaving the folder that is open.
    await purgeOnLeave(target, target.folder())
    await target.host.call('host.quit', {})
    window.close()
  },
  'window.close': (target) => target.close(),

  'edit.copy': copySelection,
  'edit.selectAll': (target) => target.selectAll(),
  'edit.findInFolder': (target) => target.focusSearch(),
  'message.delete': deleteSelected,
  'message.deleteForever': deleteForever,
  'message.undelete': setFlag('deleted', () => false),
  'folder.emptyDeleted': emptyDeletedItems,
  'folder.purge': purgeFolder,
  'message.move': askWhereTo('move'),
  'message.copy': askWhereTo('copy'),
  'message.markRead': setFlag('seen', () => true),
  'message.markUnread': setFlag('seen', () => false),
  'folder.markAllRead': async (target) => {
    const folder = target.folder()
    if (folder) await target.engine.call('folders.markAllRead', { folder: folder.id })
  },

  'view.showDeleted': async ({ engine, context }) => void (await engine.call('settings.set', { showDeleted: !context().showsDeleted })),
  'sort.priority': sortBy('priority'),
  'sort.attachment': sortBy('attachment'),
  'sort.flag': sortBy('flag'),
  'sort.from': sortBy('from'),
  'sort.to': sortBy('to'),
  'sort.subject': sortBy('subject'),
  'sort.received': sortBy('received'),
  'sort.sent': sortBy('sent'),
  'sort.size': sortBy('size'),
  'sort.account': sortBy('account'),
  'sort.ascending': (target) => target.sortBy({ descending: false }),
  'sort.descending': (target) => target.sortBy({ descending: true }),
  'column.priority': toggleColumn('priority'),
  'column.attachment': toggleColumn('attachment'),
  'column.flag': toggleColumn('flag'),
  'column.from': toggleColumn('from'),
  'column.to': toggleColumn('to'),
  'column.subject': toggleColumn('subject'),
  'column.received': toggleColumn('received'),
  'column.sent': toggleColumn('sent'),
  'column.size': toggleColumn('size'),
  'column.account': toggleColumn('account'),
  'column.reset': ({ layout }) => layout.change({ columns: defaultLayout.columns, columnWidths: {} }),
  'layout.previewBelow': preview('below'),
  'layout.previewBeside': preview('beside'),
  'layout.previewOff': preview('off'),
  'layout.folderList': ({ layout }) => layout.change({ folderList: !layout.get().folderList }),
  'layout.folderBar': ({ layout }) => layout.change({ folderBar: !layout.get().folderBar }),
  'layout.statusBar': ({ layout }) => layout.change({ statusBar: !layout.get().statusBar }),
  'layout.toolbar': ({ layout }) => layout.change({ toolbar: !layout.get().toolbar }),
  'layout.remoteToolbar': ({ layout, context }) => layout.change({ remoteToolbar: !context().layout.remoteToolbar }),
  'textSize.largest': textSize('largest'),
  'textSize.larger': textSize('larger'),
  'textSize.medium': textSize('medium'),
  'textSize.smaller': textSize('smaller'),
  'textSize.smallest': textSize('smallest'),
  'theme.system': theme('system'),
  'theme.light': theme('light'),
  'theme.dark': theme('dark'),
  'go.previous': (target) => target.go('previous'),
  'go.next': (target) => target.go('next'),
  'go.nextUnread': (target) => target.go('next-unread'),
  'go.inbox': (target) => target.goToInbox(),
  'go.folder': goToFolder,
  'folder.refresh': async (target) => {
    const folder = target.folder()
    if (folder) await target.engine.call('folders.refresh', { folder: folder.id })
  },
  'message.source': async (target) => {
    const [id] = await target.selectedIds()
    if (id === undefined) return
    const message = await target.engine.call('messages.open', { id })
    target.show({ kind: 'source', url: target.hostInfo.contentBase + message.sourceUrl })
  },

  'mail.sendReceive': (target) => startRun(target, { accounts: null, receive: true, send: true }),
  'mail.receive': (target) => startRun(target, { accounts: null, receive: true, send: false }),
  'mail.send': (target) => startRun(target, { accounts: null, receive: false, send: true }),
  'sync.all': (target) => synchronize(target, { accounts: null, folder: null }),
  'sync.account': synchronizeAccount,
  'sync.folder': synchronizeFolder,
  'folderSync.none': setSync('none'),
  'folderSync.headers': setSync('headers'),
  'folderSync.new': setSync('new'),
  'folderSync.all': setSync('all'),
  'offline.message': setForOffline(true),
  'offline.folder': markFolderForOffline,
  'offline.unmark': setForOffline(false),
  'imap.folders': (target) => target.show({ kind: 'imap-folders', account: target.folderPlace().account }),
  'operations.open': (target) => target.show({ kind: 'waiting-operations' }),
  'accounts.open': (target) => target.show({ kind: 'accounts' }),
  'options.open': (target) => target.show({ kind: 'options' }),

  'remote.connect': connectAgain,
  'remote.disconnect': disconnect,
  'remote.wizard': (target) => target.show({ kind: 'remote-connection' }),
  'remote.markRetrieve': mark('retrieve'),
  'remote.markCopy': mark('retrieve-copy'),
  'remote.markDelete': mark('delete'),
  'remote.unmark': mark(null),
  'remote.unmarkAll': async ({ engine }) => void (await engine.call('pop3.unmarkAll', { account: null })),

  'message.new': (target) => openWindow(target, { window: 'compose', kind: 'new' }),
  'message.reply': answer('reply'),
  'message.replyAll': answer('reply-all'),
  'message.forward': answer('forward'),
  'message.flag': setFlag('flagged', (target) => !target.context().selection.allFlagged),

  'help.practice': startPractice,
  'help.practiceFaults': async (target) => {
    if (!target.live.accounts.get()?.some(({ practice }) => practice)) await startPractice(target)
    practicePanel.set(true)
  },
  'help.support': (target) => target.show({ kind: 'support' }),
  'help.contents': () => openHelp(),
  'help.about': (target) => target.show({ kind: 'about' }),

  'pane.next': (target) => target.cyclePanes(1),
  'pane.previous': (target) => target.cyclePanes(-1),
}

/** Practice servers, their accounts, and a first Send and Receive, so that there is something to look at. */
export async function startPractice(target: CommandTarget): Promise<void> {
  target.notify(mainWords.practiceStarting)
  const { accounts } = await target.engine.call('practice.start', {})
  await target.engine.call('settings.set', { offline: false })
  await target.engine.call('runs.start', { accounts: [...accounts], receive: true, send: true })
  target.notify('')
  target.goToInbox()
}

async function openSelected(target: CommandTarget): Promise<void> {
  const selected = target.selectedRows()
  const folder = target.folder()
  const isUnfinished = folder?.role === 'drafts' || folder?.role === 'outbox'
  // Mail that is not here can't be opened: what shall become of it is asked instead.
  const remote = folder?.account === null ? selected.filter(isRemote) : []
  if (remote.length > 0) target.show({ kind: 'remote-messages', rows: remote })
  const rows = selected.filter((row) => !remote.includes(row))
  const open = () => {
    for (const row of rows) {
      if (row.flags.draft || isUnfinished) openWindow(target, { window: 'compose', kind: 'new', draft: row.id })
      else openWindow(target, { window: 'message', id: row.id })
    }
  }
  if (rows.length <= 5) return open()
  target.show({ kind: 'question', text: mainWords.openManyQuestion(rows.length), whatFailed: failureOf('message.open'), onYes: open })
}

async function saveAs(target: CommandTarget): Promise<void> {
  const [id] = await target.selectedIds()
  if (id === undefined) return
  const { emlUrl, envelope } = await target.engine.call('messages.open', { id })
  // Characters that some file system refuses; the rest of the subject stays readable.
  const name =
    envelope.subject
      .replaceAll(/[\\/:*?"<>|\p{Cc}]/gu, ' ')
      .trim()
      .slice(0, 100) || 'message'
  download(target, emlUrl, `${name}.eml`)
}

/** Marked text first, else the selected rows as lines of text. */
async function copySelection(target: CommandTarget): Promise<void> {
  const marked = String(window.getSelection() ?? '')
  if (marked) return navigator.clipboard.writeText(marked)
  const rows = target.selectedRows()
  if (rows.length === 0) return
  await navigator.clipboard.writeText(
    rows.map((row) => [row.from, row.subject, new Date(row.receivedAt).toLocaleString()].join('\t')).join('\n'),
  )
  target.notify(mainWords.copiedRows(rows.length))
}

function setFlag(flag: FlagName, wanted: (target: CommandTarget) => boolean): Handler {
  return async (target) => {
    const ids = [...(await target.selectedIds())]
    if (ids.length === 0) return
    const isWanted = wanted(target)
    await target.engine.call('messages.setFlags', { ids, add: isWanted ? [flag] : [], remove: isWanted ? [] : [flag] })
  }
}

function answer(kind: ComposeKind): Handler {
  return async (target) => {
    const [id] = await target.selectedIds()
    if (id !== undefined) openWindow(target, { window: 'compose', kind, message: id })
  }
}

function sortBy(key: SortKey): Handler {
  return (target) => target.sortBy({ key })
}

function toggleColumn(key: ColumnKey): Handler {
  return ({ layout, folder }) => {
    const kind = folderKind(folder()?.role)
    const shown = layout.get().columns[kind]
    const next = shown.includes(key) ? shown.filter((each) => each !== key) : [...shown, key]
    // A list without columns could not be got back by its own header.
    if (next.length > 0) layout.change({ columns: { ...layout.get().columns, [kind]: next } })
  }
}

function preview(place: PreviewPlace): Handler {
  return ({ layout }) => layout.change({ preview: place })
}

function textSize(size: TextSize): Handler {
  return ({ layout }) => layout.change({ textSize: size })
}

function theme(choice: ThemeChoice): Handler {
  return ({ layout }) => layout.change({ theme: choice })
}
