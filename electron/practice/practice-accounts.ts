import { type ImapStore, ImapMailboxes, type StoredFolder } from './imap-mailboxes.ts'
import { arrayMaildrop, type Pop3Maildrop } from './pop3-maildrop.ts'
import { practiceMessages } from './practice-mail/practice-messages.ts'

export const practiceAddresses = { pop3: 'practice.pop@example.org', imap: 'practice.imap@example.org' } as const

export interface PracticePop3 {
  readonly maildrop: Pop3Maildrop
  deliver(raw: Buffer): void
}

/** The Inbox part of the sample mail, in a maildrop that takes more. */
export function practicePop3(now: Date): PracticePop3 {
  const messages = practiceMessages(now, practiceAddresses.pop3)
    .filter(({ folder }) => folder === 'INBOX')
    .map(({ uidl, raw }) => ({ uidl, raw }))
  let delivered = 0
  return {
    maildrop: arrayMaildrop(messages),
    deliver(raw) {
      delivered += 1
      // Never a UIDL of an earlier start: the client would think that it has the message.
      messages.push({ uidl: `practice-${now.getTime().toString(36)}-${delivered}`, raw })
    },
  }
}

const folders = [
  ['Sent Items', '\\Sent'],
  ['Drafts', '\\Drafts'],
  ['Deleted Items', '\\Trash'],
  ['Junk', '\\Junk'],
  ['Archive', '\\Archive'],
  ['Projects', undefined],
  ['Projects/Website', undefined],
  ['Projects/Summer party', undefined],
  ['Travel', undefined],
  ['Calendar', undefined],
] as const

/** All of the sample mail in its folders. */
export function practiceImap(now: Date): ImapStore {
  const mailboxes = new ImapMailboxes()
  for (const [path, specialUse] of folders) {
    mailboxes.create(path, { isSubscribed: true, isSelectable: path !== 'Projects', ...(specialUse && { specialUse }) })
  }
  for (const { folder, raw, flags, date } of practiceMessages(now)) mailboxes.deliver(folder, raw, flags, date.getTime())
  return withValidityOf(now, mailboxes)
}

/**
 * Each start hands out the same UIDs again, for partly other messages. That is only right under another UIDVALIDITY, so it gets the
 * seconds of the start added. The folders stay live: only this one number is put in front of theirs.
 */
function withValidityOf(now: Date, mailboxes: ImapMailboxes): ImapStore {
  const firstSecond = 1_700_000_000
  const offset = Math.floor(now.getTime() / 1000) - firstSecond
  const shifted = (folder: StoredFolder): StoredFolder => Object.create(folder, { uidValidity: { get: () => folder.uidValidity + offset } })
  const find = (path: string) => {
    const folder = mailboxes.find(path)
    return folder && shifted(folder)
  }
  return {
    delimiter: mailboxes.delimiter,
    list: () => mailboxes.list().map(shifted),
    find,
    create: (path, options) => shifted(mailboxes.create(path, options)),
    remove: (path) => mailboxes.remove(path),
    rename: (from, to) => mailboxes.rename(from, to),
    subscribe: (path, isSubscribed) => mailboxes.subscribe(path, isSubscribed),
    deliver: (path, raw, flags, date) => mailboxes.deliver(path, raw, flags, date),
    setFlags: (path, uid, flags) => mailboxes.setFlags(path, uid, flags),
    expunge: (path, uids) => mailboxes.expunge(path, uids),
    renumber: (path) => mailboxes.renumber(path),
    onChange: (listener) => mailboxes.onChange(listener),
  }
}
