import type { AccountId, FolderId, MessageId } from '../../../shared/domain/ids.ts'
import type { Address, MessageSummary, Priority } from '../../../shared/domain/message.ts'
import type { Mark } from '../../../shared/domain/pop3.ts'
import type { MessageFacts } from '../message-facts.ts'
import { toFlags } from './flag-bits.ts'
import type { BodyRef } from './message-bodies.ts'
import { sortKey, subjectKey } from './sort-keys.ts'
import { type Query, sql } from './sql.ts'

/** What is known of a message beside its list row. */
export interface MessageDetails {
  readonly summary: MessageSummary
  /** With angle brackets, or ''. */
  readonly messageIdHeader: string
  readonly inReplyTo: string
  readonly references: readonly string[]
  readonly uid: number | null
  readonly uidl: string | null
  /** EMAILID of an IMAP server (RFC 8474): the same in every folder and after a change of UIDVALIDITY. null: not told. */
  readonly emailId: string | null
  /** null: only the header is here. */
  readonly body: BodyRef | null
}

export interface SummaryRow {
  readonly id: MessageId
  readonly folder_id: FolderId
  readonly account_id: AccountId | null
  readonly received_at: number
  readonly sent_at: number
  readonly size: number
  readonly flags: number
  readonly priority: number
  readonly has_attachment: number
  readonly has_body: number
  readonly author: string
  readonly recipients: string
  readonly subject: string
  readonly mark: string | null
}

export interface DetailsRow extends SummaryRow {
  readonly uid: number | null
  readonly uidl: string | null
  readonly email_id: string | null
  readonly body_hash: Uint8Array | null
  readonly body_size: number | null
  readonly message_id: string
  readonly in_reply_to: string
  readonly thread_path: string
}

export const summaryColumns = sql`id, folder_id, account_id, received_at, sent_at, size, flags, priority, has_attachment,
  body_hash IS NOT NULL AS has_body, author, recipients, subject,
  CASE WHEN uidl IS NOT NULL THEN (SELECT known.mark FROM uidl AS known WHERE known.message_id = message.id)
       WHEN wanted = 1 AND body_hash IS NULL THEN 'retrieve-copy' END AS mark`

export const detailsColumns = sql`uid, uidl, email_id, body_hash, body_size, message_id, in_reply_to, thread_path`

/** Low, normal, high: rising, so that "descending" puts what is urgent first. */
const priorities: readonly Priority[] = ['low', 'normal', 'high']

/**
 * What the parser found, as values of these columns in this order: sent_at, priority, has_attachment, author, recipients,
 * subject, author_key, recipients_key, subject_key, message_id, in_reply_to, thread_path.
 */
export function factValues({ envelope, priority, hasAttachment }: MessageFacts, receivedAt: number): Query {
  const author = displayName(envelope.from[0] ?? envelope.sender[0])
  const recipients = [...envelope.to, ...envelope.cc].map(displayName).join('; ')
  return sql`${whole(envelope.sentAt ?? receivedAt)}, ${priorities.indexOf(priority)}, ${hasAttachment},
    ${author}, ${recipients}, ${envelope.subject}, ${sortKey(author)}, ${sortKey(recipients)}, ${subjectKey(envelope.subject)},
    ${envelope.messageIdHeader}, ${envelope.inReplyTo}, ${envelope.references.join(' ')}`
}

export function toSummary(row: SummaryRow): MessageSummary {
  return {
    id: row.id,
    folder: row.folder_id,
    account: row.account_id,
    from: row.author,
    to: row.recipients,
    subject: row.subject,
    sentAt: row.sent_at,
    receivedAt: row.received_at,
    size: row.size,
    flags: toFlags(row.flags),
    hasAttachment: row.has_attachment === 1,
    priority: priorities[row.priority] ?? 'normal',
    state: row.has_body === 1 ? 'downloaded' : 'header-only',
    mark: row.has_body === 1 && row.mark === 'retrieve-copy' ? null : (row.mark as Mark | null),
  }
}

export function toDetails(row: DetailsRow): MessageDetails {
  return {
    summary: toSummary(row),
    messageIdHeader: row.message_id,
    inReplyTo: row.in_reply_to,
    references: row.thread_path === '' ? [] : row.thread_path.split(' '),
    uid: row.uid,
    uidl: row.uidl,
    emailId: row.email_id,
    body: row.body_hash && { hash: Buffer.from(row.body_hash).toString('hex'), size: row.body_size ?? 0 },
  }
}

/** STRICT columns take whole numbers only; headers written by strangers are not always that kind. */
export function whole(value: number): number {
  return Number.isFinite(value) ? Math.trunc(value) : 0
}

function displayName(address: Address | undefined): string {
  return address ? address.name || address.address : ''
}
