import type { Folder } from '../../../shared/domain/folder.ts'
import type { AccountId, FolderId } from '../../../shared/domain/ids.ts'
import { MailError } from '../../../shared/errors/mail-error.ts'
import type { Store } from '../store/store.ts'
import { createFolder, type CreateFolderPayload } from './create-folder.ts'
import { deleteFolder, type DeleteFolderPayload } from './delete-folder.ts'
import { removeForEver } from './delete-messages.ts'
import { moveInTree, pathFor, withDescendants } from './folder-paths.ts'
import { renameFolder, type RenameFolderPayload } from './rename-folder.ts'
import { subscribe, type SubscribePayload } from './subscribe.ts'

interface NewUserFolder {
  readonly account: AccountId | null
  readonly parent: FolderId | null
  readonly name: string
}

/** The folder is there at once. Runs inside a transaction, as do all of these. */
export function addFolder(store: Store, { account, parent, name }: NewUserFolder): Folder {
  const above = parent === null ? null : store.folders.get(parent)
  if (account !== null && store.accounts.get(account).protocol !== 'imap')
    throw new MailError('bad-input', 'Mail of this account has its folders in Local Folders.')
  refuseParent(above, account)
  refuseName(store, { account, parent, name })
  const path = pathFor(store, { account, parent: above, name })
  const folder = store.folders.add({ account, parent, name, path, role: 'none', selectable: true })
  if (account !== null) {
    const payload = { folder: folder.id, parent, name, path, parentPath: above?.path ?? null } satisfies CreateFolderPayload
    store.operations.add({ account, kind: createFolder.kind, payload })
  }
  return folder
}

export function nameFolder(store: Store, id: FolderId, name: string): void {
  const folder = userFolder(store, id, 'renamed')
  if (name !== folder.name) place(store, folder, { parent: folder.parent, name })
}

/** Under another parent of the same account, or (null) at the top. */
export function placeFolder(store: Store, id: FolderId, parent: FolderId | null): void {
  const folder = userFolder(store, id, 'moved')
  if (parent === folder.parent) return
  if (parent !== null && withDescendants(store, id).some((each) => each.id === parent)) {
    throw new MailError('bad-input', "A folder can't be put into itself.")
  }
  place(store, folder, { parent, name: folder.name })
}

/** A local folder goes to Deleted Items first, and from there for ever; a folder on a server goes with all below it. */
export function removeFolder(store: Store, id: FolderId): void {
  const folder = userFolder(store, id, 'deleted')
  if (folder.account === null && !isDeleted(store, folder)) return discard(store, folder)
  const childrenFirst = [...withDescendants(store, id)].reverse()
  if (folder.account !== null) {
    const folders = childrenFirst.map((each) => ({ folder: each.id, path: each.path }))
    store.operations.add({
      account: folder.account,
      kind: deleteFolder.kind,
      payload: { name: folder.name, folders } satisfies DeleteFolderPayload,
    })
  }
  for (const each of childrenFirst) {
    if (folder.account === null) removeForEver(store, store.messages.idsInFolder(each.id))
    store.folders.remove(each.id)
  }
}

/** What Deleted Items of Local Folders holds goes for ever, folders included. */
export function emptyDeletedItems(store: Store, id: FolderId): void {
  removeForEver(store, store.messages.idsInFolder(id))
  for (const child of store.folders.list().filter(({ parent }) => parent === id)) removeFolder(store, child.id)
}

export function showFolders(store: Store, show: readonly FolderId[], hide: readonly FolderId[]): void {
  const changed = (ids: readonly FolderId[], isShown: boolean) => {
    const folders = ids.map((id) => store.folders.get(id)).filter((folder) => folder.account !== null && folder.isShown !== isShown)
    for (const { id } of folders) store.folders.update(id, { isShown })
    return folders
  }
  const [shown, hidden] = [changed(show, true), changed(hide, false)]
  for (const account of new Set([...shown, ...hidden].flatMap((folder) => folder.account ?? []))) {
    const of = (folders: readonly Folder[]) =>
      folders.filter((folder) => folder.account === account).map(({ id, path, name }) => ({ folder: id, path, name }))
    store.operations.add({ account, kind: subscribe.kind, payload: { show: of(shown), hide: of(hidden) } satisfies SubscribePayload })
  }
}

function place(store: Store, folder: Folder, { parent, name }: { readonly parent: FolderId | null; readonly name: string }): void {
  const { id, account, path } = folder
  const above = parent === null ? null : store.folders.get(parent)
  refuseParent(above, account)
  refuseName(store, { account, parent, name }, id)
  const newPath = pathFor(store, { account, parent: above, name })
  const shown = withDescendants(store, id).filter(({ isShown }) => isShown)
  const moved = shown.map((each) => ({ path: each.path, newPath: newPath + each.path.slice(path.length) }))
  store.folders.update(id, { parent, name })
  moveInTree(store, id, { from: path, to: newPath })
  if (account === null) return
  const names = { name: folder.name, newName: name, parent: folder.parent, newParent: parent }
  const payload = { folder: id, path, newPath, ...names, shown: moved } satisfies RenameFolderPayload
  store.operations.add({ account, kind: renameFolder.kind, payload })
}

/** Into the local Deleted Items, under a name that is free there. */
function discard(store: Store, folder: Folder): void {
  const deletedItems = store.folders.byRole(null, 'deleted')
  if (!deletedItems) throw new MailError('store-damaged', 'The Deleted Items folder is missing.')
  let { name } = folder
  for (let number = 1; sibling(store, { account: null, parent: deletedItems.id, name }); number++) name = `${folder.name} (${number})`
  place(store, folder, { parent: deletedItems.id, name })
}

function isDeleted(store: Store, folder: Folder): boolean {
  for (let at = folder.parent; at !== null; ) {
    const above = store.folders.get(at)
    if (above.role === 'deleted') return true
    at = above.parent
  }
  return false
}

/** The Inbox and the special folders have their place and their name. */
function userFolder(store: Store, id: FolderId, what: string): Folder {
  const folder = store.folders.get(id)
  if (folder.role !== 'none') throw new MailError('bad-input', `'${folder.name}' is a special folder and can't be ${what}.`)
  return folder
}

function refuseParent(parent: Folder | null, account: AccountId | null): void {
  if (parent === null) return
  if (parent.account !== account) throw new MailError('bad-input', 'A folder can only be put into another one of the same account.')
  if (parent.role === 'outbox') throw new MailError('bad-input', 'The Outbox takes no folders.')
}

function refuseName(store: Store, wanted: NewUserFolder, self?: FolderId): void {
  const { account, parent, name } = wanted
  const twin = sibling(store, wanted)
  if (twin && twin.id !== self) throw new MailError('bad-input', `There is already a folder '${twin.name}' here.`)
  if (account !== null && parent === null && name.toUpperCase() === 'INBOX') throw new MailError('bad-input', 'There is only one Inbox.')
}

/** On a server "Work" and "work" are two folders. */
function sibling(store: Store, { account, parent, name }: NewUserFolder): Folder | undefined {
  const same = (each: string) => (account === null ? each.toLowerCase() === name.toLowerCase() : each === name)
  return store.folders.list().find((folder) => folder.account === account && folder.parent === parent && same(folder.name))
}
