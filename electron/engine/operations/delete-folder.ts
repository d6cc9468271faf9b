import type { FolderId } from '../../../shared/domain/ids.ts'
import type { ImapSession } from '../protocol/imap/imap-session.ts'
import type { OperationKind } from './operation.ts'
import { isRefusal, isThereAnyway } from './refused-anyway.ts'

export interface DeleteFolderPayload {
  readonly name: string
  /** The folder and all below it, children first. Their rows are gone already. */
  readonly folders: readonly { readonly folder: FolderId; readonly path: string }[]
}

export const deleteFolder: OperationKind<DeleteFolderPayload> = {
  kind: 'delete-folder',

  async replayRemotely({ payload: { folders } }, _context, session) {
    for (const { path } of folders) await deleteOne(session, path)
    return 'done'
  },

  // The list of folders brings them back, and their messages.
  backOut() {},

  describe: ({ name }) => `Delete the folder '${name}'`,
  folderOf: () => null,
  makes: () => ({ messages: [], folders: [] }),
  needs: ({ folders }) => ({ messages: [], folders: folders.map(({ folder }) => folder) }),
  canUndo: () => true,
}

async function deleteOne(session: ImapSession, path: string): Promise<void> {
  try {
    await session.changes.deleteFolder(path)
  } catch (error) {
    if (await isThereAnyway(session, path, error)) throw error
  }
  try {
    await session.changes.unsubscribe(path)
  } catch (error) {
    // Servers differ in whether a folder that is gone can still be subscribed.
    if (!isRefusal(error)) throw error
  }
}
