import type { Draft } from '../../../shared/domain/draft.ts'
import type { MessageId } from '../../../shared/domain/ids.ts'
import { MailError } from '../../../shared/errors/mail-error.ts'
import { placeComposed, type DraftContext } from './save-draft.ts'

/** Puts a finished message into the Outbox. It is safe on the disk when this returns. */
export async function queueForSending(context: DraftContext, id: MessageId | null, draft: Draft): Promise<MessageId> {
  const { store, composer } = context
  const composed = await composer.compose(draft, { isDraft: false })
  if (composed.recipients.length === 0) throw new MailError('bad-input', 'The message has no recipient.')
  return store.transaction(() => {
    if (id !== null && store.outbox.find(id)?.state === 'sending') {
      throw new MailError('server-busy', 'This message is being sent just now.')
    }
    const message = placeComposed(context, { id, draft, composed, role: 'outbox' })
    store.outbox.remove(message)
    store.outbox.add({
      message,
      account: draft.account,
      sender: composed.sender,
      recipients: composed.recipients,
      related: draft.related,
    })
    return message
  }, 'full')
}
