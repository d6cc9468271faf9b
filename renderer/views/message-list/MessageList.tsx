import { useVirtualizer } from '@tanstack/react-virtual'
import {
  type DragEvent,
  type KeyboardEvent,
  type MouseEvent,
  type PointerEvent,
  type RefObject,
  useEffect,
  useLayoutEffect,
  useMemo,
  useRef,
} from 'react'
import { messageContextMenu } from '../../../shared/commands/menus.ts'
import { folderKind } from '../../cache/layout.ts'
import { dispatch } from '../../commands/dispatch.ts'
import { menuOf } from '../../commands/menu-data.ts'
import { useObservable } from '../../live/observable.ts'
import { indexOfId, rowAt } from '../../live/row-windows.ts'
import { useServices } from '../../live/services.tsx'
import { useAccounts } from '../../live/use-live.ts'
import { mainWords } from '../../text/main.ts'
import { ContextMenu } from '../../widgets/ContextMenu.tsx'
import { endDrag, messagesLabel, startDrag } from '../folders/dragging.ts'
import { pagePreview } from '../reading-pane/page-preview.ts'
import { useMain, useOpenFolder, useViewState } from '../shell/main-context.tsx'
import { gridTemplate, leastWidth } from './columns.ts'
import { EmptyList } from './EmptyList.tsx'
import { ListHeader } from './ListHeader.tsx'
import { scrolledTo, targetIndex } from './list-keys.ts'
import { MessageRow } from './MessageRow.tsx'
import { countSelected, isSelected } from './selection.ts'
import { useListActions } from './use-list-actions.ts'
import { useClock, useRootFontSize } from './use-measures.ts'
import './message-list.css'

const headerRem = 1.625
const rowRem = 1.5

