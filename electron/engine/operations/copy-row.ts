import type { FolderId, MessageId } from '../../../shared/domain/ids.ts'
import type { MessageFacts } from '../message-facts.ts'
import { messageFacts } from '../mime/facts.ts'
import { parseMessage } from '../mime/parse-message.ts'
import type { MessageDetails } from '../store/message-rows.ts'
import type { Store } from '../store/store.ts'

/** A second row of a message. Both share the body. */
export function copyRow(store: Store, message: MessageId, folder: FolderId): MessageId {
  const details = store.messages.details(message)
  const facts = details.body ? messageFacts(parseMessage(store.bodies.read(details.body))) : headerOnlyFacts(details)
  return store.messages.duplicate(message, folder, facts)
}

/** Enough to find it by: the rest comes with its text. */
function headerOnlyFacts({ summary, messageIdHeader, inReplyTo, references }: MessageDetails): MessageFacts {
  const { from, to, subject, sentAt, priority, hasAttachment } = summary
  const nobody = { sender: [], replyTo: [], cc: [], bcc: [] }
  const people = { from: [{ name: from, address: '' }], to: to === '' ? [] : [{ name: to, address: '' }] }
  return {
    envelope: { ...nobody, ...people, subject, sentAt, messageIdHeader, inReplyTo, references },
    priority,
    hasAttachment,
    searchText: '',
  }
}
