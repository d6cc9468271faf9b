import type { CommandId } from '../../shared/commands/catalog.ts'
import type { ColumnKey } from '../../shared/commands/context.ts'
import type { FolderRole } from '../../shared/domain/folder.ts'

const number = (value: number) => value.toLocaleString()
const plural = (count: number, one: string, many: string) => (count === 1 ? one : many)
const messages = (count: number) => `${number(count)} ${plural(count, 'message', 'messages')}`

/** Everything that the main window and the read window say. */
export const mainWords = {
  product: 'Postrider',
  title: (place: string) => `${place} - Postrider`,
  today: (time: string) => `Today ${time}`,
  yesterday: (time: string) => `Yesterday ${time}`,

  root: 'Postrider',
  localFolders: 'Local Folders',
  folders: 'Folders',
  folderCounts: (total: number, unread: number) => (unread > 0 ? `${messages(total)}, ${number(unread)} unread` : messages(total)),
  unreadIn: (name: string, unread: number) => `${name}, ${number(unread)} unread`,
  itemsIn: (name: string, count: number) => `${name}, ${number(count)} ${plural(count, 'item', 'items')}`,

  find: (folder: string, key: string) => `Find in ${folder} (${key})`,
  findLabel: (folder: string) => `Find in ${folder}`,
  clearSearch: 'Clear the search',
  found: (count: number) => (count === 0 ? 'Nothing found' : `${messages(count)} found`),
  nothingFound: (text: string) => `No message here has "${text}" in it.`,
  nothingFoundHint: 'Esc shows all messages again.',

  menuBar: 'Menu',
  toolbar: 'Toolbar',
  messageList: 'Messages',
  messageListOf: (folder: string) => `Messages in ${folder}`,
  readingPane: 'Message',
  statusBar: 'Status',
  resizeFolders: 'Width of the folder list',
  resizeList: 'Size of the message list',

  columns: {
    priority: 'Priority',
    attachment: 'Attachment',
    flag: 'Flag',
    from: 'From',
    to: 'To',
    subject: 'Subject',
    received: 'Received',
    sent: 'Sent',
    size: 'Size',
    account: 'Account',
  } as const satisfies Record<ColumnKey, string>,
  noSubject: '(no subject)',
  noSender: '(no sender)',
  noRecipient: '(no recipient)',
  rowStates: {
    unread: 'Unread',
    read: 'Read',
    replied: 'Replied',
    forwarded: 'Forwarded',
    draft: 'Draft',
    deleted: 'Marked as deleted',
    headerOnly: 'Header only',
    flagged: 'Flagged',
    attachment: 'Has attachment',
    high: 'High priority',
    low: 'Low priority',
  },

  emptyFolder: (name: string) => `There are no messages in ${name}.`,
  emptyFolderRole: {
    inbox: 'New mail arrives here.',
    outbox: 'Messages wait here until they are sent.',
    sent: 'Messages that you have sent are kept here.',
    drafts: 'Messages that you save before sending are kept here.',
    deleted: 'Messages that you delete are kept here until you empty the folder.',
    junk: '',
    archive: '',
    none: '',
  } as const satisfies Record<FolderRole, string>,
  lastChecked: (when: string) => `Last checked: ${when}.`,
  neverChecked: 'Not checked yet.',
  opening: 'Opening...',
  listFailed: 'The messages of this folder could not be listed.',

  welcome: 'Welcome to Postrider',
  welcomeText: 'Set up an account to get your mail, or look around first with sample mail that stays on this computer.',
  setUpAccount: 'Set up an account',
  tryPractice: 'Try it with practice mail',
  practiceStarting: 'Getting practice mail ready...',
  startUnread: (count: number) =>
    count === 0
      ? 'There are no unread messages in your Inbox'
      : `There ${plural(count, 'is', 'are')} ${number(count)} unread ${plural(count, 'message', 'messages')} in your Inbox`,
  startTitle: 'E-mail',
  startCreate: 'Create a new message',
  startAccounts: 'Internet accounts',
  folderColumn: 'Folder',
  unreadColumn: 'Unread',
  totalColumn: 'Total',

  nothingSelected: 'No message is selected.',
  severalSelected: (count: number) => `${messages(count)} are selected.`,
  loadingMessage: 'Loading the message...',
  openFailed: 'The message could not be shown.',
  bodyElsewhere: 'The rest of this message is still on the server',
  bodyElsewhereHint: 'You are working offline. Go online to fetch it.',
  goOnline: 'Go online',
  fetchAgain: 'Try again',
  emptyMessage: 'This message has no text.',
  picturesBlocked: 'Pictures from the Internet were not loaded, to protect your privacy.',
  messageBody: 'Text of the message',
  to: 'to',
  cc: 'copy to',
  moreRecipients: (count: number) => `and ${number(count)} more`,
  attachments: 'Attachments',
  attachmentTip: (name: string, size: string) => `Save ${name} (${size})`,
  replyTo: 'answers go to',

  dangerTitle: 'Mail Attachment',
  dangerText: (name: string) => `"${name}" is a program or can start one.`,
  dangerAdvice: 'Such files can harm your computer. Save it only if you expected it and know who sent it.',
  saveToDisk: 'Save it to disk',

  online: 'Working Online',
  offline: 'Working Offline',
  onlineTip: 'Click to work offline',
  offlineTip: 'Click to go online',
  selectedCount: (count: number) => `${number(count)} selected`,
  checking: (account: string) => `Checking for new messages on '${account}'`,
  downloading: (done: number, total: number, account: string) => `Downloading message ${number(done)} of ${number(total)} on '${account}'`,
  sending: (done: number, total: number, account: string) => `Sending message ${number(done)} of ${number(total)} on '${account}'`,
  connecting: (account: string) => `Connecting to '${account}'`,
  syncing: (folder: string, done: number, total: number) =>
    total > 0 ? `Synchronizing ${folder}: ${number(done)} of ${number(total)}` : `Synchronizing ${folder}`,
  newMessages: (count: number) => (count === 0 ? 'No new messages' : `${number(count)} new ${plural(count, 'message', 'messages')}`),
  errorSign: (count: number) => `${number(count)} ${plural(count, 'error', 'errors')}`,
  activityTip: 'Show what is being sent and received',
  errorSignTip: 'Show what went wrong',
  receiveFailed: (account: string) => `Your mail from "${account}" could not be received.`,
  sendFailed: (account: string) => `Your mail could not be sent through "${account}".`,
  engineGone: 'The part of Postrider that keeps your mail has stopped. It is being started again...',

  about: 'About Postrider',
  aboutText: 'A desktop mail client: Outlook Express, rebuilt for today.',
  version: (version: string) => `Version ${version}`,
  aboutParts: (node: string, sqlite: string) => `Node ${node}, SQLite ${sqlite}`,
  icons: 'Icons: Fluent System Icons, MIT licence.',
  messageSource: 'Message Source',

  yes: '&Yes',
  no: '&No',
  goOnlineQuestion: 'You are currently working offline. Would you like to go online now?',
  emptyDeletedQuestion: "Are you sure you want to permanently delete the contents of the 'Deleted Items' folder?",
  deleteForeverQuestion: (count: number) =>
    count === 1
      ? 'Are you sure you want to permanently delete this message?'
      : `Are you sure you want to permanently delete these ${messages(count)}?`,
  openManyQuestion: (count: number) => `This opens ${number(count)} windows. Go on?`,
  deleted: (count: number) => `${messages(count)} deleted.`,
  copiedRows: (count: number) => `${messages(count)} copied as text.`,
  noMoreUnread: 'There are no more unread messages in this folder.',
  popupBlocked: 'The browser did not let Postrider open a window. Allow pop-up windows for this address, then try again.',
  noAccounts: 'No accounts',
} as const

