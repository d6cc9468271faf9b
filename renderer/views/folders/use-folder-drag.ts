import { useMemo } from 'react'
import { attempt } from '../../commands/dispatch.ts'
import { putFolder } from '../../commands/folder-commands.ts'
import { isOwn } from '../../commands/folder-facts.ts'
import { placeMessages } from '../../commands/placing.ts'
import { folderText } from '../../text/folders.ts'
import type { TreeDrag } from '../../widgets/tree-drag.ts'
import { useMain } from '../shell/main-context.tsx'
import { dragged, dropEffect, endDrag, startDrag } from './dragging.ts'
import { type FolderNode, folderPlaceOf } from './folder-tree.ts'

/** The folder list takes messages and folders, and gives folders. */
export function useFolderDrag(): TreeDrag<FolderNode> {
  const { target } = useMain()
  return useMemo(() => {
    const folders = () => target.live.folders.get() ?? new Map()
    const folderOf = (node: FolderNode) => (node.place.kind === 'folder' ? folders().get(node.place.folder) : undefined)
    return {
      canDrag(node) {
        const folder = folderOf(node)
        return folder !== undefined && isOwn(folder)
      },
      onDragStart(node, event) {
        const folder = folderOf(node)
        if (folder) startDrag(event, { kind: 'folder', folder }, folder.name)
      },
      onDragEnd: endDrag,
      effectOn(node, event) {
        const place = folderPlaceOf(node.place, folders())
        return place && dropEffect(folders(), place, event)
      },
      onDrop(node, placing) {
        const what = dragged()
        const place = folderPlaceOf(node.place, folders())
        endDrag()
        if (!what || !place) return
        const { parent } = place
        if (what.kind === 'folder') return attempt(target, folderText.moveFolderFailed, () => putFolder(target, what.folder.id, parent))
        const whatFailed = placing === 'move' ? folderText.moveFailed : folderText.copyFailed
        if (parent !== null)
          attempt(target, whatFailed, async () => placeMessages(target, { placing, ids: await target.selectedIds(), folder: parent }))
      },
    }
  }, [target])
}
