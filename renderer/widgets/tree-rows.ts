export interface TreeNode {
  readonly key: string
  readonly label: string
  readonly children: readonly TreeNode[]
}

export interface TreeRow<Node> {
  readonly node: Node
  /** From 1. */
  readonly level: number
  readonly parent: string | null
  readonly position: number
  readonly siblings: number
  readonly isOpen: boolean
}

/** The rows that are seen: children of closed nodes are left out. */
export function treeRows<Node extends TreeNode>(roots: readonly Node[], collapsed: ReadonlySet<string>): readonly TreeRow<Node>[] {
  const rows: TreeRow<Node>[] = []
  const visit = (nodes: readonly Node[], level: number, parent: string | null) => {
    for (const [index, node] of nodes.entries()) {
      const isOpen = node.children.length > 0 && !collapsed.has(node.key)
      rows.push({ node, level, parent, position: index + 1, siblings: nodes.length, isOpen })
      if (isOpen) visit(node.children as readonly Node[], level + 1, node.key)
    }
  }
  visit(roots, 1, null)
  return rows
}

/** Whether two rows look the same: their places, and all plain values of their nodes. */
export function isSameRow(a: TreeRow<TreeNode>, b: TreeRow<TreeNode>): boolean {
  const isSamePlace = a.level === b.level && a.position === b.position && a.siblings === b.siblings && a.isOpen === b.isOpen
  if (!isSamePlace || (a.node.children.length === 0) !== (b.node.children.length === 0)) return false
  const before = a.node as unknown as Readonly<Record<string, unknown>>
  return Object.entries(b.node).every(([name, value]) => typeof value === 'object' || before[name] === value)
}

export type TreeMove = { readonly select: string } | { readonly toggle: string }

/** What an arrow key, Home or End does in a tree. */
export function treeMove(rows: readonly TreeRow<TreeNode>[], selected: string | null, key: string): TreeMove | undefined {
  const at = rows.findIndex((row) => row.node.key === selected)
  const row = rows[at]
  const select = (target: TreeRow<TreeNode> | undefined): TreeMove | undefined => target && { select: target.node.key }
  switch (key) {
    case 'ArrowDown':
      return select(rows[at + 1])
    case 'ArrowUp':
      return select(rows[Math.max(0, at - 1)])
    case 'Home':
      return select(rows[0])
    case 'End':
      return select(rows.at(-1))
    case 'ArrowRight':
      if (!row || row.node.children.length === 0) return undefined
      return row.isOpen ? select(rows[at + 1]) : { toggle: row.node.key }
    case 'ArrowLeft':
      if (row?.isOpen) return { toggle: row.node.key }
      return row?.parent ? { select: row.parent } : undefined
    default:
      return undefined
  }
}

/** The next row that begins with what was typed, from the selected one on and round again. */
export function typeAhead(rows: readonly TreeRow<TreeNode>[], selected: string | null, typed: string): string | undefined {
  const at = rows.findIndex((row) => row.node.key === selected)
  // One letter goes on to the next match; more letters may stay where they are.
  const start = typed.length === 1 ? at + 1 : Math.max(0, at)
  const wanted = typed.toLowerCase()
  const inOrder = [...rows.slice(start), ...rows.slice(0, start)]
  return inOrder.find((row) => row.node.label.toLowerCase().startsWith(wanted))?.node.key
}
