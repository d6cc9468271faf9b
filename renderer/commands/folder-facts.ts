import type { Folder } from '../../shared/domain/folder.ts'
import type { FolderId } from '../../shared/domain/ids.ts'

/** false for a folder that only has children, and for the calendars and contacts of groupware servers. */
export function holdsMail(folder: Pick<Folder, 'selectable' | 'content'>): boolean {
  return folder.selectable && folder.content === 'mail'
}

/** Made by a person: it can be renamed, moved and deleted. */
export function isOwn({ role }: Pick<Folder, 'role'>): boolean {
  return role === 'none' || role === 'junk' || role === 'archive'
}

/** Whether messages can be put there. What is in the Outbox is sent, so nothing gets in from the side. */
export function takesMessages(folder: Folder): boolean {
  return holdsMail(folder) && folder.role !== 'outbox'
}

/** Whether a local folder stands in Deleted Items, so that deleting it once more is for ever. */
export function isInDeletedItems(folder: Folder, folders: ReadonlyMap<FolderId, Folder>): boolean {
  const parent = folder.parent === null ? undefined : folders.get(folder.parent)
  return parent !== undefined && (parent.role === 'deleted' || isInDeletedItems(parent, folders))
}
