import type { PointerEvent } from 'react'
import { columnContextMenu } from '../../../shared/commands/menus.ts'
import type { ColumnKey } from '../../../shared/commands/context.ts'
import { menuOf } from '../../commands/menu-data.ts'
import { mainWords } from '../../text/main.ts'
import { ContextMenu } from '../../widgets/ContextMenu.tsx'
import { Icon } from '../../widgets/Icon.tsx'
import { useObservable } from '../../live/observable.ts'
import { useMain } from '../shell/main-context.tsx'
import { columnWidth, iconColumns, smallestColumn } from './columns.ts'

/** Column titles: a click sorts, the edge between two of them resizes, a right click offers columns. */
export function ListHeader({ columns }: { readonly columns: readonly ColumnKey[] }) {
  const { state, target } = useMain()
  useObservable(target.layout)
  const sort = state.sort()
  return (
    <ContextMenu items={menuOf(columnContextMenu, target)}>
      <div role="row" className="list-header" aria-rowindex={1}>
        {columns.map((column) => (
          <HeaderCell key={column} column={column} sort={sort} />
        ))}
      </div>
    </ContextMenu>
  )
}

interface HeaderCellProps {
  readonly column: ColumnKey
  readonly sort: { readonly key: ColumnKey; readonly descending: boolean }
}

function HeaderCell({ column, sort }: HeaderCellProps) {
  const { target } = useMain()
  const isSorted = sort.key === column
  return (
    <span
      role="columnheader"
      className={isSorted ? `header-cell cell-${column} is-sorted` : `header-cell cell-${column}`}
      aria-sort={isSorted ? (sort.descending ? 'descending' : 'ascending') : 'none'}
      title={mainWords.columns[column]}
      onClick={() => target.sortBy({ key: column })}
    >
      <HeaderLabel column={column} />
      {isSorted && !iconColumns.has(column) && <Icon name={sort.descending ? 'caret-down' : 'caret-up'} className="sort-mark" />}
      <Grip column={column} />
    </span>
  )
}

function HeaderLabel({ column }: { readonly column: ColumnKey }) {
  const label = mainWords.columns[column]
  switch (column) {
    case 'priority':
      return <Icon name="important" label={label} />
    case 'attachment':
      return <Icon name="attach" label={label} />
    case 'flag':
      return <Icon name="flag" label={label} />
    default:
      return <span className="cell-text">{label}</span>
  }
}

/** For the mouse only: widths are a matter of looks, and View > Columns sets them back. */
function Grip({ column }: { readonly column: ColumnKey }) {
  const { target } = useMain()
  const layout = useObservable(target.layout)
  const resize = (width: number) => {
    const columnWidths = { ...target.layout.get().columnWidths, [column]: Math.max(smallestColumn, width) }
    target.layout.change({ columnWidths })
  }
  const onPointerDown = (event: PointerEvent<HTMLElement>) => {
    event.stopPropagation()
    const grip = event.currentTarget
    const rem = Number.parseFloat(getComputedStyle(document.documentElement).fontSize)
    const sign = getComputedStyle(grip).direction === 'rtl' ? -1 : 1
    const startX = event.clientX
    const startWidth = (grip.parentElement?.offsetWidth ?? columnWidth(layout, column) * rem) / rem
    grip.setPointerCapture(event.pointerId)
    const move = (moved: globalThis.PointerEvent) => resize(startWidth + ((moved.clientX - startX) * sign) / rem)
    grip.addEventListener('pointermove', move)
    grip.addEventListener('lostpointercapture', () => grip.removeEventListener('pointermove', move), { once: true })
  }
  const reset = () => {
    const { [column]: _gone, ...columnWidths } = target.layout.get().columnWidths
    target.layout.change({ columnWidths })
  }
  return (
    <span
      className="header-grip"
      aria-hidden
      onPointerDown={onPointerDown}
      onClick={(event) => event.stopPropagation()}
      onDoubleClick={reset}
    />
  )
}
