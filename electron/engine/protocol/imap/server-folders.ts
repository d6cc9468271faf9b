import type { FolderRole } from '../../../../shared/domain/folder.ts'
import { roleFromAttributes, rolesByName } from './folder-roles.ts'
import type { ListedFolder } from './imap-client.ts'
import type { ServerFolder } from './imap-types.ts'

/**
 * What LIST answered, as a tree that has no holes: INBOX is there even when the server forgets it, and so is every parent.
 * With a root folder, only INBOX and what lies below the root remain, and the root's children stand at the top.
 */
export function toServerFolders(listed: readonly ListedFolder[], rootFolder: string): readonly ServerFolder[] {
  const byPath = new Map<string, Omit<ServerFolder, 'role'>>()
  const attributes = new Map<string, ReadonlySet<string>>()
  for (const folder of listed) {
    if (folder.path === '' || !belongs(folder, rootFolder)) continue
    byPath.set(folder.path, describe(folder, rootFolder))
    attributes.set(folder.path, folder.flags)
  }
  if (!byPath.has('INBOX')) byPath.set('INBOX', missingInbox(byPath.values().next().value?.delimiter ?? null))
  for (const folder of [...byPath.values()]) addParents(byPath, folder, rootFolder)
  return withRoles([...byPath.values()], attributes)
}

function belongs({ path, delimiter }: ListedFolder, rootFolder: string): boolean {
  if (rootFolder === '' || path === 'INBOX') return true
  return delimiter !== '' && path.startsWith(rootFolder + delimiter)
}

function describe(folder: ListedFolder, rootFolder: string): Omit<ServerFolder, 'role'> {
  const delimiter = folder.delimiter || null
  const { status } = folder
  const has = (attribute: string) => [...folder.flags].some((flag) => flag.toLowerCase() === attribute)
  return {
    path: folder.path,
    ...place(folder.path, delimiter, rootFolder),
    delimiter,
    isSelectable: !has('\\noselect') && !has('\\nonexistent'),
    isSubscribed: folder.subscribed,
    ...(has('\\haschildren') && { hasChildren: true }),
    ...((has('\\hasnochildren') || has('\\noinferiors')) && { hasChildren: false }),
    ...(typeof status?.messages === 'number' && {
      status: {
        messages: status.messages,
        unseen: status.unseen ?? 0,
        uidNext: status.uidNext ?? 1,
        uidValidity: String(status.uidValidity ?? 0),
      },
    }),
  }
}

function place(path: string, delimiter: string | null, rootFolder: string): { name: string; parentPath: string | null } {
  const end = delimiter === null ? -1 : path.lastIndexOf(delimiter)
  if (end <= 0) return { name: path, parentPath: null }
  const parent = path.slice(0, end)
  const isTop = parent === rootFolder
  return { name: path.slice(end + 1), parentPath: isTop ? null : parent }
}

function missingInbox(delimiter: string | null): Omit<ServerFolder, 'role'> {
  return { path: 'INBOX', name: 'INBOX', parentPath: null, delimiter, isSelectable: true, isSubscribed: true }
}

/** Servers may list `a/b` without `a`. */
function addParents(byPath: Map<string, Omit<ServerFolder, 'role'>>, folder: Omit<ServerFolder, 'role'>, rootFolder: string): void {
  const { parentPath, delimiter } = folder
  if (parentPath === null || byPath.has(parentPath)) return
  const parent = {
    path: parentPath,
    ...place(parentPath, delimiter, rootFolder),
    delimiter,
    isSelectable: false,
    isSubscribed: folder.isSubscribed,
    hasChildren: true,
  }
  byPath.set(parentPath, parent)
  addParents(byPath, parent, rootFolder)
}

function withRoles(
  folders: readonly Omit<ServerFolder, 'role'>[],
  attributes: ReadonlyMap<string, ReadonlySet<string>>,
): readonly ServerFolder[] {
  const said = new Map<string, FolderRole>()
  for (const { path } of folders) {
    const role = path === 'INBOX' ? 'inbox' : roleFromAttributes(attributes.get(path) ?? [])
    if (role && ![...said.values()].includes(role)) said.set(path, role)
  }
  const guessable = folders.filter((folder) => !said.has(folder.path) && folder.isSelectable && isTopLevel(folder))
  const guessed = rolesByName(guessable, new Set(said.values()))
  return folders.map((folder) => ({ ...folder, role: said.get(folder.path) ?? guessed.get(folder.path) ?? 'none' }))
}

/** Below INBOX counts too: Courier and Cyrus keep everything there. */
function isTopLevel({ parentPath }: Omit<ServerFolder, 'role'>): boolean {
  return parentPath === null || parentPath === 'INBOX'
}
