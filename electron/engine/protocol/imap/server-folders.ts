import type { FolderRole } from '../../../../shared/domain/folder.ts'
import { contentByName, type ServerFacts } from './folder-content.ts'
import { roleFromAttributes, rolesByName } from './folder-roles.ts'
import type { ListedFolder } from './imap-client.ts'
import type { FolderListing, FolderStatus, ServerFolder } from './imap-types.ts'
import { modSeqText } from './select-folder.ts'

/** What is only known once all folders are. */
type PlainFolder = Omit<ServerFolder, 'role' | 'content'>

/**
 * What LIST answered, as a tree that has no holes: INBOX is there even when the server forgets it, and so is every parent.
 * With a root folder, only INBOX and what lies below the root remain, and the root's children stand at the top.
 */
export function toServerFolders(listed: readonly ListedFolder[], listing: FolderListing, server: ServerFacts): readonly ServerFolder[] {
  const { rootFolder } = listing
  const byPath = new Map<string, PlainFolder>()
  const attributes = new Map<string, ReadonlySet<string>>()
  for (const folder of listed) {
    if (folder.path === '' || !belongs(folder, rootFolder)) continue
    byPath.set(folder.path, describe(folder, rootFolder))
    attributes.set(folder.path, folder.flags)
  }
  if (!byPath.has('INBOX')) byPath.set('INBOX', missingInbox(byPath.values().next().value?.delimiter ?? null))
  for (const folder of [...byPath.values()]) addParents(byPath, folder, rootFolder)
  const folders = [...byPath.values()]
  const roles = rolesOf(folders, attributes, listing)
  return folders.map((folder) => {
    const role = roles.get(folder.path) ?? 'none'
    // A special folder is one for mail, whatever it is called.
    const content = role === 'none' ? contentByName({ ...folder, isTop: isTopLevel(folder) }, server) : 'mail'
    return { ...folder, role, content }
  })
}

function belongs({ path, delimiter }: ListedFolder, rootFolder: string): boolean {
  if (rootFolder === '' || path === 'INBOX') return true
  return delimiter !== '' && path.startsWith(rootFolder + delimiter)
}

function describe(folder: ListedFolder, rootFolder: string): PlainFolder {
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
    ...(typeof status?.messages === 'number' && { status: toStatus(status) }),
  }
}

export function toStatus(status: NonNullable<ListedFolder['status']>): FolderStatus {
  return {
    messages: status.messages ?? 0,
    unseen: status.unseen ?? 0,
    uidNext: status.uidNext ?? 1,
    uidValidity: String(status.uidValidity ?? 0),
    highestModSeq: modSeqText(status.highestModseq),
  }
}

function place(path: string, delimiter: string | null, rootFolder: string): { name: string; parentPath: string | null } {
  const end = delimiter === null ? -1 : path.lastIndexOf(delimiter)
  if (end <= 0) return { name: path, parentPath: null }
  const parent = path.slice(0, end)
  const isTop = parent === rootFolder
  return { name: path.slice(end + 1), parentPath: isTop ? null : parent }
}

function missingInbox(delimiter: string | null): PlainFolder {
  return { path: 'INBOX', name: 'INBOX', parentPath: null, delimiter, isSelectable: true, isSubscribed: true }
}

/** Servers may list `a/b` without `a`. */
function addParents(byPath: Map<string, PlainFolder>, folder: PlainFolder, rootFolder: string): void {
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

function rolesOf(
  folders: readonly PlainFolder[],
  attributes: ReadonlyMap<string, ReadonlySet<string>>,
  listing: FolderListing,
): ReadonlyMap<string, FolderRole> {
  const roles = new Map(chosenRoles(folders, listing))
  const taken = new Set(roles.values())
  for (const { path } of folders) {
    const role = path === 'INBOX' ? 'inbox' : roleFromAttributes(attributes.get(path) ?? [])
    if (!role || taken.has(role) || roles.has(path)) continue
    roles.set(path, role)
    taken.add(role)
  }
  const guessable = folders.filter((folder) => !roles.has(folder.path) && folder.isSelectable && isTopLevel(folder))
  return new Map([...roles, ...rolesByName(guessable, taken)])
}

/** The user's word counts before the server's. */
function chosenRoles(folders: readonly PlainFolder[], listing: FolderListing): readonly [string, FolderRole][] {
  const choices: readonly [FolderRole, string | null][] = [
    ['sent', listing.sentFolder],
    ['drafts', listing.draftsFolder],
    ['deleted', listing.deletedFolder],
    ['junk', listing.junkFolder],
    ['archive', listing.archiveFolder],
  ]
  const present = new Set(folders.filter((folder) => folder.path !== 'INBOX').map((folder) => folder.path))
  const found: [string, FolderRole][] = []
  for (const [role, path] of choices) if (path !== null && present.delete(path)) found.push([path, role])
  return found
}

/** Below INBOX counts too: Courier and Cyrus keep everything there. */
function isTopLevel({ parentPath }: PlainFolder): boolean {
  return parentPath === null || parentPath === 'INBOX'
}
