import type { AccountId, FolderId, MessageId, OperationId } from '../../../shared/domain/ids.ts'
import type { FlagName } from '../../../shared/domain/message.ts'
import type { ImapSession } from '../protocol/imap/imap-session.ts'
import type { Store } from '../store/store.ts'
import type { MessageRef, Place } from './server-place.ts'

/** Where on the same server messages are to go. */
export interface Destination {
  readonly folder: FolderId
  readonly path: string
  readonly name: string
}

/** "'Inbox'", or "'Inbox' of Home" when that is another account's. */
export function placeText(store: Store, { folder, name }: Destination, isSameServer: boolean): string {
  if (isSameServer) return `'${name}'`
  const account = store.folders.findById(folder)?.account ?? null
  return `'${name}' ${account === null ? 'in Local Folders' : `of ${store.accounts.get(account).name}`}`
}

/** Stored before the first command that brings something to a folder: from this UID on lies what a try that broke off has brought. */
export interface Tried {
  readonly uidValidity: string
  readonly uidNext: number
  /** UIDs that belong to messages which are settled already. */
  readonly taken: readonly number[]
}

type Facts = Pick<MessageRef, 'header' | 'size' | 'receivedAt'>

export async function beginTry(session: ImapSession, path: string): Promise<Tried> {
  const { uidValidity, uidNext } = await session.status(path)
  return { uidValidity, uidNext, taken: [] }
}

/** Opens the target and says which of the messages have arrived there since the try began, by Message-ID, else by size and date. */
export async function findLanded<Ref extends Facts>(
  session: ImapSession,
  path: string,
  { tried, messages }: { readonly tried: Tried; readonly messages: readonly Ref[] },
): Promise<ReadonlyMap<Ref, number>> {
  const { uidValidity } = await session.select(path)
  const from = uidValidity === tried.uidValidity ? tried.uidNext : 1
  const arrived = (await session.changes.arrivedSince(from)).filter(({ uid }) => !tried.taken.includes(uid)).sort((a, b) => a.uid - b.uid)
  const landed = new Map<Ref, number>()
  for (const ref of messages) {
    const at = arrived.findIndex((each) => isSame(each, ref))
    const [found] = at < 0 ? [] : arrived.splice(at, 1)
    if (found) landed.set(ref, found.uid)
  }
  return landed
}

function isSame(a: Facts, b: Facts): boolean {
  if (a.header !== '' || b.header !== '') return a.header === b.header
  // INTERNALDATE has whole seconds.
  return a.size === b.size && Math.abs(a.receivedAt - b.receivedAt) < 1000
}

export interface Landed {
  readonly account: AccountId
  readonly folder: FolderId
  readonly uidValidity: string
  readonly message: MessageId
  readonly uid: number
}

/** A row learns its UID; when it has been moved on meanwhile, the operations that wait for it do. Runs inside a transaction. */
export function recordLanded(store: Store, landed: Landed): void {
  const row = store.messages.find(landed.message)
  if (row?.folder !== landed.folder) return tellWaiting(store, landed)
  const known = store.folders.syncState(landed.folder).uidValidity
  if (known !== null && known !== landed.uidValidity) return
  const twin = store.messages.findByUid(landed.folder, landed.uid)
  if (twin === landed.message) return
  if (twin !== undefined) absorb(store, twin, landed)
  store.messages.recordUid(landed.message, landed.uid)
}

/** A synchronisation was quicker and made a row of its own for what we have brought there. Its flags are the server's. */
function absorb(store: Store, twin: MessageId, { account, message }: Landed): void {
  const { flags } = store.messages.get(twin)
  const names = Object.keys(flags) as FlagName[]
  if (!isFlagChanging(store, account, message)) {
    store.messages.setFlags(
      [message],
      names.filter((name) => flags[name]),
      names.filter((name) => !flags[name]),
    )
  }
  store.messages.remove([twin])
  store.messages.recordUid(message, null)
}

/** The user wants other flags, of which the server has yet to hear. */
function isFlagChanging(store: Store, account: AccountId, message: MessageId): boolean {
  return store.operations.list(account).some(({ kind, payload }) => {
    const { messages = [] } = payload as { readonly messages?: readonly { readonly message?: MessageId }[] }
    return kind === 'set-flags' && messages.some((each) => each.message === message)
  })
}

function tellWaiting(store: Store, { account, folder, uidValidity, message, uid }: Landed): void {
  for (const operation of store.operations.list(account)) {
    const payload = operation.payload as { readonly from?: Place; readonly messages?: readonly MessageRef[] }
    if (payload.from?.folder !== folder || !payload.messages) continue
    if (!payload.messages.some((ref) => ref.message === message && ref.uid === null)) continue
    const messages = payload.messages.map((ref) => (ref.message === message && ref.uid === null ? { ...ref, uid } : ref))
    store.operations.setPayload(operation.id, { ...payload, from: { ...payload.from, uidValidity }, messages })
  }
}

/** The message is not on the server any more: another program has deleted it. Its row goes, unless it stands elsewhere by now. */
export function recordVanished(store: Store, folder: FolderId, message: MessageId): void {
  const row = store.messages.find(message)
  if (row?.folder === folder && store.messages.details(message).uid === null) store.messages.remove([message])
}

/** The next synchronisation compares the whole folder: rows were taken away whose messages are still on the server. */
export function compareAnew(store: Store, folder: FolderId): void {
  if (!store.folders.findById(folder)) return
  const { uidValidity } = store.folders.syncState(folder)
  store.folders.setSyncState(folder, { uidValidity, uidNext: null, highestModSeq: null })
}

/** Puts a row back where it came from. */
export interface Home {
  readonly folder: FolderId
  readonly uidValidity: string | null
  readonly uid: number | null
}

export function returnHome(store: Store, message: MessageId, home: Home): void {
  if (!store.messages.find(message)) return
  const folder = store.folders.findById(home.folder)
  if (!folder) return keepBody(store, message)
  store.messages.move([message], home.folder)
  if (folder.account === null || home.uid === null) return
  if (store.folders.syncState(home.folder).uidValidity !== home.uidValidity) return store.messages.remove([message])
  const twin = store.messages.findByUid(home.folder, home.uid)
  if (twin === undefined) store.messages.recordUid(message, home.uid)
  else if (twin !== message) store.messages.remove([message])
}

/** Its folder is gone: what has a text here goes to the Inbox of Local Folders, the rest was the server's to keep. */
function keepBody(store: Store, message: MessageId): void {
  const inbox = store.folders.byRole(null, 'inbox')
  if (inbox && store.messages.details(message).body) store.messages.move([message], inbox.id)
  else store.messages.remove([message])
}

export function isWaiting(store: Store, operation: OperationId | null): boolean {
  return operation !== null && store.operations.find(operation) !== undefined
}
