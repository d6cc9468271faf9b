import type { Folder } from '../../../shared/domain/folder.ts'
import type { FolderId, MessageId } from '../../../shared/domain/ids.ts'
import { MailError } from '../../../shared/errors/mail-error.ts'
import type { Store } from '../store/store.ts'
import { applyMove } from './place-messages.ts'
import { purgeMessages, type PurgePayload } from './purge-messages.ts'
import { type MessagesAt, messagesByFolder } from './server-place.ts'
import { applyFlagChange } from './set-flags.ts'

/**
 * Local mail goes to Deleted Items, and from there for ever; mail of which only the header is here is marked to be deleted on its
 * POP3 server. Mail on an IMAP server goes to the server's Deleted Items, or is only marked where the account wants it so.
 * Runs inside a transaction.
 */
export function deleteMessages(store: Store, ids: readonly MessageId[], permanently: boolean): void {
  const deletedItems = store.folders.byRole(null, 'deleted')
  if (!deletedItems) throw new MailError('store-damaged', 'The Deleted Items folder is missing.')
  const toRemove: MessageId[] = []
  const toMove: MessageId[] = []
  const toMark: MessageId[] = []
  for (const summary of store.messages.getMany(ids)) {
    if (store.outbox.find(summary.id)?.state === 'sending') {
      throw new MailError('server-busy', 'This message is being sent just now.', { action: 'delete a message from the Outbox' })
    }
    if (store.folders.get(summary.folder).account !== null) continue
    if (summary.state === 'header-only' && store.uidls.isOnServer(summary.id)) toMark.push(summary.id)
    else if (permanently || isDeletedFolder(store, store.folders.get(summary.folder))) toRemove.push(summary.id)
    else toMove.push(summary.id)
  }
  for (const id of [...toRemove, ...toMove]) {
    store.outbox.remove(id)
    store.drafts.remove(id)
  }
  if (toMark.length > 0) store.uidls.setMark(toMark, 'delete')
  removeForEver(store, toRemove)
  if (toMove.length > 0) store.messages.move(toMove, deletedItems.id)
  deleteOnServers(store, ids, permanently)
}

function deleteOnServers(store: Store, ids: readonly MessageId[], permanently: boolean): void {
  for (const at of messagesByFolder(store, ids)) {
    const { account } = at.folder
    if (account === null) continue
    const own = at.messages.map(({ message }) => message)
    const deletedItems = store.accounts.get(account).imap.moveDeleted ? store.folders.byRole(account, 'deleted') : undefined
    if (permanently || (deletedItems && isDeletedFolder(store, at.folder))) purgeAt(store, at, false)
    else if (deletedItems?.selectable) applyMove(store, own, deletedItems.id)
    else applyFlagChange(store, { ids: own, add: ['deleted'], remove: [] })
  }
}

/** Purge of an IMAP folder: what is marked as deleted in it goes for ever. Runs inside a transaction. */
export function purgeFolder(store: Store, folder: FolderId): void {
  const marked = store.messages.idsInFolder(folder).filter((id) => store.messages.get(id).flags.deleted)
  for (const at of messagesByFolder(store, marked)) purgeAt(store, at, true)
}

/** All that the server's Deleted Items hold. Runs inside a transaction. */
export function emptyOnServer(store: Store, folder: FolderId): void {
  for (const at of messagesByFolder(store, store.messages.idsInFolder(folder))) purgeAt(store, at, false)
}

function purgeAt(store: Store, { folder, from, messages }: MessagesAt, isWhole: boolean): void {
  if (folder.account === null) throw new MailError('bad-input', 'Only folders on an IMAP server are purged.')
  store.operations.add({ account: folder.account, kind: purgeMessages.kind, payload: { from, messages, isWhole } satisfies PurgePayload })
  store.messages.remove(messages.map(({ message }) => message))
}

/** Deleted Items, or a folder below. */
function isDeletedFolder(store: Store, folder: Folder): boolean {
  for (let at: Folder | undefined = folder; at; at = at.parent === null ? undefined : store.folders.findById(at.parent)) {
    if (at.role === 'deleted') return true
  }
  return false
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
