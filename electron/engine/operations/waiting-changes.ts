import type { AccountId, FolderId, MessageId } from '../../../shared/domain/ids.ts'
import type { OperationRow } from '../store/operations-table.ts'
import type { Store } from '../store/store.ts'
import type { WaitingFolders } from '../sync/imap-folders.ts'
import { deleteFolder, type DeleteFolderPayload } from './delete-folder.ts'
import { delimiterOf, usualDelimiter, withDescendants } from './folder-paths.ts'
import { makes, needs } from './kinds.ts'
import { type MovePayload, moveMessages } from './move-messages.ts'
import { type PurgePayload, purgeMessages } from './purge-messages.ts'
import { renameFolder, type RenameFolderPayload } from './rename-folder.ts'

interface Known {
  readonly revision: number
  readonly messages: ReadonlySet<MessageId>
}

/** Asked for again with every row of a folder that is being synchronised. */
const known = new WeakMap<Store, Map<AccountId, Known>>()

/** Messages that the server does not know yet as they are here: its flags don't count for them (I6), and they don't go (I8). */
export function pendingMessages(store: Store, account: AccountId): ReadonlySet<MessageId> {
  const ofStore = known.get(store) ?? new Map<AccountId, Known>()
  known.set(store, ofStore)
  const { revision } = store.operations
  const earlier = ofStore.get(account)
  if (earlier?.revision === revision) return earlier.messages
  const messages = new Set(store.operations.list(account).flatMap((row) => [...makes(row).messages, ...needs(row).messages]))
  ofStore.set(account, { revision, messages })
  return messages
}

/** UIDs that have left a folder here, though the server has them in it still. */
export function leavingUids(store: Store, account: AccountId): ReadonlyMap<FolderId, ReadonlySet<number>> {
  const leaving = new Map<FolderId, Set<number>>()
  for (const row of store.operations.list(account)) {
    if (row.kind !== moveMessages.kind && row.kind !== purgeMessages.kind) continue
    const { from, messages } = row.payload as MovePayload | PurgePayload
    if (!store.folders.findById(from.folder) || store.folders.syncState(from.folder).uidValidity !== from.uidValidity) continue
    const uids = leaving.get(from.folder) ?? new Set()
    leaving.set(from.folder, uids)
    for (const { uid } of messages) if (uid !== null) uids.add(uid)
  }
  return leaving
}

export function waitingFolders(store: Store, account: AccountId): WaitingFolders {
  const rows = store.operations.list(account)
  const delimiter = delimiterOf(store, account) ?? usualDelimiter
  const left = rows.flatMap(leftPaths)
  const own = new Set(store.folders.list().flatMap((folder) => (folder.account === account ? folder.path : [])))
  return {
    ids: new Set(rows.flatMap((row) => waitingIn(store, row))),
    isLeaving: (path) => !own.has(path) && left.some((above) => path === above || path.startsWith(above + delimiter)),
  }
}

function waitingIn(store: Store, row: OperationRow): readonly FolderId[] {
  const own = [...makes(row).folders, ...needs(row).folders].filter((id) => store.folders.findById(id))
  // What lies below a renamed folder has another path here, too.
  return row.kind === renameFolder.kind ? own.flatMap((id) => withDescendants(store, id).map((folder) => folder.id)) : own
}

function leftPaths({ kind, payload }: OperationRow): readonly string[] {
  if (kind === deleteFolder.kind) return (payload as DeleteFolderPayload).folders.map(({ path }) => path)
  return kind === renameFolder.kind ? [(payload as RenameFolderPayload).path] : []
}
