/** The mail of one POP3 user. */
export interface Pop3Maildrop {
  /** False: another session has it. */
  lock(): boolean
  unlock(): void
  /** In order of arrival; the position plus one is the message number. */
  list(): readonly { readonly uidl: string; readonly size: number }[]
  /** CRLF line ends, byte for byte. */
  read(uidl: string): Buffer
  remove(uidls: readonly string[]): void
}

export interface StoredMessage {
  readonly uidl: string
  readonly raw: Buffer
}

/** A maildrop over an array that others may add to and look at while the server runs. */
export function arrayMaildrop(messages: StoredMessage[]): Pop3Maildrop {
  let isLocked = false
  return {
    lock: () => {
      if (isLocked) return false
      isLocked = true
      return true
    },
    unlock: () => {
      isLocked = false
    },
    list: () => messages.map(({ uidl, raw }) => ({ uidl, size: raw.length })),
    read: (uidl) => {
      const message = messages.find((each) => each.uidl === uidl)
      if (!message) throw new Error(`There is no message ${uidl}.`)
      return message.raw
    },
    remove: (uidls) => {
      const kept = messages.filter(({ uidl }) => !uidls.includes(uidl))
      messages.splice(0, messages.length, ...kept)
    },
  }
}
