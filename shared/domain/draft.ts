import type { AccountId, MessageId } from './ids.ts'
import type { Priority } from './message.ts'

export type ComposeKind = 'new' | 'reply' | 'reply-all' | 'forward'

/** A file that goes with a draft: freshly uploaded, or a part of a message that we hold. */
export interface DraftAttachment {
  readonly name: string
  readonly type: string
  readonly size: number
  readonly source:
    | { readonly kind: 'upload'; readonly upload: string }
    | { readonly kind: 'part'; readonly message: MessageId; readonly part: string }
}

/** What the compose window edits. Recipient fields are as typed: `Anna <a@example.org>; b@example.org`. */
export interface Draft {
  readonly account: AccountId
  readonly to: string
  readonly cc: string
  readonly bcc: string
  readonly subject: string
  readonly text: string
  readonly priority: Priority
  readonly attachments: readonly DraftAttachment[]
  /** The message that this one answers or passes on; its flag is set once this one is sent. */
  readonly related: { readonly message: MessageId; readonly kind: 'reply' | 'forward' } | null
  readonly inReplyTo: string
  readonly references: readonly string[]
}

export function emptyDraft(account: AccountId): Draft {
  return {
    account,
    to: '',
    cc: '',
    bcc: '',
    subject: '',
    text: '',
    priority: 'normal',
    attachments: [],
    related: null,
    inReplyTo: '',
    references: [],
  }
}

/** `unsure`: the connection broke after the last byte; sent again only when the user says so (D3). */
export type OutboxState = 'waiting' | 'sending' | 'refused' | 'unsure'
