import type { FolderId, MessageId } from '../../shared/domain/ids.ts'
import { folderText as text } from '../text/folders.ts'
import { takesMessages } from './folder-facts.ts'
import type { CommandTarget } from './target.ts'

export type Placing = 'move' | 'copy'

/** Move to Folder and Copy to Folder: asks where to. */
export function askWhereTo(placing: Placing) {
  return async (target: CommandTarget): Promise<void> => {
    const ids = await target.selectedIds()
    if (ids.length === 0) return
    const isMove = placing === 'move'
    const from = target.folder()?.id ?? null
    target.show({
      kind: 'pick-folder',
      picking: {
        title: isMove ? text.moveTitle : text.copyTitle,
        prompt: (isMove ? text.movePrompt : text.copyPrompt)(ids.length),
        button: text.ok,
        whatFailed: isMove ? text.moveFailed : text.copyFailed,
        start: target.layout.get().lastTarget ?? from,
        withRoots: false,
        withHidden: false,
        accepts: (_, folder) => folder !== null && takesMessages(folder) && folder.id !== from,
        onPick: ({ parent }) => (parent === null ? undefined : placeMessages(target, { placing, ids, folder: parent })),
      },
    })
  }
}

interface Placed {
  readonly placing: Placing
  readonly ids: readonly MessageId[]
  readonly folder: FolderId
}

/** Between any two folders, also of different accounts. */
export async function placeMessages(target: CommandTarget, { placing, ids, folder }: Placed): Promise<void> {
  const name = target.live.folders.get()?.get(folder)?.name ?? ''
  target.layout.change({ lastTarget: folder })
  if (placing === 'move') {
    target.moveOn()
    await target.engine.call('messages.move', { ids: [...ids], folder })
  } else await target.engine.call('messages.copy', { ids: [...ids], folder })
  target.notify((placing === 'move' ? text.moved : text.copied)(ids.length, name))
}
