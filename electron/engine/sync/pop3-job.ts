import type { MessageId } from '../../../shared/domain/ids.ts'

/** What one connection to a maildrop is to do. */
export interface Pop3Job {
  /** `as-set`: as the account's options say; `headers`: only headers; `leave`: new mail stays where it is. */
  readonly newMail: 'as-set' | 'headers' | 'leave'
  /** Which marks are carried out; a list names messages. */
  readonly marks: 'all' | 'none' | readonly MessageId[]
  /** Whether what is due by the account's options leaves the server. */
  readonly deletions: boolean
}

/** Send and Receive. */
export const ordinaryJob: Pop3Job = { newMail: 'as-set', marks: 'all', deletions: true }
