import type { FolderId } from '../../../shared/domain/ids.ts'
import type { ImapSession } from '../protocol/imap/imap-session.ts'
import { moveInTree, rewriteWaiting } from './folder-paths.ts'
import type { OperationKind } from './operation.ts'
import { isRefusal, isThereAnyway } from './refused-anyway.ts'

export interface RenameFolderPayload {
  readonly folder: FolderId
  readonly path: string
  readonly newPath: string
  readonly parent: FolderId | null
  readonly newParent: FolderId | null
  readonly name: string
  readonly newName: string
  /** The folder and those below it that are shown: being subscribed does not go along (RFC 3501 6.3.5). */
  readonly shown: readonly { readonly path: string; readonly newPath: string }[]
}

/** Another name, another parent, or both. */
export const renameFolder: OperationKind<RenameFolderPayload> = {
  kind: 'rename-folder',

  async replayRemotely({ payload }, _context, session) {
    const { path, newPath } = payload
    try {
      await session.changes.renameFolder(path, newPath)
    } catch (error) {
      const isDone = (await isThereAnyway(session, newPath, error)) && !(await isThereAnyway(session, path, error))
      if (!isDone) throw error
    }
    for (const each of payload.shown) await subscribeAnew(session, each)
    return 'done'
  },

  backOut(operation, store) {
    const { folder, path, newPath, name, parent } = operation.payload
    if (!store.folders.findById(folder)) return
    store.folders.update(folder, { name, parent })
    moveInTree(store, folder, { from: newPath, to: path })
    rewriteWaiting(store, operation.account, { from: newPath, to: path })
  },

  describe: ({ name, newName }) => (name === newName ? `Move the folder '${name}'` : `Rename the folder '${name}' to '${newName}'`),
  folderOf: ({ folder }) => folder,
  makes: () => ({ messages: [], folders: [] }),
  needs: ({ folder, newParent }) => ({ messages: [], folders: newParent === null ? [folder] : [folder, newParent] }),
  canUndo: () => true,
}

async function subscribeAnew(session: ImapSession, { path, newPath }: { readonly path: string; readonly newPath: string }): Promise<void> {
  try {
    await session.subscribe(newPath)
    await session.changes.unsubscribe(path)
  } catch (error) {
    // Some servers take subscriptions along, and then know nothing of the old one.
    if (!isRefusal(error)) throw error
  }
}
