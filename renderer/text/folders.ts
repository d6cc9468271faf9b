import type { FolderContent, FolderSync } from '../../shared/domain/folder.ts'

const number = (value: number) => value.toLocaleString()
const messages = (count: number) => `${number(count)} ${count === 1 ? 'message' : 'messages'}`

/** What a folder of a groupware server holds, as its label in lists. */
export const contentNames: Readonly<Record<FolderContent, string>> = {
  mail: 'Mail',
  calendar: 'Calendar',
  tasks: 'Tasks',
  contacts: 'Contacts',
  notes: 'Notes',
  journal: 'Journal',
}

/** The page of a folder that holds no mail. */
export const contentPage: Readonly<Record<Exclude<FolderContent, 'mail'>, string>> = {
  calendar: 'This folder holds a calendar',
  tasks: 'This folder holds tasks',
  contacts: 'This folder holds contacts',
  notes: 'This folder holds notes',
  journal: 'This folder holds a journal',
}

export const syncNames: Readonly<Record<FolderSync, string>> = {
  none: "Don't Synchronize",
  headers: 'Headers Only',
  new: 'New Messages Only',
  all: 'All Messages',
}

/** Making, placing and showing folders, and putting messages into them. */
export const folderText = {
  ok: 'OK',
  cancel: 'Cancel',
  yes: '&Yes',
  no: '&No',
  newFolder: '&New Folder...',
  folders: 'Folders',

  contentHint:
    'The mail server keeps it together with your mail. Postrider shows mail only; use the calendar or address book of your organization for it.',
  onlyFolders: 'This folder only holds other folders',
  onlyFoldersHint: 'Messages can not be kept in it.',
  labelled: (name: string, content: string) => `${name}, ${content}`,
  hiddenFolder: 'This folder is not shown in the folder list',

  createTitle: 'Create Folder',
  nameLabel: '&Folder name:',
  createIn: 'Select the folder in which to create the new folder:',
  createFailed: 'The folder could not be made.',
  renameTitle: 'Rename Folder',
  renameFailed: 'The folder could not be renamed.',
  nameEmpty: 'Type a name.',
  nameTaken: (name: string) => `There is already a folder named ${name} here.`,

  moveTitle: 'Move',
  movePrompt: (count: number) => `Move ${messages(count)} to the selected folder:`,
  copyTitle: 'Copy',
  copyPrompt: (count: number) => `Copy ${messages(count)} to the selected folder:`,
  moved: (count: number, folder: string) => `${messages(count)} moved to ${folder}.`,
  copied: (count: number, folder: string) => `${messages(count)} copied to ${folder}.`,
  moveFailed: 'The messages could not be moved.',
  copyFailed: 'The messages could not be copied.',
  dragged: (count: number) => messages(count),

  moveFolderTitle: 'Move Folder',
  moveFolderPrompt: (name: string) => `Move ${name} and all below it into the selected folder:`,
  moveFolderFailed: 'The folder could not be moved.',
  goTitle: 'Go to Folder',
  goPrompt: 'Select a folder:',
  goFailed: 'The folder could not be opened.',

  deleteQuestion: (name: string) => `Are you sure you want to permanently delete the folder '${name}'?`,
  discardQuestion: (name: string) => `Are you sure you want to delete the folder '${name}' and move it to 'Deleted Items'?`,
  discardNote: 'All folders below it and their messages go along.',
  deleteLocalNote: 'All folders below it and their messages are deleted too. This can not be taken back.',
  deleteServerNote: 'All folders below it and their messages are deleted too, on the server as well. This can not be taken back.',
  deleteFailed: 'The folder could not be deleted.',
  hideQuestion: (name: string) => `Are you sure you want to hide the folder '${name}'?`,
  hideNote: 'The folder stays on the server with all that is in it. Tools > IMAP Folders shows it again.',
  hideFailed: 'The folder could not be hidden.',
  purgeQuestion: (name: string) => `Remove the messages that are marked as deleted in '${name}' for ever?`,
  purgeNote: 'They are removed from the server too.',
  purgeFailed: 'The deleted messages could not be purged.',
  dontAsk: "&Don't ask me again",

  forOffline: (count: number) => `${messages(count)} marked to be downloaded.`,
  allForOffline: (name: string) => `All messages in ${name} are marked to be downloaded.`,
} as const
