import type { FolderId, MessageId } from '../../shared/domain/ids.ts'
import { failureOf, mainWords } from '../text/main.ts'
import { remoteText } from '../text/remote.ts'
import { isRemote } from './remote-mail.ts'
import type { CommandTarget } from './target.ts'

/** Local mail moves to Deleted Items, mail on a server is marked. Out of Deleted Items it goes for ever, so that asks first. */
export async function deleteSelected(target: CommandTarget): Promise<void> {
  const folder = target.folder()
  if (folder?.role === 'deleted' && folder.account === null) return deleteForever(target)
  const ids = await withoutRemote(target)
  if (ids.length > 0) await remove(target, ids, false)
}

export async function deleteForever(target: CommandTarget): Promise<void> {
  const ids = await withoutRemote(target)
  if (ids.length === 0) return
  target.show({
    kind: 'question',
    text: mainWords.deleteForeverQuestion(ids.length),
    whatFailed: failureOf('message.delete'),
    onYes: () => remove(target, ids, true),
  })
}

/** A header alone is not thrown away here: it is marked, so that the message goes from the server. The others are left to delete. */
async function withoutRemote(target: CommandTarget): Promise<readonly MessageId[]> {
  if (target.folder()?.account !== null) return target.selectedIds()
  const rows = await target.allSelectedRows()
  const remote = rows.filter(isRemote)
  if (remote.length > 0) {
    await target.engine.call('pop3.setMarks', { ids: remote.map(({ id }) => id), mark: 'delete' })
    target.notify(remoteText.markedToDelete(remote.length))
  }
  return rows.filter((row) => !isRemote(row)).map(({ id }) => id)
}

async function remove(target: CommandTarget, ids: readonly MessageId[], permanently: boolean): Promise<void> {
  target.moveOn()
  await target.engine.call('messages.delete', { ids: [...ids], permanently })
  target.notify(mainWords.deleted(ids.length))
}

export function emptyDeletedItems(target: CommandTarget): void {
  const folder = deletedItemsOf(target)
  if (folder === undefined) return
  target.show({
    kind: 'question',
    text: mainWords.emptyDeletedQuestion,
    whatFailed: failureOf('folder.emptyDeleted'),
    onYes: async () => void (await target.engine.call('folders.empty', { folder })),
  })
}

/** The Deleted Items that is open, else the one of Local Folders. */
function deletedItemsOf(target: CommandTarget): FolderId | undefined {
  const open = target.folder()
  if (open?.role === 'deleted') return open.id
  const folders = target.live.folders.get()?.values() ?? []
  return [...folders].find((folder) => folder.role === 'deleted' && folder.account === null)?.id
}
