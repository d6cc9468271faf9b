import type { AccountId, FolderId, MessageId } from './ids.ts'
import type { Mark } from './pop3.ts'

export interface Address {
  /** Decoded display name, or empty. */
  readonly name: string
  readonly address: string
}

/** The headers that say who, what and when, decoded. Missing lists are empty, missing texts are ''. */
export interface Envelope {
  readonly from: readonly Address[]
  readonly sender: readonly Address[]
  readonly replyTo: readonly Address[]
  readonly to: readonly Address[]
  readonly cc: readonly Address[]
  readonly bcc: readonly Address[]
  readonly subject: string
  /** The Date header as epoch ms; null when missing or unreadable. */
  readonly sentAt: number | null
  /** The Message-ID header with its angle brackets, or ''. */
  readonly messageIdHeader: string
  readonly inReplyTo: string
  readonly references: readonly string[]
}

export interface Flags {
  readonly seen: boolean
  readonly answered: boolean
  readonly forwarded: boolean
  readonly flagged: boolean
  readonly draft: boolean
  /** Marked as deleted on the server, not yet expunged. */
  readonly deleted: boolean
}
export type FlagName = keyof Flags

export type Priority = 'high' | 'normal' | 'low'

/** `header-only`: the body is still on the server. */
export type MessageState = 'header-only' | 'downloaded'

/** One row of the message list. */
export interface MessageSummary {
  readonly id: MessageId
  readonly folder: FolderId
  /** Through which account it came or goes; null when that account is gone. */
  readonly account: AccountId | null
  /** Display name of the first author, else the address. */
  readonly from: string
  /** Display names of the recipients, joined with "; ". */
  readonly to: string
  readonly subject: string
  /** Epoch ms. */
  readonly sentAt: number
  readonly receivedAt: number
  /** Bytes as the server counts them. */
  readonly size: number
  readonly flags: Flags
  readonly hasAttachment: boolean
  readonly priority: Priority
  readonly state: MessageState
  /** What the next connection does with its copy on a POP3 server. */
  readonly mark: Mark | null
}

/** A part offered as a file. */
export interface Attachment {
  /** Where the part stands in the structure: '2', '1.3'. */
  readonly part: string
  /** Safe to show and to use as a file name; never empty. */
  readonly name: string
  readonly type: string
  /** Decoded size in bytes, exact or a close estimate. */
  readonly size: number
  /** Path below the host's content base. */
  readonly url: string
  /** An ending that the system would run: .exe, .js, .lnk ... */
  readonly isDangerous: boolean
}

/** A message as opened: its headers and what is to be shown of its body. */
export interface Message {
  readonly summary: MessageSummary
  readonly envelope: Envelope
  /** Plain text to show; null when only HTML is there. */
  readonly text: string | null
  /** The made-safe HTML lies at this path below the host's content base; null when there is none. */
  readonly html: { readonly url: string; readonly hasRemoteContent: boolean } | null
  readonly attachments: readonly Attachment[]
  /** The raw message as text/plain, below the host's content base. */
  readonly sourceUrl: string
  /** The raw message as message/rfc822 for saving. */
  readonly emlUrl: string
}
