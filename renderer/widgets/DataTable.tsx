import { type KeyboardEvent, type ReactNode, useId, useRef } from 'react'
import { Icon } from './Icon.tsx'
import './data-table.css'

export interface DataColumn<Row> {
  readonly id: string
  readonly label: string
  readonly cell: (row: Row) => ReactNode
  /** A grid track: `1fr`, `8rem`. */
  readonly width?: string
  readonly align?: 'start' | 'end'
}

interface DataTableProps<Row extends { readonly id: string | number }> {
  readonly label: string
  readonly columns: readonly DataColumn<Row>[]
  readonly rows: readonly Row[]
  /** The id of the selected row, or null. */
  readonly selected: Row['id'] | null
  readonly onSelect: (id: Row['id']) => void
  /** Enter or double click. */
  readonly onActivate?: (id: Row['id']) => void
  /** The Space key. */
  readonly onToggle?: (id: Row['id']) => void
  /** Shown instead of rows. */
  readonly empty?: ReactNode
  /** In a dialog: gets the focus when it opens. */
  readonly autoFocus?: boolean
  readonly sort?: { readonly column: string; readonly descending: boolean }
  /** A click on a header; the caller sorts the rows. */
  readonly onSort?: (column: string) => void
}

/** A short list in a dialog, with columns. Long lists of messages have their own. */
export function DataTable<Row extends { readonly id: string | number }>(props: DataTableProps<Row>) {
  const { label, columns, rows, selected, onSelect, onActivate, onToggle, empty, autoFocus, sort, onSort } = props
  const base = useId()
  const box = useRef<HTMLDivElement>(null)
  const template = { gridTemplateColumns: columns.map((column) => column.width ?? '1fr').join(' ') }
  const current = rows.findIndex((row) => row.id === selected)

  const onKeyDown = (event: KeyboardEvent) => {
    // A header's button has its own use for Enter.
    if (event.target !== event.currentTarget) return
    const row = rows[current]
    if (event.key === 'Enter' && row && onActivate) {
      event.preventDefault()
      return onActivate(row.id)
    }
    if (event.key === ' ' && row && onToggle) {
      event.preventDefault()
      return onToggle(row.id)
    }
    const target = nextIndex(event.key, current, rows.length)
    const next = target === undefined ? undefined : rows[target]
    if (!next) return
    event.preventDefault()
    onSelect(next.id)
    box.current?.querySelector(`#${CSS.escape(`${base}-${next.id}`)}`)?.scrollIntoView({ block: 'nearest' })
  }
  return (
    <div
      ref={box}
      className="data-table"
      role="grid"
      aria-label={label}
      aria-rowcount={rows.length + 1}
      aria-activedescendant={current < 0 ? undefined : `${base}-${selected}`}
      tabIndex={0}
      data-autofocus={autoFocus || undefined}
      onKeyDown={onKeyDown}
      onFocus={() => current < 0 && rows[0] && onSelect(rows[0].id)}
    >
      <div role="row" className="data-table-head" style={template} aria-rowindex={1}>
        {columns.map((column) => (
          <span
            key={column.id}
            role="columnheader"
            className={column.align === 'end' ? 'align-end' : undefined}
            aria-sort={sort?.column !== column.id ? undefined : sort.descending ? 'descending' : 'ascending'}
          >
            {onSort ? (
              <button type="button" className="data-table-sort" onClick={() => onSort(column.id)}>
                {column.label}
                {sort?.column === column.id && <Icon name={sort.descending ? 'caret-down' : 'caret-up'} />}
              </button>
            ) : (
              column.label
            )}
          </span>
        ))}
      </div>
      {rows.map((row, index) => (
        <div
          key={row.id}
          id={`${base}-${row.id}`}
          role="row"
          className="data-table-row"
          style={template}
          aria-rowindex={index + 2}
          aria-selected={row.id === selected}
          onPointerDown={() => onSelect(row.id)}
          onDoubleClick={() => onActivate?.(row.id)}
        >
          {columns.map((column) => (
            <span key={column.id} role="gridcell" className={column.align === 'end' ? 'align-end' : undefined}>
              {cellContent(column.cell(row))}
            </span>
          ))}
        </div>
      ))}
      {rows.length === 0 && empty && <div className="data-table-empty">{empty}</div>}
    </div>
  )
}

/** Text that has no room ends with an ellipsis, and is shown whole as a tip. */
function cellContent(content: ReactNode): ReactNode {
  if (typeof content !== 'string') return content
  return (
    <span className="data-table-text" title={content}>
      {content}
    </span>
  )
}

function nextIndex(key: string, current: number, count: number): number | undefined {
  switch (key) {
    case 'ArrowDown':
      return Math.min(count - 1, current + 1)
    case 'ArrowUp':
      return Math.max(0, current - 1)
    case 'Home':
      return 0
    case 'End':
      return count - 1
    default:
      return undefined
  }
}
