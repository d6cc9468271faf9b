export interface ListKey {
  readonly key: string
  readonly shiftKey: boolean
  readonly ctrlKey: boolean
  readonly metaKey: boolean
  readonly altKey: boolean
}

interface ListPlace {
  readonly focusIndex: number
  readonly total: number
  /** Rows that fit on the screen. */
  readonly page: number
}

/** Where an arrow, Page, Home or End key takes the focus; undefined for other keys, and in an empty list. */
export function targetIndex({ key, altKey }: ListKey, { focusIndex, total, page }: ListPlace): number | undefined {
  if (total === 0 || altKey) return undefined
  const clamp = (index: number) => Math.min(total - 1, Math.max(0, index))
  switch (key) {
    case 'ArrowDown':
      return clamp(focusIndex + 1)
    case 'ArrowUp':
      return clamp(focusIndex < 0 ? 0 : focusIndex - 1)
    case 'PageDown':
      return clamp(Math.max(0, focusIndex) + Math.max(1, page - 1))
    case 'PageUp':
      return clamp(focusIndex - Math.max(1, page - 1))
    case 'Home':
      return 0
    case 'End':
      return total - 1
    default:
      return undefined
  }
}

/** The scroll position that shows a row whole, or the same one when it is seen already. */
export function scrolledTo(index: number, view: { readonly top: number; readonly height: number; readonly row: number }): number {
  const rowTop = index * view.row
  if (rowTop < view.top) return rowTop
  if (rowTop + view.row > view.top + view.height) return rowTop + view.row - view.height
  return view.top
}
