import type { ImapExtension } from '../../shared/domain/account.ts'

/** What the IMAP tab of Properties says beside the words that all tabs share. */
export const imapTabText = {
  deletedPath: 'Dele&ted Items path:',
  junkPath: '&Junk E-mail path:',
  archivePath: 'Archi&ve path:',
  moveDeleted: "&Move deleted messages to the 'Deleted Items' folder",
  moveDeletedHint: 'Otherwise they are struck through and stay until you purge the folder.',
  advanced: 'Adva&nced...',
  advancedHint: 'Choose what Postrider uses of what the server offers',
  advancedTitle: 'Server Capabilities',
  advancedIntro:
    'Postrider uses what a server offers to be quicker. Where a server does something badly, your help desk may tell you to switch it off; everything works without it, only slower.',
  ok: 'OK',
  cancel: 'Cancel',
  useAll: '&Use All',
} as const

/** In plain words; the name in brackets is for who helps. */
export const extensionNames: Readonly<Record<ImapExtension, string>> = {
  IDLE: 'Hear of new messages at once (IDLE)',
  NOTIFY: 'Hear of new messages in all folders at once (NOTIFY)',
  CONDSTORE: 'Ask only for what has changed (CONDSTORE)',
  QRESYNC: 'Ask only for what has been removed (QRESYNC)',
  MOVE: 'Move messages in one step (MOVE)',
  UIDPLUS: 'Find copied messages by their number (UIDPLUS)',
  COMPRESS: 'Compress what is transferred (COMPRESS)',
  'LIST-STATUS': 'Count the messages of all folders in one step (LIST-STATUS)',
  'SPECIAL-USE': 'Use the special folders that the server names (SPECIAL-USE)',
  OBJECTID: 'Know a message again wherever it is moved (OBJECTID)',
  UTF8: 'Transfer names and headers in UTF-8 (UTF8)',
}
