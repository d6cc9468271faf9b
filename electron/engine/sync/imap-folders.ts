import type { Account } from '../../../shared/domain/account.ts'
import type { Folder, FolderContent, FolderRole } from '../../../shared/domain/folder.ts'
import type { FolderId } from '../../../shared/domain/ids.ts'
import type { ImapSession, ServerFolder } from '../protocol/imap/imap-session.ts'
import type { Store } from '../store/store.ts'

/** Folders whose news are kept whole from the beginning; of the others Synchronize fetches nothing. */
const rolesAtHand: ReadonlySet<FolderRole> = new Set(['inbox', 'sent', 'drafts'])

/** What operations are about that the server has yet to hear of. */
export interface WaitingFolders {
  /** Folders that are not as the server lists them. */
  readonly ids: ReadonlySet<FolderId>
  /** Whether a path that the server lists is called otherwise here, or is deleted. */
  isLeaving(path: string): boolean
}

const noneWaiting: WaitingFolders = { ids: new Set(), isLeaving: () => false }

/** Asks the server for its folders and stores what it says. `waiting` is asked before and after, for the user goes on meanwhile. */
export async function downloadFolders(
  { store, account, session }: { readonly store: Store; readonly account: Account; readonly session: ImapSession },
  waiting: () => WaitingFolders = () => noneWaiting,
): Promise<readonly ServerFolder[]> {
  const before = waiting()
  const listed = await session.listFolders(account.imap)
  const typed = await withTypes({ store, account, session }, listed)
  recordServerFolders(store, account, { listed: typed, waiting: either(before, waiting()) })
  return listed
}

function either(a: WaitingFolders, b: WaitingFolders): WaitingFolders {
  return { ids: new Set([...a.ids, ...b.ids]), isLeaving: (path) => a.isLeaving(path) || b.isLeaving(path) }
}

export interface ListedFolders {
  readonly listed: readonly ServerFolder[]
  readonly waiting?: WaitingFolders
}

/** I1: the folders of an IMAP account as the server lists them. */
export function recordServerFolders(store: Store, account: Account, { listed, waiting = noneWaiting }: ListedFolders): void {
  const parentsFirst = listed.filter(({ path }) => !waiting.isLeaving(path)).sort((a, b) => depth(a) - depth(b))
  const isShown = shownFolders(listed)
  store.transaction(() => {
    const held = new Map(heldFolders(store, account).map((folder) => [folder.path, folder]))
    const ids = new Map<string, FolderId>()
    for (const server of parentsFirst) {
      const parent = server.parentPath === null ? null : (ids.get(server.parentPath) ?? null)
      const { role, isSelectable: selectable, content, path } = server
      const wanted = { parent, name: shownName(server), role, selectable, content, isShown: isShown(server) }
      const own = held.get(path)
      const sync = rolesAtHand.has(role) ? 'new' : 'none'
      ids.set(path, own ? own.id : store.folders.add({ account: account.id, path, ...wanted, sync }).id)
      if (own && !waiting.ids.has(own.id) && differs(own, wanted)) store.folders.update(own.id, wanted)
    }
    // Children first, so that no parent goes before them.
    const gone = [...held.values()].filter((folder) => !ids.has(folder.path) && !waiting.ids.has(folder.id)).reverse()
    for (const folder of gone) store.folders.remove(folder.id)
  })
}

export function heldFolders(store: Store, account: Account): readonly Folder[] {
  return store.folders.list().filter((folder) => folder.account === account.id)
}

/** Asked only when there is a folder that we have not seen: what a folder holds does not change. */
async function withTypes(
  { store, account, session }: { readonly store: Store; readonly account: Account; readonly session: ImapSession },
  listed: readonly ServerFolder[],
): Promise<readonly ServerFolder[]> {
  const held = new Map(heldFolders(store, account).map((folder) => [folder.path, folder]))
  const isNews = session.capabilities.has('METADATA') && listed.some(({ path }) => !held.has(path))
  const types: ReadonlyMap<string, FolderContent> = isNews ? await session.folderTypes() : new Map()
  return listed.map((folder) => {
    const known = types.get(folder.path) ?? (isNews ? undefined : held.get(folder.path)?.content)
    return folder.content === 'mail' && known !== undefined ? { ...folder, content: known } : folder
  })
}

/** Shown is what is subscribed. An account without any subscription has never been told to hide something. */
function shownFolders(listed: readonly ServerFolder[]): (folder: ServerFolder) => boolean {
  const hasSubscriptions = listed.some((folder) => folder.isSubscribed && folder.role !== 'inbox')
  return (folder) => !hasSubscriptions || folder.isSubscribed || folder.role === 'inbox'
}

/** RFC 3501 writes INBOX in capitals; people read it as what it is called everywhere else. */
function shownName({ name, role, parentPath }: ServerFolder): string {
  return role === 'inbox' && parentPath === null ? 'Inbox' : name
}

function depth(folder: ServerFolder): number {
  return folder.delimiter === null ? 0 : folder.path.split(folder.delimiter).length
}

type Wanted = Pick<Folder, 'parent' | 'name' | 'role' | 'selectable' | 'content' | 'isShown'>

function differs(own: Folder, wanted: Wanted): boolean {
  return (Object.keys(wanted) as (keyof Wanted)[]).some((key) => own[key] !== wanted[key])
}