/** The list of the open folder: a hundred thousand rows, of which some fifty are in the document. */
export function MessageList() {
  const { state, target } = useMain()
  const { hostInfo } = useServices()
  const view = useObservable(state.view)
  const { rows, status } = useViewState(view)
  const selection = useObservable(state.selection)
  const reveal = useObservable(state.reveal)
  const layout = useObservable(target.layout)
  const folder = useOpenFolder()
  const accounts = useAccounts()
  const rem = useRootFontSize()
  const now = useClock()
  const grid = useRef<HTMLDivElement>(null)
  const actions = useListActions()

  const columns = layout.columns[folderKind(folder?.role)]
  const dates = useMemo(() => ({ language: hostInfo.language, now }), [hostInfo.language, now])
  const rowHeight = Math.round(rowRem * rem)
  const headerHeight = Math.round(headerRem * rem)
  const virtual = useVirtualizer({
    count: rows.total,
    getScrollElement: () => grid.current,
    estimateSize: () => rowHeight,
    overscan: 8,
    paddingStart: headerHeight,
  })
  // The font may grow while the window is open.
  useLayoutEffect(() => virtual.measure(), [virtual, rowHeight])
  const items = virtual.getVirtualItems()
  const first = items[0]?.index ?? 0
  const last = items.at(-1)?.index ?? 0
  useEffect(() => view?.show(first, last), [view, first, last])

  useKeepPlace(grid, rowHeight)
  // Arrow keys work from the first moment, unless somebody is somewhere else already.
  useEffect(() => {
    if (document.activeElement === document.body) grid.current?.focus({ preventScroll: true })
  }, [])
  useLayoutEffect(() => {
    const box = grid.current
    const { focusIndex } = state.selection.get()
    if (!box || focusIndex < 0) return
    box.scrollTop = scrolledTo(focusIndex, { top: box.scrollTop, height: box.clientHeight - headerHeight, row: rowHeight })
    // oxlint-disable-next-line react-hooks/exhaustive-deps -- only another focus, or the wish to see it, scrolls
  }, [reveal, selection.focus])

  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    const page = Math.floor(((grid.current?.clientHeight ?? 0) - headerHeight) / rowHeight)
    const index = targetIndex(event, { focusIndex: selection.focusIndex, total: rows.total, page })
    if (index !== undefined) {
      event.preventDefault()
      return actions.moveTo(index, event)
    }
    if (event.key === ' ' || event.key === 'Backspace') {
      event.preventDefault()
      const back = event.key === 'Backspace' || event.shiftKey
      if (event.ctrlKey) actions.toggleFocused()
      else if (selection.ids.size === 0 && selection.focusIndex < 0) actions.moveTo(0, event)
      else if (!pagePreview(back ? -1 : 1) && !back) dispatch(target, 'go.nextUnread')
    }
  }
  const onPointerDown = (event: PointerEvent<HTMLElement>) => {
    const index = indexUnder(event.target)
    if (index !== undefined) actions.press(index, event)
  }
  const onClick = (event: MouseEvent<HTMLElement>) => {
    const index = indexUnder(event.target)
    if (index !== undefined) actions.release(index, event)
  }
  const onDragStart = (event: DragEvent<HTMLElement>) => {
    if (indexUnder(event.target) === undefined || !folder) return event.preventDefault()
    startDrag(event, { kind: 'messages', from: folder.id }, messagesLabel(countSelected(state.selection.get(), rows.total)))
  }
  return (
    <section className="message-list-pane" data-pane aria-label={mainWords.messageList}>
      <ContextMenu items={menuOf(messageContextMenu, target)}>
        <div
          ref={grid}
          className="message-list"
          role="grid"
          tabIndex={0}
          data-pane-focus
          aria-label={folder ? mainWords.messageListOf(folder.name) : mainWords.messageList}
          aria-multiselectable
          aria-rowcount={rows.total + 1}
          aria-colcount={columns.length}
          aria-busy={status === 'opening'}
          aria-activedescendant={selection.focusIndex < 0 ? undefined : `row-${selection.focusIndex}`}
          style={{ ['--columns' as string]: gridTemplate(layout, columns), ['--least' as string]: `${leastWidth(layout, columns)}rem` }}
          onKeyDown={onKeyDown}
          onPointerDown={onPointerDown}
          onClick={onClick}
          onDragStart={onDragStart}
          onDragEnd={endDrag}
          onDoubleClick={(event) => indexUnder(event.target) !== undefined && dispatch(target, 'message.open')}
        >
          <div className="list-canvas" role="presentation" style={{ blockSize: virtual.getTotalSize() }}>
            <ListHeader columns={columns} />
            {items.map((item) => {
              const row = rowAt(rows, item.index)
              return (
                <MessageRow
                  key={row?.id ?? `hole-${item.index}`}
                  row={row}
                  index={item.index}
                  top={item.start}
                  isSelected={row !== undefined && isSelected(selection, row.id)}
                  isFocused={item.index === selection.focusIndex}
                  columns={columns}
                  dates={dates}
                  isOnServer={folder !== null && folder.account !== null}
                  accountName={accounts?.find((account) => account.id === row?.account)?.name ?? ''}
                />
              )
            })}
          </div>
        </div>
      </ContextMenu>
      <EmptyList />
    </section>
  )
}

function indexUnder(target: EventTarget): number | undefined {
  const row = target instanceof Element ? target.closest<HTMLElement>('[data-index]') : null
  return row ? Number(row.dataset.index) : undefined
}

/** When rows come or go above, what is on screen stays where it is; a list at its top stays at its top, and shows what is new. */
function useKeepPlace(grid: RefObject<HTMLDivElement | null>, rowHeight: number): void {
  const { state } = useMain()
  const view = useObservable(state.view)
  const { rows } = useViewState(view)
  const before = useRef({ view, rows })
  useLayoutEffect(() => {
    const box = grid.current
    const was = before.current
    before.current = { view, rows }
    if (!box) return
    if (was.view !== view) {
      box.scrollTop = 0
      return
    }
    if (was.rows.version === rows.version || box.scrollTop === 0) return
    const isAtEnd = Math.abs(box.scrollTop - (was.rows.total * rowHeight - box.clientHeight)) < 2 * rowHeight
    const topIndex = Math.floor(box.scrollTop / rowHeight)
    const topRow = rowAt(was.rows, topIndex)
    const newIndex = topRow ? indexOfId(rows, topRow.id) : -1
    if (isAtEnd && view?.request.descending === false) box.scrollTop = box.scrollHeight
    else if (newIndex >= 0) box.scrollTop += (newIndex - topIndex) * rowHeight
  }, [grid, view, rows, rowHeight])
}
