import type { Settings } from './settings.ts'

/** Below the data folder. */
export const logFolderName = 'logs'

/** The protocol logs that Options > Maintenance offers: the setting that switches one on, and its file. */
export const logFiles = {
  POP3: { setting: 'logPop3', file: 'Pop3.log' },
  IMAP: { setting: 'logImap', file: 'Imap.log' },
  SMTP: { setting: 'logSmtp', file: 'Smtp.log' },
} as const satisfies Record<string, { readonly setting: keyof Settings; readonly file: string }>

export type LoggedProtocol = keyof typeof logFiles
