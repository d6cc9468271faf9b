import { useMemo } from 'react'
import type { MessageId } from '../../../shared/domain/ids.ts'
import { rowAt } from '../../live/row-windows.ts'
import { useMain } from '../shell/main-context.tsx'
import type { MainState } from '../shell/main-state.ts'
import { isSelected, moveFocus, selectOne, selectRange, toggleOne } from './selection.ts'

interface Modifiers {
  readonly shiftKey: boolean
  readonly ctrlKey: boolean
  readonly metaKey: boolean
}

export interface ListActions {
  moveTo(index: number, modifiers: Modifiers): void
  press(index: number, event: Modifiers & { readonly button: number }): void
  /** The button was let go without a drag. */
  release(index: number, event: Modifiers): void
  toggleFocused(): void
}

/** What keys and clicks in the list do to the selection. */
export function useListActions(): ListActions {
  const { state } = useMain()
  return useMemo(() => createActions(state), [state])
}

function createActions(state: MainState): ListActions {
  let newest = 0
  /** The button went down on a row that was selected already. */
  let isOnSelected = false
  const rowIdAt = (index: number): MessageId | undefined => {
    const rows = state.view.get()?.state.get().rows
    return rows && rowAt(rows, index)?.id
  }
  /** Rows far away have to be fetched first; a later key press overtakes. */
  async function withId(index: number, use: (id: MessageId) => void): Promise<void> {
    const mine = ++newest
    const here = rowIdAt(index)
    if (here !== undefined) return use(here)
    const [row] = (await state.view.get()?.page(index, 1)) ?? []
    if (row && mine === newest) use(row.id)
  }
  async function extendTo(index: number, id: MessageId): Promise<void> {
    const mine = ++newest
    const anchor = state.selection.get().anchorIndex < 0 ? index : state.selection.get().anchorIndex
    const ids = state.view.get()?.ids(Math.min(anchor, index), Math.max(anchor, index)) ?? []
    // At once when all rows are here: waiting a moment would let a held key run ahead of the selection.
    const known = ids instanceof Promise ? await ids : ids
    if (mine === newest) state.select(selectRange(state.selection.get(), known, { id, index }))
  }
  return {
    moveTo(index, { shiftKey, ctrlKey, metaKey }) {
      void withId(index, (id) => {
        if (shiftKey) void extendTo(index, id)
        else if (ctrlKey || metaKey) state.select(moveFocus(state.selection.get(), id, index))
        else state.select(selectOne(id, index))
      })
    },
    press(index, { button, shiftKey, ctrlKey, metaKey }) {
      const id = rowIdAt(index)
      if (id === undefined) return
      const now = state.selection.get()
      newest++
      const hasCtrl = ctrlKey || metaKey
      isOnSelected = isSelected(now, id)
      // A right click on what is selected keeps the selection: the menu is for all of it. So does a click, and Ctrl with one: perhaps
      // all of it shall be dragged. Without a drag the release decides.
      if (isOnSelected && (button !== 0 || !shiftKey)) state.select(moveFocus(now, id, index))
      else if (button === 0 && shiftKey) void extendTo(index, id)
      else if (button === 0 && hasCtrl) state.select(toggleOne(now, id, index))
      else state.select(selectOne(id, index))
    },
    release(index, { shiftKey, ctrlKey, metaKey }) {
      const id = rowIdAt(index)
      const now = state.selection.get()
      if (id === undefined || shiftKey || !isOnSelected) return
      if (ctrlKey || metaKey) state.select(toggleOne(now, id, index))
      else state.select(selectOne(id, index))
    },
    toggleFocused() {
      const { focus, focusIndex } = state.selection.get()
      if (focus !== null) state.select(toggleOne(state.selection.get(), focus, focusIndex))
    },
  }
}
