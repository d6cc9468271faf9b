import type { EngineHandlers } from '../../../shared/contract/engine-contract.ts'
import { MailError } from '../../../shared/errors/mail-error.ts'
import type { EngineParts } from './parts.ts'

type OfflineApi = Pick<
  EngineHandlers,
  'folders.setSync' | 'folders.offlineStates' | 'folders.setForOffline' | 'messages.setForOffline' | 'runs.synchronize'
>

export function offlineApi({ store }: EngineParts): OfflineApi {
  return {
    'folders.setSync'({ folders, sync }) {
      store.transaction(() => {
        for (const folder of folders) store.folders.update(folder, { sync })
      })
      return null
    },
    'folders.offlineStates': () => [],
    'folders.setForOffline'({ folder, wanted }) {
      store.messages.setWanted(store.messages.idsInFolder(folder), wanted)
      return null
    },
    'messages.setForOffline'({ ids, wanted }) {
      store.messages.setWanted(ids, wanted)
      return null
    },
    'runs.synchronize'() {
      throw new MailError('bug', 'Not built yet.')
    },
  }
}
