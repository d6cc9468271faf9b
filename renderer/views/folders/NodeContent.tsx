import { Icon } from '../../widgets/Icon.tsx'
import type { FolderNode } from './folder-tree.ts'
import './folders.css'

/** What stands in a row of the folder tree. */
export function NodeContent({ node }: { readonly node: FolderNode }) {
  const style = node.isBold ? 'folder-bold' : node.isMuted ? 'folder-muted' : ''
  return (
    <>
      <Icon name={node.icon} className="folder-icon" />
      <span className={`folder-name ${style}`} title={node.label} aria-hidden>
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