/** What did not happen, by command: the first line of an error dialog. */
const failures: Partial<Record<CommandId, string>> = {
  'message.delete': 'The messages could not be deleted.',
  'message.deleteForever': 'The messages could not be deleted.',
  'message.undelete': 'The messages could not be restored.',
  'message.markRead': 'The messages could not be marked as read.',
  'message.markUnread': 'The messages could not be marked as unread.',
  'message.flag': 'The messages could not be flagged.',
  'message.saveAs': 'The message could not be saved.',
  'message.source': 'The source of the message could not be shown.',
  'folder.markAllRead': 'The folder could not be marked as read.',
  'folder.emptyDeleted': "The 'Deleted Items' folder could not be emptied.",
  'folder.refresh': 'The folder could not be checked for new messages.',
  'mail.sendReceive': 'Sending and receiving could not be started.',
  'mail.receive': 'Receiving could not be started.',
  'mail.send': 'Sending could not be started.',
  'app.workOffline': 'Postrider could not change between online and offline.',
  'remote.connect': 'The connection could not be started.',
  'remote.disconnect': 'The connection could not be ended.',
  'remote.markRetrieve': 'The messages could not be marked.',
  'remote.markCopy': 'The messages could not be marked.',
  'remote.markDelete': 'The messages could not be marked.',
  'remote.unmark': 'The marks could not be taken back.',
  'remote.unmarkAll': 'The marks could not be taken back.',
  'help.practice': 'Practice mail could not be started.',
  'help.practiceFaults': 'Practice mail could not be started.',
}

export function failureOf(id: CommandId): string {
  return failures[id] ?? 'That did not work.'
}
