import type { OAuthClient } from './oauth.ts'

/** Choices that belong to the store, not to one window. */
export interface Settings {
  /** Work Offline: a promise not to connect. */
  readonly offline: boolean
  readonly sendImmediately: boolean
  /** Seconds in the preview before a message counts as read; null: never by itself. */
  readonly markReadAfterSeconds: number | null
  readonly quoteInReply: boolean
  /** Send and receive a few seconds after the program has started. */
  readonly checkAtStartup: boolean
  /** Minutes between checks for new messages, 1 to 480; null: never by itself. */
  readonly checkEveryMinutes: number | null
  /** What is said to servers is also written to a file, without passwords. */
  readonly logPop3: boolean
  readonly logImap: boolean
  readonly logSmtp: boolean
  /** Messages that are marked as deleted on an IMAP server stay in the list, struck through. */
  readonly showDeleted: boolean
  /** Leaving an IMAP folder removes for ever what is marked as deleted in it. */
  readonly purgeOnLeave: boolean
  /** What providers of browser sign-ins (OAuth 2.0) call this program, by their ids. */
  readonly oauthClients: Readonly<Record<string, OAuthClient>>
}

export const defaultSettings: Settings = {
  offline: false,
  sendImmediately: true,
  markReadAfterSeconds: 5,
  quoteInReply: true,
  checkAtStartup: true,
  checkEveryMinutes: 30,
  logPop3: false,
  logImap: false,
  logSmtp: false,
  showDeleted: true,
  purgeOnLeave: false,
  oauthClients: {},
}
