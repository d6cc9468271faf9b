import type { MessageId } from '../../../shared/domain/ids.ts'

/** What is selected in a list, by id: positions may move under it. */
export interface Selection {
  readonly ids: ReadonlySet<MessageId>
  /** Everything in the list, without naming it: a folder may hold a hundred thousand. */
  readonly all: boolean
  /** The row with the focus, and where it stands. -1: none. */
  readonly focus: MessageId | null
  readonly focusIndex: number
  /** Where Shift extends from. */
  readonly anchorIndex: number
}

export const noSelection: Selection = { ids: new Set(), all: false, focus: null, focusIndex: -1, anchorIndex: -1 }

export function selectOne(id: MessageId, index: number): Selection {
  return { ids: new Set([id]), all: false, focus: id, focusIndex: index, anchorIndex: index }
}

/** Shift: from the anchor to here. `ids` are the rows between, both ends included. */
export function selectRange(before: Selection, ids: readonly MessageId[], to: { id: MessageId; index: number }): Selection {
  const anchorIndex = before.anchorIndex < 0 ? to.index : before.anchorIndex
  return { ids: new Set(ids), all: false, focus: to.id, focusIndex: to.index, anchorIndex }
}

/** Ctrl: this row joins or leaves. */
export function toggleOne(before: Selection, id: MessageId, index: number): Selection {
  const ids = new Set(before.ids)
  if (!ids.delete(id)) ids.add(id)
  return { ids, all: false, focus: id, focusIndex: index, anchorIndex: index }
}

/** Ctrl with an arrow key: only the focus moves. */
export function moveFocus(before: Selection, id: MessageId, index: number): Selection {
  return { ...before, focus: id, focusIndex: index }
}

export function selectAll(before: Selection): Selection {
  return { ...before, ids: new Set(), all: true }
}

export function countSelected(selection: Selection, total: number): number {
  return selection.all ? total : selection.ids.size
}

export function isSelected(selection: Selection, id: MessageId): boolean {
  return selection.all || selection.ids.has(id)
}

/** Rows went away: they leave the selection. The same object when none of them was in it. */
export function withoutIds(before: Selection, gone: readonly MessageId[]): Selection {
  if (!gone.some((id) => before.ids.has(id) || id === before.focus)) return before
  const ids = new Set(before.ids)
  for (const id of gone) ids.delete(id)
  return { ...before, ids, focus: before.focus !== null && gone.includes(before.focus) ? null : before.focus }
}

/** Rows moved: the focus stays with its message. */
export function movedTo(before: Selection, focusIndex: number): Selection {
  if (focusIndex === before.focusIndex) return before
  const anchorIndex = before.anchorIndex === before.focusIndex ? focusIndex : before.anchorIndex
  return { ...before, focusIndex, anchorIndex }
}
