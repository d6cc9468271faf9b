import { useMemo } from 'react'
import { folderContextMenu } from '../../../shared/commands/menus.ts'
import { menuOf } from '../../commands/menu-data.ts'
import { useObservable } from '../../live/observable.ts'
import { useAccounts, useFolderMap } from '../../live/use-live.ts'
import { mainWords } from '../../text/main.ts'
import { ContextMenu } from '../../widgets/ContextMenu.tsx'
import { Icon } from '../../widgets/Icon.tsx'
import { Tree } from '../../widgets/Tree.tsx'
import { useMain } from '../shell/main-context.tsx'
import { type FolderNode, folderTree, placeKey } from './folder-tree.ts'
import './folders.css'

/** The folder list at the left: the tree, and a right click for what one can do with a folder. */
export function FolderPane() {
  const { state, target } = useMain()
  const layout = useObservable(target.layout)
  const place = useObservable(state.place)
  const folders = useFolderMap()
  const accounts = useAccounts()
  const root = useMemo(() => folderTree(folders?.values() ?? [], accounts ?? []), [folders, accounts])
  const collapsed = useMemo(() => new Set(layout.collapsed), [layout.collapsed])
  const toggle = (key: string) =>
    target.layout.change({ collapsed: collapsed.has(key) ? layout.collapsed.filter((each) => each !== key) : [...layout.collapsed, key] })
  const focusList = () => document.querySelector<HTMLElement>('.message-list')?.focus()
  return (
    <nav className="folder-pane" style={{ inlineSize: `${layout.folderListWidth}rem` }} data-pane aria-label={mainWords.folders}>
      <div className="pane-head">{mainWords.folders}</div>
      <ContextMenu items={menuOf(folderContextMenu, target)}>
        <div className="folder-pane-tree">
          <Tree
            label={mainWords.folders}
            roots={[root]}
            selected={place && placeKey(place)}
            collapsed={collapsed}
            onSelect={(node) => node.isSelectable && state.open(node.place)}
            onToggle={toggle}
            onActivate={focusList}
          >
            {(node) => <NodeContent node={node} />}
          </Tree>
        </div>
      </ContextMenu>
    </nav>
  )
}

function NodeContent({ node }: { readonly node: FolderNode }) {
  return (
    <>
      <Icon name={node.icon} className="folder-icon" />
      <span className={node.isBold ? 'folder-name folder-bold' : 'folder-name'} title={node.label} aria-hidden>
        {node.label}
      </span>
      {node.count > 0 && (
        <b className="folder-count" aria-hidden>
          {node.count.toLocaleString()}
        </b>
      )}
      <span className="visually-hidden">{node.spoken}</span>
    </>
  )
}
