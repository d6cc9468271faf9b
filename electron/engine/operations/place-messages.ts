import type { Folder } from '../../../shared/domain/folder.ts'
import type { AccountId, FolderId, MessageId, OperationId } from '../../../shared/domain/ids.ts'
import { MailError } from '../../../shared/errors/mail-error.ts'
import type { Store } from '../store/store.ts'
import { type AppendPayload, appendMessages, type Uploading } from './append-messages.ts'
import { type CopyPayload, copyMessages, type Copying } from './copy-messages.ts'
import { copyRow } from './copy-row.ts'
import type { Destination } from './landing.ts'
import { moveMessages, type MovePayload } from './move-messages.ts'
import { type MessagesAt, messagesByFolder } from './server-place.ts'

/** Between any two folders: rows move at once, and servers are told later. Runs inside a transaction. */
export function applyMove(store: Store, ids: readonly MessageId[], target: FolderId): void {
  const to = checkedTarget(store, target)
  const groups = messagesByFolder(store, ids).filter(({ folder }) => folder.id !== target)
  for (const group of groups) refuseUnfit(store, group, to)
  for (const group of groups) {
    const moved = group.messages.map(({ message }) => message)
    if (group.folder.role === 'outbox') for (const message of moved) store.outbox.remove(message)
    store.messages.move(moved, target)
    const upload = uploadFor(store, group, { to, rows: moved, isCopy: false })
    if (group.folder.account !== null) addMove(store, group.folder.account, moveOf(group, to, upload))
  }
}

/** A row of its own for each copy, with the same body. Runs inside a transaction. */
export function applyCopy(store: Store, ids: readonly MessageId[], target: FolderId): void {
  const to = checkedTarget(store, target)
  const groups = messagesByFolder(store, ids)
  for (const group of groups) refuseUnfit(store, group, to)
  for (const group of groups) {
    const copies = group.messages.map((ref): Copying => ({ ...ref, row: copyRow(store, ref.message, target) }))
    const rows = copies.map(({ row }) => row)
    const upload = uploadFor(store, group, { to, rows, isCopy: true })
    const isSameServer = group.folder.account === to.account
    const missing = isSameServer ? copies : copies.filter(({ message }) => !store.messages.details(message).body)
    if (group.folder.account === null || missing.length === 0) continue
    const payload = { from: group.from, to: destination(to), isSameServer, upload, messages: missing } satisfies CopyPayload
    store.operations.add({ account: group.folder.account, kind: copyMessages.kind, payload })
  }
}

function addMove(store: Store, account: AccountId, payload: MovePayload): void {
  store.operations.add({ account, kind: moveMessages.kind, payload })
}

function moveOf({ folder, from, messages }: MessagesAt, to: Folder, upload: OperationId | null): MovePayload {
  return { from, to: destination(to), isSameServer: folder.account === to.account, upload, messages }
}

function destination({ id, path, name }: Folder): Destination {
  return { folder: id, path, name }
}

interface Uploaded {
  readonly to: Folder
  readonly rows: readonly MessageId[]
  readonly isCopy: boolean
}

/** null: the target's server need not be given the messages. */
function uploadFor(store: Store, { folder, from, messages }: MessagesAt, { to, rows, isCopy }: Uploaded): OperationId | null {
  if (to.account === null || to.account === folder.account) return null
  const uploading = messages.map(({ uid, header, size, receivedAt }, index): Uploading => {
    const home = isCopy ? null : { folder: folder.id, uidValidity: from.uidValidity, uid }
    return { message: rows[index] as MessageId, header, size, receivedAt, home }
  })
  const payload = { to: destination(to), messages: uploading } satisfies AppendPayload
  return store.operations.add({ account: to.account, kind: appendMessages.kind, payload })
}

function checkedTarget(store: Store, target: FolderId): Folder {
  const folder = store.folders.get(target)
  if (!folder.selectable) throw new MailError('bad-input', `'${folder.name}' only holds other folders; messages can't be put into it.`)
  if (folder.role === 'outbox') throw new MailError('bad-input', 'Messages get into the Outbox by sending them.')
  return folder
}

function refuseUnfit(store: Store, { folder, messages }: MessagesAt, to: Folder): void {
  if (folder.role === 'outbox' && messages.some(({ message }) => store.outbox.find(message)?.state === 'sending')) {
    throw new MailError('server-busy', 'This message is being sent just now.', { action: 'take a message out of the Outbox' })
  }
  if (folder.account !== null || to.account === null) return
  if (messages.some(({ message }) => !store.messages.details(message).body)) {
    throw new MailError('body-not-here', 'Only the header of this message is here.', { action: `store a message in '${to.name}'` })
  }
}
