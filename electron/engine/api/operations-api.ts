import type { EngineHandlers } from '../../../shared/contract/engine-contract.ts'
import { MailError } from '../../../shared/errors/mail-error.ts'
import { addFolder, nameFolder, placeFolder, removeFolder, showFolders } from '../operations/change-folders.ts'
import { purgeFolder } from '../operations/delete-messages.ts'
import { applyCopy, applyMove } from '../operations/place-messages.ts'
import { listWaiting, undoWaiting } from '../operations/waiting-operations.ts'
import type { EngineParts } from './parts.ts'

type OperationsApi = Pick<
  EngineHandlers,
  | 'folders.setShown'
  | 'folders.create'
  | 'folders.rename'
  | 'folders.move'
  | 'folders.delete'
  | 'folders.purge'
  | 'messages.move'
  | 'messages.copy'
  | 'operations.list'
  | 'operations.retry'
  | 'operations.undo'
>

/** What is done to folders and messages here at once, and to servers as soon as they can be told. */
export function operationsApi({ store, replayer }: EngineParts): OperationsApi {
  const change = <T>(work: () => T): T => {
    const result = store.transaction(work)
    replayer.soon()
    return result
  }
  const changed = (work: () => void): null => {
    change(work)
    return null
  }
  return {
    'folders.setShown': ({ show, hide }) => changed(() => showFolders(store, show, hide)),
    'folders.create': (wanted) => ({ id: change(() => addFolder(store, wanted)).id }),
    'folders.rename': ({ folder, name }) => changed(() => nameFolder(store, folder, name)),
    'folders.move': ({ folder, parent }) => changed(() => placeFolder(store, folder, parent)),
    'folders.delete': ({ folder }) => changed(() => removeFolder(store, folder)),
    'folders.purge': ({ folder }) => changed(() => purgeFolder(store, folder)),
    'messages.move': ({ ids, folder }) => changed(() => applyMove(store, ids, folder)),
    'messages.copy': ({ ids, folder }) => changed(() => applyCopy(store, ids, folder)),
    'operations.list': () => listWaiting(store),

    'operations.retry'() {
      if (store.settings.get().offline) throw new MailError('offline', 'Working offline.')
      replayer.soon()
      return null
    },

    'operations.undo'({ id }) {
      store.transaction(() => undoWaiting(store, id))
      return null
    },
  }
}
