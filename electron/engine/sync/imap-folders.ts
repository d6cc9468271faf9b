import type { Account } from '../../../shared/domain/account.ts'
import type { Folder } from '../../../shared/domain/folder.ts'
import type { FolderId } from '../../../shared/domain/ids.ts'
import type { ServerFolder } from '../protocol/imap/imap-session.ts'
import type { Store } from '../store/store.ts'

/** I1: the folders of an IMAP account as the server lists them. Parents come before children. */
export function recordServerFolders(store: Store, account: Account, listed: readonly ServerFolder[]): void {
  const parentsFirst = [...listed].sort((a, b) => depth(a) - depth(b))
  store.transaction(() => {
    const held = new Map(heldFolders(store, account).map((folder) => [folder.path, folder]))
    const ids = new Map<string, FolderId>()
    for (const server of parentsFirst) {
      const parent = server.parentPath === null ? null : (ids.get(server.parentPath) ?? null)
      const wanted = { parent, name: shownName(server), role: server.role, selectable: server.isSelectable }
      const own = held.get(server.path)
      if (!own) {
        ids.set(server.path, store.folders.add({ account: account.id, path: server.path, ...wanted }).id)
        continue
      }
      ids.set(server.path, own.id)
      if (differs(own, wanted)) store.folders.update(own.id, wanted)
    }
    // Children first, so that no parent goes before them.
    const gone = [...held.values()].filter((folder) => !ids.has(folder.path)).reverse()
    for (const folder of gone) {
      store.messages.remove(store.messages.idsInFolder(folder.id))
      store.folders.remove(folder.id)
    }
  })
}

export function heldFolders(store: Store, account: Account): readonly Folder[] {
  return store.folders.list().filter((folder) => folder.account === account.id)
}

/** RFC 3501 writes INBOX in capitals; people read it as what it is called everywhere else. */
function shownName({ name, role, parentPath }: ServerFolder): string {
  return role === 'inbox' && parentPath === null ? 'Inbox' : name
}

function depth(folder: ServerFolder): number {
  return folder.delimiter === null ? 0 : folder.path.split(folder.delimiter).length
}

function differs(own: Folder, wanted: Pick<Folder, 'parent' | 'name' | 'role' | 'selectable'>): boolean {
  return own.parent !== wanted.parent || own.name !== wanted.name || own.role !== wanted.role || own.selectable !== wanted.selectable
}
