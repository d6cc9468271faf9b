import type { MessageId } from '../../../shared/domain/ids.ts'
import { MailError } from '../../../shared/errors/mail-error.ts'
import type { Store } from '../store/store.ts'
import { applyFlagChange } from './set-flags.ts'

/**
 * Local mail goes to Deleted Items, and from there for ever; mail on an IMAP server is marked as deleted.
 * Runs inside a transaction.
 */
export function deleteMessages(store: Store, ids: readonly MessageId[], permanently: boolean): void {
  const deletedItems = store.folders.byRole(null, 'deleted')
  if (!deletedItems) throw new MailError('store-damaged', 'The Deleted Items folder is missing.')
  const onServer: MessageId[] = []
  const toRemove: MessageId[] = []
  const toMove: MessageId[] = []
  for (const summary of store.messages.getMany(ids)) {
    if (store.outbox.find(summary.id)?.state === 'sending') {
      throw new MailError('server-busy', 'This message is being sent just now.', { action: 'delete a message from the Outbox' })
    }
    if (store.folders.get(summary.folder).account !== null) onServer.push(summary.id)
    else if (permanently || summary.folder === deletedItems.id) toRemove.push(summary.id)
    else toMove.push(summary.id)
  }
  for (const id of [...toRemove, ...toMove]) {
    store.outbox.remove(id)
    store.drafts.remove(id)
  }
  if (toRemove.length > 0) store.messages.remove(toRemove)
  if (toMove.length > 0) store.messages.move(toMove, deletedItems.id)
  if (onServer.length > 0) applyFlagChange(store, { ids: onServer, add: ['deleted'], remove: [] })
}
