import type { FolderId } from '../../../shared/domain/ids.ts'

/** Rows of a list in which several can be selected, by id: they stay selected while the list is filtered. */
export interface RowSelection {
  readonly ids: ReadonlySet<FolderId>
  readonly focus: FolderId | null
  /** Where Shift extends from. */
  readonly anchor: FolderId | null
}

export const nothingSelected: RowSelection = { ids: new Set(), focus: null, anchor: null }

interface Keys {
  readonly shiftKey: boolean
  readonly ctrlKey: boolean
  readonly metaKey: boolean
}

/** A click on a row, or an arrow key that leads to it. */
export function selectRow(before: RowSelection, order: readonly FolderId[], id: FolderId, keys: Keys): RowSelection {
  if (keys.shiftKey) {
    const from = before.anchor === null ? -1 : order.indexOf(before.anchor)
    const to = order.indexOf(id)
    const start = from < 0 ? to : from
    return { ids: new Set(order.slice(Math.min(start, to), Math.max(start, to) + 1)), focus: id, anchor: order[start] ?? id }
  }
  if (!keys.ctrlKey && !keys.metaKey) return { ids: new Set([id]), focus: id, anchor: id }
  const ids = new Set(before.ids)
  if (!ids.delete(id)) ids.add(id)
  return { ids, focus: id, anchor: id }
}

/** Where a key leads to from a position, or undefined. */
export function keyTarget(key: string, at: number, { count, page }: { readonly count: number; readonly page: number }): number | undefined {
  const last = count - 1
  if (last < 0) return undefined
  const steps: Readonly<Record<string, number>> = {
    ArrowDown: at + 1,
    ArrowUp: at - 1,
    PageDown: at + page,
    PageUp: at - page,
    Home: 0,
    End: last,
  }
  const to = steps[key]
  return to === undefined ? undefined : Math.min(last, Math.max(0, to))
}
