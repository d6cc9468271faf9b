import type { DragEvent } from 'react'
import type { Folder } from '../../../shared/domain/folder.ts'
import type { FolderId } from '../../../shared/domain/ids.ts'
import { canPutFolder } from '../../commands/folder-commands.ts'
import { takesMessages } from '../../commands/folder-facts.ts'
import type { FolderPlace } from '../../commands/target.ts'
import { folderText } from '../../text/folders.ts'

/** What is dragged within this window; null: nothing of ours. */
export type Dragged =
  /** The selected messages of a folder. */
  { readonly kind: 'messages'; readonly from: FolderId } | { readonly kind: 'folder'; readonly folder: Folder }

// A drop may not look into what is dragged before it is dropped: that is why it is kept here as well.
let current: Dragged | null = null

export const dragged = (): Dragged | null => current

export function endDrag(): void {
  current = null
}

/** What is dragged from now on. */
export function dragOf(what: Dragged): void {
  current = what
}

/** Begins to drag; `label` goes with the pointer. */
export function startDrag(event: DragEvent, what: Dragged, label: string): void {
  dragOf(what)
  event.dataTransfer.effectAllowed = what.kind === 'messages' ? 'copyMove' : 'move'
  event.dataTransfer.setData('application/x-postrider', what.kind)
  const picture = document.createElement('div')
  picture.className = 'drag-picture'
  picture.textContent = label
  document.body.append(picture)
  event.dataTransfer.setDragImage(picture, -12, -8)
  // The browser has taken its picture by then.
  setTimeout(() => picture.remove(), 0)
}

export const messagesLabel = (count: number) => folderText.dragged(count)

/** What dropping here would do: messages move, with Ctrl (on a Mac Option) they are copied; a folder goes into another one. */
export function dropEffect(folders: ReadonlyMap<FolderId, Folder>, place: FolderPlace, keys: Keys): 'move' | 'copy' | null {
  if (!current) return null
  if (current.kind === 'folder') return canPutFolder(folders, current.folder, place) ? 'move' : null
  const folder = place.parent === null ? undefined : folders.get(place.parent)
  if (!folder || !takesMessages(folder) || folder.id === current.from) return null
  return keys.ctrlKey || keys.altKey ? 'copy' : 'move'
}

interface Keys {
  readonly ctrlKey: boolean
  readonly altKey: boolean
}
