import { type KeyboardEvent, type ReactNode, useEffect, useId, useRef } from 'react'
import { Icon } from './Icon.tsx'
import { type TreeDrag, useTreeDrag } from './tree-drag.ts'
import { type TreeNode, type TreeRow, treeMove, treeRows, typeAhead } from './tree-rows.ts'
import './tree.css'

interface TreeProps<Node extends TreeNode> {
  readonly label: string
  readonly roots: readonly Node[]
  readonly selected: string | null
  readonly collapsed: ReadonlySet<string>
  readonly onSelect: (node: Node) => void
  readonly onToggle: (key: string) => void
  /** Enter. */
  readonly onActivate?: () => void
  /** Rows that can be dragged, or dropped upon. */
  readonly drag?: TreeDrag<Node>
  /** In a dialog: gets the focus when it opens. */
  readonly autoFocus?: boolean
  /** What stands in a row behind the arrow. */
  readonly children: (node: Node) => ReactNode
}

/** A short tree: folders, not messages. The tree has the focus, its selected row is the active one. */
export function Tree<Node extends TreeNode>(props: TreeProps<Node>) {
  const { label, roots, selected, collapsed, onSelect, onToggle, onActivate, drag, autoFocus, children } = props
  const base = useId()
  const box = useRef<HTMLDivElement>(null)
  const typed = useRef({ text: '', at: 0 })
  const rows = treeRows(roots, collapsed)
  const dragging = useTreeDrag({ box, rows, drag, onToggle })
  const idOf = (key: string) => `${base}${key}`
  const selectKey = (key: string) => {
    const row = rows.find((each) => each.node.key === key)
    if (row) onSelect(row.node)
  }
  useEffect(() => {
    if (selected) box.current?.querySelector(`#${CSS.escape(base + selected)}`)?.scrollIntoView({ block: 'nearest' })
  }, [selected, base])

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return
    if (event.key === 'Enter') return onActivate?.()
    const move = treeMove(rows, selected, event.key)
    if (move) {
      event.preventDefault()
      return 'select' in move ? selectKey(move.select) : onToggle(move.toggle)
    }
    if (event.key.length !== 1 || event.key === ' ') return
    const now = event.timeStamp
    typed.current = { text: now - typed.current.at < 800 ? typed.current.text + event.key : event.key, at: now }
    const found = typeAhead(rows, selected, typed.current.text)
    if (found) selectKey(found)
  }
  const isSeen = rows.some((row) => row.node.key === selected)
  return (
    <div
      ref={box}
      className="tree"
      role="tree"
      aria-label={label}
      aria-activedescendant={selected && isSeen ? idOf(selected) : undefined}
      tabIndex={0}
      data-pane-focus
      data-autofocus={autoFocus || undefined}
      onKeyDown={onKeyDown}
      {...dragging.handlers}
    >
      {rows.map((row) => (
        <Row
          key={row.node.key}
          row={row}
          id={idOf(row.node.key)}
          isSelected={row.node.key === selected}
          isDropTarget={row.node.key === dragging.over}
          isDraggable={drag?.canDrag(row.node) ?? false}
          onSelect={onSelect}
          onToggle={onToggle}
        >
          {children(row.node)}
        </Row>
      ))}
    </div>
  )
}

interface RowProps<Node> {
  readonly row: TreeRow<Node>
  readonly id: string
  readonly isSelected: boolean
  readonly isDropTarget: boolean
  readonly isDraggable: boolean
  readonly onSelect: (node: Node) => void
  readonly onToggle: (key: string) => void
  readonly children: ReactNode
}

function Row<Node extends TreeNode>(props: RowProps<Node>) {
  const { row, id, isSelected, isDropTarget, isDraggable, onSelect, onToggle, children } = props
  const { node, level } = row
  const hasChildren = node.children.length > 0
  return (
    <div
      id={id}
      className={isDropTarget ? 'tree-row is-drop-target' : 'tree-row'}
      data-key={node.key}
      draggable={isDraggable || undefined}
      role="treeitem"
      aria-level={level}
      aria-posinset={row.position}
      aria-setsize={row.siblings}
      aria-expanded={hasChildren ? row.isOpen : undefined}
      aria-selected={isSelected}
      style={{ paddingInlineStart: `${0.25 + (level - 1)}rem` }}
      onPointerDown={() => onSelect(node)}
      onDoubleClick={() => hasChildren && onToggle(node.key)}
    >
      <span
        className="tree-arrow"
        aria-hidden
        onPointerDown={(event) => {
          if (!hasChildren) return
          event.stopPropagation()
          onToggle(node.key)
        }}
        onDoubleClick={(event) => event.stopPropagation()}
      >
        {hasChildren && <Icon name={row.isOpen ? 'chevron-down' : 'chevron-right'} />}
      </span>
      {children}
    </div>
  )
}
