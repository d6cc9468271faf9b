import { type DragEvent, type RefObject, useEffect, useRef, useState } from 'react'
import type { TreeNode, TreeRow } from './tree-rows.ts'

/** What dragging does in a tree. */
export interface TreeDrag<Node> {
  /** null: what is dragged now can't be dropped there. */
  readonly effectOn: (node: Node, event: DragEvent) => 'move' | 'copy' | null
  readonly onDrop: (node: Node, effect: 'move' | 'copy') => void
  readonly canDrag: (node: Node) => boolean
  readonly onDragStart: (node: Node, event: DragEvent) => void
  readonly onDragEnd: () => void
}

interface TreeDragging<Node extends TreeNode> {
  readonly box: RefObject<HTMLElement | null>
  readonly rows: readonly TreeRow<Node>[]
  readonly drag: TreeDrag<Node> | undefined
  readonly onToggle: (key: string) => void
}

/** So long one waits above a closed node until it opens. */
const patience = 700
/** So near to an edge, in pixels, the tree scrolls. */
const edge = 28

/** Handlers for the tree as a whole: which row is meant, says what lies under the pointer. */
export function useTreeDrag<Node extends TreeNode>({ box, rows, drag, onToggle }: TreeDragging<Node>) {
  const [over, setOver] = useState<string | null>(null)
  const waiting = useRef<{ readonly key: string; readonly timer: ReturnType<typeof setTimeout> } | null>(null)
  const forget = () => {
    clearTimeout(waiting.current?.timer)
    waiting.current = null
  }
  useEffect(() => forget, [])
  const rowUnder = (event: DragEvent): TreeRow<Node> | undefined => {
    const element = event.target instanceof Element ? event.target.closest<HTMLElement>('[data-key]') : null
    return element ? rows.find((row) => row.node.key === element.dataset.key) : undefined
  }
  const leave = () => {
    forget()
    setOver(null)
  }
  /** A closed node opens when one stays above it. */
  const waitAbove = (row: TreeRow<Node> | undefined) => {
    if (waiting.current?.key === row?.node.key) return
    forget()
    if (!row || row.isOpen || row.node.children.length === 0) return
    waiting.current = { key: row.node.key, timer: setTimeout(() => onToggle(row.node.key), patience) }
  }
  if (!drag) return { over: null, handlers: {} }
  return {
    over,
    handlers: {
      onDragStart: (event: DragEvent) => {
        const row = rowUnder(event)
        if (row && drag.canDrag(row.node)) drag.onDragStart(row.node, event)
        else event.preventDefault()
      },
      onDragEnd: drag.onDragEnd,
      onDragOver: (event: DragEvent) => {
        const row = rowUnder(event)
        const effect = row ? drag.effectOn(row.node, event) : null
        scrollNearEdge(box.current, event.clientY)
        waitAbove(row)
        setOver(effect && row ? row.node.key : null)
        if (!effect) return
        event.preventDefault()
        event.dataTransfer.dropEffect = effect
      },
      onDragLeave: (event: DragEvent) => {
        if (!(event.relatedTarget instanceof Node) || !box.current?.contains(event.relatedTarget)) leave()
      },
      onDrop: (event: DragEvent) => {
        const row = rowUnder(event)
        const effect = row ? drag.effectOn(row.node, event) : null
        leave()
        if (!effect || !row) return
        event.preventDefault()
        drag.onDrop(row.node, effect)
      },
    },
  }
}

function scrollNearEdge(box: HTMLElement | null, y: number): void {
  if (!box) return
  const { top, bottom } = box.getBoundingClientRect()
  if (y < top + edge) box.scrollTop -= edge / 2
  else if (y > bottom - edge) box.scrollTop += edge / 2
}
