import type { FolderId, MessageId } from '../../../shared/domain/ids.ts'
import type { FlagName } from '../../../shared/domain/message.ts'
import type { Store } from '../store/store.ts'
import type { OperationKind } from './operation.ts'

interface SetFlagsPayload {
  readonly messages: readonly MessageId[]
  readonly add: readonly FlagName[]
  readonly remove: readonly FlagName[]
}

export interface FlagChange {
  readonly ids: readonly MessageId[]
  readonly add: readonly FlagName[]
  readonly remove: readonly FlagName[]
}

/** Applies the change here, and stores what the servers must be told. Runs inside a transaction. */
export function applyFlagChange(store: Store, { ids, add, remove }: FlagChange): void {
  store.messages.setFlags(ids, add, remove)
  for (const [account, messages] of onServers(store, ids)) {
    store.operations.add({ account, kind: setFlags.kind, payload: { messages, add, remove } satisfies SetFlagsPayload })
  }
}

export const setFlags: OperationKind<SetFlagsPayload> = {
  kind: 'set-flags',

  async replayRemotely({ messages, add, remove }, { store }, session) {
    for (const [folder, uids] of uidsByFolder(store, messages)) {
      await session.select(store.folders.get(folder).path)
      await session.setFlags(uids, add, remove)
    }
  },

  backOut({ messages, add, remove }, { store }) {
    const left = messages.filter((id) => store.messages.find(id))
    if (left.length > 0) store.messages.setFlags(left, remove, add)
  },
}

/** The messages that live on an IMAP server, by account. Local mail has no UID. */
function onServers(store: Store, ids: readonly MessageId[]) {
  const found = new Map<NonNullable<ReturnType<typeof accountOf>>, MessageId[]>()
  for (const id of ids) {
    const account = accountOf(store, id)
    if (account === undefined) continue
    found.set(account, [...(found.get(account) ?? []), id])
  }
  return found
}

function accountOf(store: Store, id: MessageId) {
  const summary = store.messages.find(id)
  if (!summary) return undefined
  return store.folders.get(summary.folder).account ?? undefined
}

/** Messages that are gone meanwhile, or moved to a local folder, need nothing any more. */
function uidsByFolder(store: Store, ids: readonly MessageId[]): ReadonlyMap<FolderId, number[]> {
  const found = new Map<FolderId, number[]>()
  for (const id of ids) {
    if (!store.messages.find(id)) continue
    const { uid, summary } = store.messages.details(id)
    if (uid === null) continue
    found.set(summary.folder, [...(found.get(summary.folder) ?? []), uid])
  }
  return found
}
