import type { FolderId } from '../../../shared/domain/ids.ts'
import { MailError } from '../../../shared/errors/mail-error.ts'
import type { ImapSession } from '../protocol/imap/imap-session.ts'
import { moveInTree, rewriteWaiting } from './folder-paths.ts'
import type { Operation, OperationContext, OperationKind } from './operation.ts'
import { isThereAnyway } from './refused-anyway.ts'

export interface CreateFolderPayload {
  readonly folder: FolderId
  readonly parent: FolderId | null
  readonly name: string
  /** As it was composed here; the server's own delimiter may make another one of it. */
  readonly path: string
  /** null: at the top. */
  readonly parentPath: string | null
}

export const createFolder: OperationKind<CreateFolderPayload> = {
  kind: 'create-folder',

  async replayRemotely(operation, context, session) {
    const path = serverPath(operation.payload, context, session)
    if (path !== operation.payload.path) correctPath(operation, context, path)
    try {
      await session.createFolder(path)
    } catch (error) {
      // Perhaps an earlier try has made it, or another program.
      if (!(await isThereAnyway(session, path, error))) throw error
    }
    return 'done'
  },

  backOut({ payload: { folder } }, store) {
    if (store.folders.findById(folder)) store.folders.remove(folder)
  },

  describe: ({ name }) => `Create the folder '${name}'`,
  folderOf: ({ folder }) => folder,
  makes: ({ folder }) => ({ messages: [], folders: [folder] }),
  needs: ({ parent }) => ({ messages: [], folders: parent === null ? [] : [parent] }),
  canUndo: () => true,
}

function serverPath({ name, path, parentPath }: CreateFolderPayload, { account }: OperationContext, session: ImapSession): string {
  const { delimiter } = session
  if (delimiter === null) return path
  if (name.includes(delimiter)) {
    throw new MailError('bad-input', `The server takes "${delimiter}" as the end of a folder's name. Choose a name without it.`)
  }
  const above = parentPath ?? account.imap.rootFolder
  return above === '' ? session.changes.personalPrefix + name : `${above}${delimiter}${name}`
}

function correctPath({ account, payload }: Operation<CreateFolderPayload>, { store }: OperationContext, to: string): void {
  const change = { from: payload.path, to }
  store.transaction(() => {
    if (store.folders.findById(payload.folder)) moveInTree(store, payload.folder, change)
    rewriteWaiting(store, account, change)
  })
}
