import type { Folder } from '../../../shared/domain/folder.ts'
import type { FolderId, MessageId } from '../../../shared/domain/ids.ts'
import type { ImapSession } from '../protocol/imap/imap-session.ts'
import type { Store } from '../store/store.ts'

/** A folder as it was when the user did something in it. */
export interface Place {
  readonly folder: FolderId
  /** On the server, when the operation's turn comes. */
  readonly path: string
  readonly name: string
  readonly uidValidity: string | null
}

/** A message as the server knows it. Its row may be gone or stand elsewhere when the operation's turn comes, so the facts are kept here. */
export interface MessageRef {
  readonly message: MessageId
  /** null: an operation before this one will tell. */
  readonly uid: number | null
  /** Message-ID with angle brackets, or ''. */
  readonly header: string
  readonly size: number
  readonly receivedAt: number
}

export interface MessagesAt {
  readonly folder: Folder
  readonly from: Place
  readonly messages: readonly MessageRef[]
}

export function placeOf(store: Store, folder: Folder): Place {
  const uidValidity = folder.account === null ? null : store.folders.syncState(folder.id).uidValidity
  return { folder: folder.id, path: folder.path, name: folder.name, uidValidity }
}

/** The given messages by folder; missing ones are left out. */
export function messagesByFolder(store: Store, ids: readonly MessageId[]): readonly MessagesAt[] {
  const found = new Map<FolderId, MessageRef[]>()
  for (const id of ids) {
    if (!store.messages.find(id)) continue
    const { summary, uid, messageIdHeader } = store.messages.details(id)
    const refs = found.get(summary.folder) ?? []
    if (refs.length === 0) found.set(summary.folder, refs)
    refs.push({ message: id, uid, header: messageIdHeader, size: summary.size, receivedAt: summary.receivedAt })
  }
  return [...found].map(([id, messages]) => {
    const folder = store.folders.get(id)
    return { folder, from: placeOf(store, folder), messages }
  })
}

interface Wanted {
  readonly from: Place
  readonly messages: readonly MessageRef[]
  /** What is found will be deleted for ever, so nothing is taken for it that has a row of its own. */
  readonly isForEver?: boolean
}

export interface FoundOnServer {
  readonly uids: ReadonlyMap<MessageId, number>
  /** Of the folder that was opened. */
  readonly uidValidity: string
}

/**
 * Opens the folder and says which UIDs the messages have in it now. After a change of UIDVALIDITY, and where no UID was known,
 * their rows or the server's own search tell; what can't be found without doubt is left out.
 */
export async function findOnServer(
  session: ImapSession,
  store: Store,
  { from, messages, isForEver = false }: Wanted,
): Promise<FoundOnServer> {
  const { uidValidity } = await session.select(from.path)
  const found = new Map<MessageId, number>()
  for (const ref of messages) {
    const uid = ref.uid !== null && from.uidValidity === uidValidity ? ref.uid : rowUid(store, from.folder, { ref, uidValidity })
    if (uid !== undefined) found.set(ref.message, uid)
    else if (ref.header !== '') {
      const listed = await session.changes.findByMessageId(ref.header)
      // A synchronisation may have given the message a new row when the folder was renumbered.
      const mayHaveRow = !isForEver && from.uidValidity !== uidValidity
      const candidates = listed.filter((each) => mayHaveRow || isFree(store, from.folder, { uid: each, ref }))
      if (candidates.length === 1 && candidates[0] !== undefined) found.set(ref.message, candidates[0])
    }
  }
  return { uids: found, uidValidity }
}

function rowUid(store: Store, folder: FolderId, { ref, uidValidity }: { ref: MessageRef; uidValidity: string }): number | undefined {
  if (store.messages.find(ref.message)?.folder !== folder) return undefined
  if (store.folders.syncState(folder).uidValidity !== uidValidity) return undefined
  return store.messages.details(ref.message).uid ?? undefined
}

/** A copy of the same message that has a row of its own is another message. */
function isFree(store: Store, folder: FolderId, { uid, ref }: { uid: number; ref: MessageRef }): boolean {
  const holder = store.messages.findByUid(folder, uid)
  return holder === undefined || holder === ref.message
}
