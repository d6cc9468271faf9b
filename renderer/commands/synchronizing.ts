import type { FolderSync } from '../../shared/domain/folder.ts'
import type { AccountId, FolderId } from '../../shared/domain/ids.ts'
import { folderText as text } from '../text/folders.ts'
import { onceOnline } from './going-online.ts'
import { isRemote } from './remote-mail.ts'
import type { CommandTarget } from './target.ts'

interface Synchronizing {
  readonly accounts: readonly AccountId[] | null
  readonly folder: FolderId | null
}

/** Fetches what the settings of the folders and the marks say. */
export function synchronize(target: CommandTarget, { accounts, folder }: Synchronizing): Promise<void> {
  return onceOnline(target, async () => {
    await target.engine.call('runs.synchronize', { accounts: accounts && [...accounts], folder })
  })
}

export function synchronizeAccount(target: CommandTarget): Promise<void> | undefined {
  const { account } = target.folderPlace()
  return account === null ? undefined : synchronize(target, { accounts: [account], folder: null })
}

export function synchronizeFolder(target: CommandTarget): Promise<void> | undefined {
  const folder = target.folder()
  return folder?.account == null ? undefined : synchronize(target, { accounts: [folder.account], folder: folder.id })
}

export function setSync(sync: FolderSync) {
  return async (target: CommandTarget): Promise<void> => {
    const folder = target.folder()
    if (folder) await target.engine.call('folders.setSync', { folders: [folder.id], sync })
  }
}

/** Mark for Offline, of the selected messages. What is here already needs no mark. */
export function setForOffline(wanted: boolean) {
  return async (target: CommandTarget): Promise<void> => {
    const rows = await target.allSelectedRows()
    const ids = rows.filter((row) => (wanted ? isRemote(row) && row.mark === null : row.mark !== null)).map(({ id }) => id)
    if (ids.length === 0) return
    await target.engine.call('messages.setForOffline', { ids, wanted })
    if (wanted) target.notify(text.forOffline(ids.length))
  }
}

export async function markFolderForOffline(target: CommandTarget): Promise<void> {
  const folder = target.folder()
  if (!folder) return
  await target.engine.call('folders.setForOffline', { folder: folder.id, wanted: true })
  target.notify(text.allForOffline(folder.name))
}
