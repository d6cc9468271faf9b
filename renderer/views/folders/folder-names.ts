import type { Folder } from '../../../shared/domain/folder.ts'
import type { FolderPlace } from '../../commands/target.ts'

/** Whether another folder at that place has the name already. Inbox is one on every server, however it is written. */
export function isNameTaken(folders: readonly Folder[], place: FolderPlace, name: string): boolean {
  const same = (folder: Folder) => folder.name === name || (folder.role === 'inbox' && folder.name.toLowerCase() === name.toLowerCase())
  return folders.some((folder) => folder.account === place.account && folder.parent === place.parent && same(folder))
}
