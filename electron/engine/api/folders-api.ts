import type { EngineHandlers } from '../../../shared/contract/engine-contract.ts'
import type { FolderId } from '../../../shared/domain/ids.ts'
import { MailError } from '../../../shared/errors/mail-error.ts'
import { emptyDeletedItems } from '../operations/change-folders.ts'
import { emptyOnServer } from '../operations/delete-messages.ts'
import { applyFlagChange } from '../operations/set-flags.ts'
import { silentProgress } from '../sync/progress.ts'
import type { EngineParts } from './parts.ts'

type FoldersApi = Pick<EngineHandlers, 'folders.list' | 'folders.download' | 'folders.refresh' | 'folders.empty' | 'folders.markAllRead'>

export function foldersApi({ store, work, replayer }: EngineParts): FoldersApi {
  const unreadOf = (folder: FolderId) => store.messages.getMany(store.messages.idsInFolder(folder)).filter((row) => !row.flags.seen)

  return {
    'folders.list': () => store.folders.list(),

    async 'folders.download'({ id }, signal) {
      return { count: await work.downloadFolders({ account: store.accounts.get(id), signal, isForeground: true }) }
    },

    async 'folders.refresh'({ folder }, signal) {
      const target = store.folders.get(folder)
      if (target.account === null || !target.selectable || store.settings.get().offline) return null
      const account = store.accounts.get(target.account)
      await work.refreshFolder({ account, signal, isForeground: false, progress: silentProgress }, target)
      return null
    },

    'folders.empty'({ folder }) {
      const { role, account } = store.folders.get(folder)
      if (role !== 'deleted') throw new MailError('bad-input', "Only 'Deleted Items' can be emptied.")
      store.transaction(() => (account === null ? emptyDeletedItems(store, folder) : emptyOnServer(store, folder)))
      replayer.soon()
      return null
    },

    'folders.markAllRead'({ folder }) {
      const ids = unreadOf(folder).map((row) => row.id)
      if (ids.length > 0) store.transaction(() => applyFlagChange(store, { ids, add: ['seen'], remove: [] }))
      replayer.soon()
      return null
    },
  }
}
