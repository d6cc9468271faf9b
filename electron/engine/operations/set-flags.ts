import type { MessageId } from '../../../shared/domain/ids.ts'
import type { FlagName } from '../../../shared/domain/message.ts'
import type { Store } from '../store/store.ts'
import { MailError } from '../../../shared/errors/mail-error.ts'
import { messagesText, nothing, type OperationKind } from './operation.ts'
import { findOnServer, type FoundOnServer, type MessageRef, messagesByFolder, type Place } from './server-place.ts'

export interface SetFlagsPayload {
  /** Missing in operations of the first version, which knew the rows only. */
  readonly from?: Place
  readonly messages: readonly (Pick<MessageRef, 'message' | 'uid'> | MessageId)[]
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
  for (const { folder, from, messages } of messagesByFolder(store, ids)) {
    // Local mail has no server.
    if (folder.account === null) continue
    const refs = messages.map(({ message, uid }) => ({ message, uid }))
    store.operations.add({
      account: folder.account,
      kind: setFlags.kind,
      payload: { from, messages: refs, add, remove } satisfies SetFlagsPayload,
    })
  }
}

export const setFlags: OperationKind<SetFlagsPayload> = {
  kind: 'set-flags',

  async replayRemotely({ payload }, { store }, session) {
    for (const at of placesOf(store, payload)) {
      const found = await findAt(session, store, at)
      if (found && isStillToBeRead(store, at, found)) return 'waits'
      const uids = [...(found?.uids.values() ?? [])]
      if (uids.length > 0) await session.setFlags(uids, payload.add, payload.remove)
    }
    return 'done'
  },

  backOut({ payload }, store) {
    const left = messagesIn(payload).filter((id) => store.messages.find(id))
    if (left.length > 0) store.messages.setFlags(left, payload.remove, payload.add)
  },

  describe: (payload) => describeFlags(payload),
  folderOf: ({ from }) => from?.folder ?? null,
  makes: () => nothing,
  needs: (payload) => ({ messages: messagesIn(payload), folders: payload.from ? [payload.from.folder] : [] }),
  canUndo: () => true,

  merge(payload, next) {
    const [from, other] = [payload.from, next.from]
    if (!from || !other || from.path !== other.path || from.uidValidity !== other.uidValidity) return undefined
    if (String(payload.add) !== String(next.add) || String(payload.remove) !== String(next.remove)) return undefined
    return { ...payload, messages: [...payload.messages, ...next.messages] }
  },
}

/** The messages whose flags the server is to change. */
export function messagesIn({ messages }: SetFlagsPayload): readonly MessageId[] {
  return messages.map((each) => (typeof each === 'number' ? each : each.message))
}

interface FlagsAt {
  readonly from: Place
  readonly messages: readonly MessageRef[]
}

function placesOf(store: Store, payload: SetFlagsPayload): readonly FlagsAt[] {
  const { from } = payload
  if (!from) return messagesByFolder(store, messagesIn(payload)).filter(({ folder }) => folder.account !== null)
  const plain = { size: 0, receivedAt: 0 }
  const refs = payload.messages.flatMap((each) =>
    typeof each === 'number' ? [] : { ...each, ...plain, header: headerOf(store, each.message) },
  )
  const there = refs.filter((ref) => !isBackElsewhere(store, from, ref))
  const back = messagesByFolder(
    store,
    refs.filter((ref) => !there.includes(ref)).map(({ message }) => message),
  )
  return [{ from, messages: there }, ...back]
}

/** The move that was to bring it here was undone. */
function isBackElsewhere(store: Store, from: Place, { message, uid }: MessageRef): boolean {
  const row = store.messages.find(message)
  return uid === null && row !== undefined && row.folder !== from.folder && store.messages.details(message).uid !== null
}

/** A folder that was renumbered since is searched for it. '' for messages that are gone here. */
function headerOf(store: Store, message: MessageId): string {
  return store.messages.find(message) ? store.messages.details(message).messageIdHeader : ''
}

/** What another program has deleted, folder and all, needs no flags any more. */
async function findAt(session: Parameters<typeof findOnServer>[0], store: Store, at: FlagsAt): Promise<FoundOnServer | undefined> {
  try {
    return await findOnServer(session, store, at)
  } catch (error) {
    if (error instanceof MailError && error.code === 'folder-missing') return undefined
    throw error
  }
}

/** The folder was renumbered, and what could not be found in it gets its new UID when it is read again (I3). */
function isStillToBeRead(store: Store, { from, messages }: FlagsAt, { uids, uidValidity }: FoundOnServer): boolean {
  if (!store.folders.findById(from.folder) || store.folders.syncState(from.folder).uidValidity === uidValidity) return false
  return messages.some(({ message }) => !uids.has(message) && store.messages.find(message)?.folder === from.folder)
}

const words: Readonly<Record<FlagName, readonly [string, string]>> = {
  seen: ['as read', 'as unread'],
  answered: ['as answered', 'as not answered'],
  forwarded: ['as forwarded', 'as not forwarded'],
  flagged: ['with a flag', 'without a flag'],
  draft: ['as a draft', 'as no draft'],
  deleted: ['as deleted', 'as not deleted'],
}

function describeFlags({ messages, add, remove }: SetFlagsPayload): string {
  const changes = [...add.map((name) => words[name][0]), ...remove.map((name) => words[name][1])]
  return `Mark ${messagesText(messages.length)} ${changes.join(' and ')}`
}
