import type { Envelope, Priority } from '../../shared/domain/message.ts'

/** What the parser finds in a message and the store keeps: the list row, the search index. */
export interface MessageFacts {
  readonly envelope: Envelope
  readonly priority: Priority
  readonly hasAttachment: boolean
  /** Text to find the message by, without quoted-printable, tags or attachments; '' when only the header is here. */
  readonly searchText: string
}
