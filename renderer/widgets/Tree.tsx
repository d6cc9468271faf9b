import { type KeyboardEvent, memo, type ReactNode, useEffect, useId, useMemo, useRef } from 'react'
import { Icon } from './Icon.tsx'
import { type TreeDrag, useTreeDrag } from './tree-drag.ts'
import { isSameRow, type TreeNode, type TreeRow, treeMove, treeRows, typeAhead } from './tree-rows.ts'
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
  /** The Delete key. */
  readonly onDelete?: () => void
  /** Rows that can be dragged, or dropped upon. */
  readonly drag?: TreeDrag<Node>
  /** In a dialog: gets the focus when it opens. */
  readonly autoFocus?: boolean
  /** What stands in a row behind the arrow: decided by the node alone, as a row is only drawn again when its node says something else. */
  readonly children: (node: Node) => ReactNode
}

/** A short tree: folders, not messages. The tree has the focus, its selected row is the active one. */
export function Tree<Node extends TreeNode>(props: TreeProps<Node>) {
  const { label, roots, selected, collapsed, onSelect, onToggle, onActivate, onDelete, drag, autoFocus } = props
  const base = useId()
  const box = useRef<HTMLDivElement>(null)
  const typed = useRef({ text: '', at: 0 })
  const rows = treeRows(roots, collapsed)
  const latest = useRef(props)
  latest.current = props
  const actions = useMemo<RowActions<Node>>(
    () => ({
      select: (node) => latest.current.onSelect(node),
      toggle: (key) => latest.current.onToggle(key),
      draw: (node) => latest.current.children(node),
    }),
    [],
  )
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
    if (event.key === 'Delete' && onDelete) {
      event.preventDefault()
      return onDelete()
    }
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
        <MemoRow
          key={row.node.key}
          row={row}
          id={idOf(row.node.key)}
          isSelected={row.node.key === selected}
          isDropTarget={row.node.key === dragging.over}
          isDraggable={drag?.canDrag(row.node) ?? false}
          actions={actions as RowActions<TreeNode>}
        />
      ))}
    </div>
  )
}

interface RowActions<Node> {
  readonly select: (node: Node) => void
  readonly toggle: (key: string) => void
  readonly draw: (node: Node) => ReactNode
}

interface RowProps {
  readonly row: TreeRow<TreeNode>
  readonly id: string
  readonly isSelected: boolean
  readonly isDropTarget: boolean
  readonly isDraggable: boolean
  /** The same object for as long as the tree is there. */
  readonly actions: RowActions<TreeNode>
}

/** With thousands of folders only the rows that look different are drawn again. */
const MemoRow = memo(Row, (a, b) => {
  const { row: before, ...rest } = a
  return isSameRow(before, b.row) && (Object.keys(rest) as (keyof typeof rest)[]).every((key) => a[key] === b[key])
})

function Row({ row, id, isSelected, isDropTarget, isDraggable, actions }: RowProps) {
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
      onPointerDown={() => actions.select(node)}
      onDoubleClick={() => hasChildren && actions.toggle(node.key)}
    >
      <span
        className="tree-arrow"
        aria-hidden
        onPointerDown={(event) => {
          if (!hasChildren) return
          event.stopPropagation()
          actions.toggle(node.key)
        }}
        onDoubleClick={(event) => event.stopPropagation()}
      >
        {hasChildren && <Icon name={row.isOpen ? 'chevron-down' : 'chevron-right'} />}
      </span>
      {actions.draw(node)}
    </div>
  )
}
