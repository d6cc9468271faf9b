import { useMemo, useState } from 'react'
import type { Folder } from '../../../shared/domain/folder.ts'
import type { FolderId } from '../../../shared/domain/ids.ts'
import type { FolderPlace } from '../../commands/target.ts'
import { useAccounts, useFolderMap } from '../../live/use-live.ts'
import { folderText } from '../../text/folders.ts'
import { Tree } from '../../widgets/Tree.tsx'
import { folderPlaceOf, folderTree, type Place, placeKey } from './folder-tree.ts'
import { NodeContent } from './NodeContent.tsx'

interface FolderTreeProps {
  readonly selected: Place | null
  readonly onSelect: (place: Place) => void
  readonly withHidden?: boolean
  readonly onActivate?: () => void
  readonly autoFocus?: boolean
}

/** The folder tree in a dialog, to choose a folder from. What is open and closed in the main window stays as it is. */
export function FolderTree({ selected, onSelect, withHidden = false, onActivate, autoFocus = false }: FolderTreeProps) {
  const folders = useFolderMap()
  const accounts = useAccounts()
  const roots = useMemo(() => folderTree(folders?.values() ?? [], accounts ?? [], { withHidden }).children, [folders, accounts, withHidden])
  const [collapsed, setCollapsed] = useState<ReadonlySet<string>>(new Set())
  const toggle = (key: string) =>
    setCollapsed((now) => (now.has(key) ? new Set([...now].filter((each) => each !== key)) : new Set([...now, key])))
  return (
    <div className="folder-choice">
      <Tree
        label={folderText.folders}
        roots={roots}
        selected={selected && placeKey(selected)}
        collapsed={collapsed}
        onSelect={(node) => onSelect(node.place)}
        onToggle={toggle}
        autoFocus={autoFocus}
        {...(onActivate && { onActivate })}
      >
        {(node) => <NodeContent node={node} />}
      </Tree>
    </div>
  )
}

/** A place of the tree as a folder, and as a place for folders. */
export function useChoice(selected: Place | null): { readonly place: FolderPlace | null; readonly folder: Folder | null } {
  const folders = useFolderMap() ?? new Map<FolderId, Folder>()
  const folder = selected?.kind === 'folder' ? (folders.get(selected.folder) ?? null) : null
  return { folder, place: selected && folderPlaceOf(selected, folders) }
}
