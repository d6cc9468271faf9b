import { useVirtualizer } from '@tanstack/react-virtual'
import { type KeyboardEvent, type PointerEvent, useId, useLayoutEffect, useMemo, useRef } from 'react'
import { contentNames } from '../../text/folders.ts'
import { imapFoldersText as text } from '../../text/imap-folders.ts'
import { Icon } from '../../widgets/Icon.tsx'
import { folderIcon } from '../folders/folder-tree.ts'
import { useRootFontSize } from '../message-list/use-measures.ts'
import { type FolderRow, isTicked, type Ticks } from './folder-rows.ts'
import { keyTarget, type RowSelection, selectRow } from './row-selection.ts'

interface FolderChecklistProps {
  readonly label: string
  readonly rows: readonly FolderRow[]
  readonly ticks: Ticks
  readonly selection: RowSelection
  /** Rows stand by themselves, without those above them: their places are told. */
  readonly isFiltered: boolean
  readonly onSelect: (selection: RowSelection) => void
  /** Double click, or Space. */
  readonly onToggle: () => void
  readonly empty: string
}

const rowRem = 1.5

/** The folders of an account: five thousand of them, of which some thirty are in the document. */
export function FolderChecklist(props: FolderChecklistProps) {
  const { label, rows, ticks, selection, isFiltered, onSelect, onToggle, empty } = props
  const base = useId()
  const box = useRef<HTMLDivElement>(null)
  const typed = useRef({ text: '', at: 0 })
  const rowHeight = Math.round(rowRem * useRootFontSize())
  const order = useMemo(() => rows.map(({ folder }) => folder.id), [rows])
  const at = selection.focus === null ? -1 : order.indexOf(selection.focus)
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => box.current,
    estimateSize: () => rowHeight,
    overscan: 6,
  })
  useLayoutEffect(() => virtual.measure(), [virtual, rowHeight])
  useLayoutEffect(() => {
    if (at >= 0) virtual.scrollToIndex(at)
  }, [virtual, at])

  const moveTo = (index: number, keys: Parameters<typeof selectRow>[3]) => {
    const id = order[index]
    if (id !== undefined) onSelect(selectRow(selection, order, id, keys))
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === ' ') {
      event.preventDefault()
      return onToggle()
    }
    if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === 'a') {
      event.preventDefault()
      return onSelect({ ...selection, ids: new Set(order) })
    }
    const page = Math.max(1, Math.floor((box.current?.clientHeight ?? 0) / rowHeight) - 1)
    const target = keyTarget(event.key, at, { count: rows.length, page })
    if (target !== undefined) {
      event.preventDefault()
      return moveTo(target, { shiftKey: event.shiftKey, ctrlKey: false, metaKey: false })
    }
    if (event.key.length !== 1 || event.ctrlKey || event.metaKey || event.altKey) return
    const isMore = event.timeStamp - typed.current.at < 800
    typed.current = { text: (isMore ? typed.current.text + event.key : event.key).toLowerCase(), at: event.timeStamp }
    const found = firstNamed(rows, typed.current.text, at)
    if (found >= 0) moveTo(found, { shiftKey: false, ctrlKey: false, metaKey: false })
  }
  const onPointerDown = (event: PointerEvent) => {
    const index = indexUnder(event.target)
    if (index !== undefined) moveTo(index, event)
  }
  return (
    <div className="folder-checklist">
      <div
        ref={box}
        className="folder-checklist-rows"
        role="listbox"
        aria-label={label}
        aria-multiselectable
        aria-activedescendant={at < 0 ? undefined : `${base}-${at}`}
        tabIndex={0}
        onKeyDown={onKeyDown}
        onPointerDown={onPointerDown}
        onFocus={() => at < 0 && moveTo(0, { shiftKey: false, ctrlKey: false, metaKey: false })}
        onDoubleClick={(event) => indexUnder(event.target) !== undefined && onToggle()}
      >
        <div role="presentation" style={{ position: 'relative', blockSize: virtual.getTotalSize() }}>
          {virtual.getVirtualItems().map((item) => {
            const row = rows[item.index]
            if (!row) return null
            return (
              <div
                key={row.folder.id}
                id={`${base}-${item.index}`}
                role="option"
                className="folder-check"
                data-index={item.index}
                aria-selected={selection.ids.has(row.folder.id)}
                aria-posinset={item.index + 1}
                aria-setsize={rows.length}
                style={{ transform: `translateY(${item.start}px)`, paddingInlineStart: `${0.5 + (isFiltered ? 0 : row.level)}rem` }}
              >
                <RowContent row={row} isShown={isTicked(row.folder, ticks)} isFiltered={isFiltered} />
              </div>
            )
          })}
        </div>
      </div>
      {rows.length === 0 && (
        <p className="folder-checklist-empty" role="status">
          {empty}
        </p>
      )}
    </div>
  )
}

interface RowContentProps {
  readonly row: FolderRow
  readonly isShown: boolean
  readonly isFiltered: boolean
}

function RowContent(props: RowContentProps) {
  const { row, isShown, isFiltered } = props
  const { folder, above } = row
  const isMail = folder.content === 'mail'
  return (
    <>
      <span className="folder-check-sign">{isShown && <Icon name={folderIcon(folder)} />}</span>
      <span aria-hidden className={folder.selectable ? 'folder-check-name' : 'folder-check-name folder-muted'} title={folder.path}>
        {folder.name}
      </span>
      {isFiltered && above.length > 0 && (
        <span aria-hidden className="folder-check-note">
          {text.within(above)}
        </span>
      )}
      {!isMail && (
        <span aria-hidden className="folder-check-content">
          {contentNames[folder.content]}
        </span>
      )}
      <span className="visually-hidden">{spoken(props)}</span>
    </>
  )
}

/** A row as it is read aloud. */
function spoken({ row: { folder, above }, isShown, isFiltered }: RowContentProps): string {
  const parts = [
    folder.name,
    isFiltered && above.length > 0 && text.within(above),
    folder.content !== 'mail' && contentNames[folder.content],
    isShown && text.shown,
  ]
  return parts.filter(Boolean).join(', ')
}

function indexUnder(target: EventTarget): number | undefined {
  const row = target instanceof Element ? target.closest<HTMLElement>('[data-index]') : null
  return row ? Number(row.dataset.index) : undefined
}

/** One letter goes on to the next match; more letters may stay where they are. */
function firstNamed(rows: readonly FolderRow[], typed: string, at: number): number {
  const start = typed.length === 1 ? at + 1 : Math.max(0, at)
  for (let step = 0; step < rows.length; step++) {
    const index = (start + step) % rows.length
    if (rows[index]?.folder.name.toLowerCase().startsWith(typed)) return index
  }
  return -1
}
