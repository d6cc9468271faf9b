import { useMemo } from 'react'
import { accountContextMenu, folderContextMenu, rootContextMenu } from '../../../shared/commands/menus.ts'
import { dispatch } from '../../commands/dispatch.ts'
import { menuOf } from '../../commands/menu-data.ts'
import { useObservable } from '../../live/observable.ts'
import { useAccounts, useFolderMap } from '../../live/use-live.ts'
import { mainWords } from '../../text/main.ts'
import { ContextMenu } from '../../widgets/ContextMenu.tsx'
import { Tree } from '../../widgets/Tree.tsx'
import { useMain } from '../shell/main-context.tsx'
import { folderTree, placeKey } from './folder-tree.ts'
import { NodeContent } from './NodeContent.tsx'
import { useFolderDrag } from './use-folder-drag.ts'
import './folders.css'

const menus = { folder: folderContextMenu, account: accountContextMenu, local: rootContextMenu, root: rootContextMenu }

/** The folder list at the left: the tree, and a right click for what one can do with a folder. */
export function FolderPane() {
  const { state, target } = useMain()
  const layout = useObservable(target.layout)
  const place = useObservable(state.place)
  const folders = useFolderMap()
  const accounts = useAccounts()
  const root = useMemo(() => folderTree(folders?.values() ?? [], accounts ?? []), [folders, accounts])
  const collapsed = useMemo(() => new Set(layout.collapsed), [layout.collapsed])
  const drag = useFolderDrag()
  const toggle = (key: string) =>
    target.layout.change({ collapsed: collapsed.has(key) ? layout.collapsed.filter((each) => each !== key) : [...layout.collapsed, key] })
  const items = () => menuOf(menus[state.place.get()?.kind ?? 'root'], target)()
  return (
    <nav className="folder-pane" style={{ inlineSize: `${layout.folderListWidth}rem` }} data-pane aria-label={mainWords.folders}>
      <div className="pane-head">{mainWords.folders}</div>
      <ContextMenu items={items}>
        <div className="folder-pane-tree">
          <Tree
            label={mainWords.folders}
            roots={[root]}
            selected={place && placeKey(place)}
            collapsed={collapsed}
            onSelect={(node) => state.open(node.place)}
            onToggle={toggle}
            onActivate={() => dispatch(target, 'folder.open')}
            onDelete={() => dispatch(target, 'folder.delete')}
            drag={drag}
          >
            {(node) => <NodeContent node={node} />}
          </Tree>
        </div>
      </ContextMenu>
    </nav>
  )
}
