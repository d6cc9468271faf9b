import type { FolderId, MessageId } from '../../shared/domain/ids.ts'
import { failureOf, mainWords } from '../text/main.ts'
import { remoteText } from '../text/remote.ts'
import { isRemote } from './remote-mail.ts'
import type { CommandTarget } from './target.ts'

/** Local mail moves to Deleted Items, mail on a server is marked. Out of Deleted Items it goes for ever, so that asks first. */
export async function deleteSelected(target: CommandTarget): Promise<void> {
  const folder = target.folder()
  if (folder?.role === 'deleted' && folder.account === null) return deleteForever(target)
  const remote = new Set(
    folder?.account === null
      ? target
          .selectedRows()
          .filter(isRemote)
          .map((row) => row.id)
      : [],
  )
  const ids = (await target.selectedIds()).filter((id) => !remote.has(id))
  // A header alone is not thrown away here: the message goes from the server, at the next connection.
  if (remote.size > 0) await target.engine.call('pop3.setMarks', { ids: [...remote], mark: 'delete' })
  if (ids.length > 0) await remove(target, ids, false)
  else if (remote.size > 0) target.notify(remoteText.markedToDelete(remote.size))
}

export async function deleteForever(target: CommandTarget): Promise<void> {
  const ids = await target.selectedIds()
  if (ids.length === 0) return
  target.show({
    kind: 'question',
    text: mainWords.deleteForeverQuestion(ids.length),
    whatFailed: failureOf('message.delete'),
    onYes: () => remove(target, ids, true),
  })
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
