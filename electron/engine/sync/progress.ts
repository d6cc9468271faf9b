/** What a receiving or sending pass tells about itself. Cheap: it may be called for every message. */
export interface ReceiveProgress {
  say(text: string): void
  /** So many messages and bytes are still to come in this pass. */
  expect(messages: number, bytes: number): void
  /** Something went otherwise than expected without being a failure: a whole sentence. */
  note(text: string): void
  got(messages: number, bytes: number): void
}

/** For work that nobody watches. */
export const silentProgress: ReceiveProgress = { say() {}, expect() {}, note() {}, got() {} }
