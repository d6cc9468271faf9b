import type { ColumnKey } from '../../../shared/commands/context.ts'
import type { Layout } from '../../cache/layout.ts'

/** Widths in rem; the subject takes what is left. */
const widths: Readonly<Record<ColumnKey, number>> = {
  priority: 1.5,
  attachment: 1.5,
  flag: 1.5,
  from: 13.25,
  to: 13.25,
  subject: 12,
  received: 9.5,
  sent: 9.5,
  size: 4.75,
  account: 9,
}
export const smallestColumn = 1.5
export const iconColumns: ReadonlySet<ColumnKey> = new Set(['priority', 'attachment', 'flag'])

export function columnWidth(layout: Layout, column: ColumnKey): number {
  return layout.columnWidths[column] ?? widths[column]
}

/** The tracks of the header and of every row. Without a subject the last column fills the rest. */
export function gridTemplate(layout: Layout, columns: readonly ColumnKey[]): string {
  const filling = columns.includes('subject') ? 'subject' : columns.at(-1)
  return columns
    .map((column) => {
      const width = `${columnWidth(layout, column)}rem`
      return column === filling ? `minmax(${width}, 1fr)` : width
    })
    .join(' ')
}

/** The least width of a row, in rem: below it the list scrolls sideways. */
export function leastWidth(layout: Layout, columns: readonly ColumnKey[]): number {
  return columns.reduce((sum, column) => sum + columnWidth(layout, column), 0.5)
}
