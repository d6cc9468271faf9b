/** Choices that belong to the store, not to one window. */
export interface Settings {
  /** Work Offline: a promise not to connect. */
  readonly offline: boolean
  readonly sendImmediately: boolean
  /** Seconds in the preview before a message counts as read; null: never by itself. */
  readonly markReadAfterSeconds: number | null
  readonly quoteInReply: boolean
}

export const defaultSettings: Settings = {
  offline: false,
  sendImmediately: true,
  markReadAfterSeconds: 5,
  quoteInReply: true,
}
