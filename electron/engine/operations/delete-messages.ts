import type { MessageId } from '../../../shared/domain/ids.ts'
import { MailError } from '../../../shared/errors/mail-error.ts'
import type { Store } from '../store/store.ts'
import { applyFlagChange } from './set-flags.ts'

/**
 * Local mail goes to Deleted Items, and from there for ever; mail on an IMAP server is marked as deleted, and mail of which only the
 * header is here is marked to be deleted on its POP3 server.
 * Runs inside a transaction.
 */
export function deleteMessages(store: Store, ids: readonly MessageId[], permanently: boolean): void {
  const deletedItems = store.folders.byRole(null, 'deleted')
  if (!deletedItems) throw new MailError('store-damaged', 'The Deleted Items folder is missing.')
  const onServer: MessageId[] = []
  const toRemove: MessageId[] = []
  const toMove: MessageId[] = []
  const toMark: MessageId[] = []
  for (const summary of store.messages.getMany(ids)) {
    if (store.outbox.find(summary.id)?.state === 'sending') {
      throw new MailError('server-busy', 'This message is being sent just now.', { action: 'delete a message from the Outbox' })
    }
    if (store.folders.get(summary.folder).account !== null) onServer.push(summary.id)
    else if (summary.state === 'header-only' && store.uidls.isOnServer(summary.id)) toMark.push(summary.id)
    else if (permanently || summary.folder === deletedItems.id) toRemove.push(summary.id)
    else toMove.push(summary.id)
  }
  for (const id of [...toRemove, ...toMove]) {
    store.outbox.remove(id)
    store.drafts.remove(id)
  }
  if (toMark.length > 0) store.uidls.setMark(toMark, 'delete')
  removeForEver(store, toRemove)
  if (toMove.length > 0) store.messages.move(toMove, deletedItems.id)
  if (onServer.length > 0) applyFlagChange(store, { ids: onServer, add: ['deleted'], remove: [] })
}

/** P9: accounts that want it so delete on the server, with the next connection, what is deleted from Deleted Items. */
export function removeForEver(store: Store, ids: readonly MessageId[]): void {
  if (ids.length === 0) return
  const accounts = store.accounts.list().filter(({ protocol, pop3 }) => protocol === 'pop3' && pop3.leaveOnServer && pop3.removeWhenDeleted)
  store.uidls.queueDeletion(
    ids,
    accounts.map(({ id }) => id),
  )
  store.messages.remove(ids)
}
