import type { Folder } from '../../shared/domain/folder.ts'
import type { FolderId } from '../../shared/domain/ids.ts'
import { isQuiet } from '../cache/quiet-notices.ts'
import { folderText as text } from '../text/folders.ts'
import { holdsMail, isInDeletedItems, isOwn } from './folder-facts.ts'
import type { CommandTarget, DialogRequest, FolderPlace } from './target.ts'

/** What is done with the folder that is selected in the folder list. */
function withFolder(work: (target: CommandTarget, folder: Folder) => void | Promise<void>) {
  return (target: CommandTarget): void | Promise<void> => {
    const folder = target.folder()
    return folder ? work(target, folder) : undefined
  }
}

export function newFolder(target: CommandTarget): void {
  target.show({ kind: 'new-folder', parent: target.folderPlace() })
}

export const renameFolder = withFolder((target, folder) => target.show({ kind: 'rename-folder', folder }))

export const deleteFolder = withFolder((target, folder) => {
  const isDiscarded = folder.account === null && !isInDeletedItems(folder, target.live.folders.get() ?? new Map())
  target.show({
    kind: 'question',
    text: isDiscarded ? text.discardQuestion(folder.name) : text.deleteQuestion(folder.name),
    note: isDiscarded ? text.discardNote : folder.account === null ? text.deleteLocalNote : text.deleteServerNote,
    whatFailed: text.deleteFailed,
    onYes: async () => void (await target.engine.call('folders.delete', { folder: folder.id })),
  })
})

export const hideFolder = withFolder((target, folder) =>
  ask(target, {
    kind: 'question',
    quiet: 'folder.hide',
    text: text.hideQuestion(folder.name),
    note: text.hideNote,
    whatFailed: text.hideFailed,
    onYes: async () => void (await target.engine.call('folders.setShown', { show: [], hide: [folder.id] })),
  }),
)

export const purgeFolder = withFolder((target, folder) =>
  ask(target, {
    kind: 'question',
    quiet: 'folder.purge',
    text: text.purgeQuestion(folder.name),
    note: text.purgeNote,
    whatFailed: text.purgeFailed,
    onYes: async () => void (await target.engine.call('folders.purge', { folder: folder.id })),
  }),
)

/** An option of IMAP: what is marked as deleted goes for ever when one leaves the folder. */
export async function purgeOnLeave({ engine, live }: Pick<CommandTarget, 'engine' | 'live'>, folder: Folder | null): Promise<void> {
  if (folder?.account == null || !holdsMail(folder) || !live.settings.get()?.purgeOnLeave) return
  // A failure is not worth a question now: the messages stay marked, and the next time they go.
  await engine.call('folders.purge', { folder: folder.id }).catch(() => undefined)
}

export const moveFolder = withFolder((target, folder) =>
  target.show({
    kind: 'pick-folder',
    picking: {
      title: text.moveFolderTitle,
      prompt: text.moveFolderPrompt(folder.name),
      button: text.ok,
      whatFailed: text.moveFolderFailed,
      start: folder.parent,
      withRoots: true,
      withHidden: false,
      accepts: (place) => canPutFolder(target.live.folders.get() ?? new Map(), folder, place),
      onPick: ({ parent }) => putFolder(target, folder.id, parent),
    },
  }),
)

export function goToFolder(target: CommandTarget): void {
  target.show({
    kind: 'pick-folder',
    picking: {
      title: text.goTitle,
      prompt: text.goPrompt,
      button: text.ok,
      whatFailed: text.goFailed,
      start: target.folder()?.id ?? null,
      withRoots: false,
      withHidden: false,
      accepts: (_, folder) => folder !== null,
      onPick: ({ parent }) => (parent === null ? undefined : target.openFolder(parent)),
    },
  })
}

export async function putFolder(target: CommandTarget, folder: FolderId, parent: FolderId | null): Promise<void> {
  await target.engine.call('folders.move', { folder, parent })
}

/** Within its account, and neither where it is already nor into itself. */
export function canPutFolder(folders: ReadonlyMap<FolderId, Folder>, folder: Folder, place: FolderPlace): boolean {
  if (!isOwn(folder) || place.account !== folder.account || place.parent === folder.parent) return false
  for (let at = place.parent; at !== null; at = folders.get(at)?.parent ?? null) if (at === folder.id) return false
  return place.parent === null || folders.get(place.parent)?.role !== 'outbox'
}

/** A question that one may have asked not to be asked again. */
async function ask(target: CommandTarget, question: Extract<DialogRequest, { kind: 'question' }>): Promise<void> {
  if (question.quiet && (await isQuiet(question.quiet))) return question.onYes()
  target.show(question)
}
