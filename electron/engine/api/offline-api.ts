import type { EngineHandlers } from '../../../shared/contract/engine-contract.ts'
import type { EngineParts } from './parts.ts'

type OfflineApi = Pick<
  EngineHandlers,
  'folders.setSync' | 'folders.offlineStates' | 'folders.setForOffline' | 'messages.setForOffline' | 'runs.synchronize'
>

/** What is to be on this computer without a network. */
export function offlineApi({ store, runs }: EngineParts): OfflineApi {
  return {
    'folders.setSync'({ folders, sync }) {
      store.transaction(() => {
        for (const folder of folders) store.folders.update(folder, { sync })
      })
      return null
    },
    'folders.offlineStates': ({ id }) => store.folders.offlineStates(id),
    'folders.setForOffline'({ folder, wanted }) {
      store.messages.setWanted(store.messages.idsInFolder(folder), wanted)
      return null
    },
    'messages.setForOffline'({ ids, wanted }) {
      store.messages.setWanted(ids, wanted)
      return null
    },
    'runs.synchronize'({ accounts, folder }) {
      const owner = folder === null ? null : store.folders.get(folder).account
      const run = runs.start({
        accounts: owner === null ? accounts : [owner],
        receive: true,
        // One folder is what was asked for, so nothing is sent.
        send: folder === null,
        isForeground: true,
        bodies: 'on-demand',
        synchronize: { folder: folder ?? undefined },
      })
      return { run: run.id }
    },
  }
}
