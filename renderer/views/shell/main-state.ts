import type { Folder } from '../../../shared/domain/folder.ts'
import type { FolderId, MessageId } from '../../../shared/domain/ids.ts'
import type { MessageSummary } from '../../../shared/domain/message.ts'
import { type LayoutStore, type SortChoice, sortOf } from '../../cache/layout.ts'
import type { FirstRows } from '../../cache/database.ts'
import { orderKey, whenIdle, writeFirstRows } from '../../cache/mirror.ts'
import { purgeOnLeave } from '../../commands/folder-commands.ts'
import { holdsMail } from '../../commands/folder-facts.ts'
import { liveDataOf } from '../../live/live-data.ts'
import { type MessageView, openMessageView } from '../../live/message-view.ts'
import { type Observable, observable } from '../../live/observable.ts'
import { indexOfId, rowAt } from '../../live/row-windows.ts'
import type { EngineClient } from '../../../shared/contract/engine-contract.ts'
import { type Place, placeKey } from '../folders/folder-tree.ts'
import { movedTo, noSelection, type Selection, selectOne, withoutIds } from '../message-list/selection.ts'

/** What is open in the main window, and what is selected in it. */
export interface MainState {
  readonly place: Observable<Place | null>
  readonly search: Observable<string>
  readonly view: Observable<MessageView | null>
  readonly selection: Observable<Selection>
  /** Rises when the focused row shall be brought into sight. */
  readonly reveal: Observable<number>
  open(place: Place, seed?: FirstRows): void
  setSearch(text: string): void
  select(selection: Selection): void
  /** Selects a row by its position and brings it into sight. */
  selectAt(index: number): Promise<void>
  setSort(sort: SortChoice): void
  folder(): Folder | null
  sort(): SortChoice
  selectedRows(): readonly MessageSummary[]
}

/** How long the old list stays while the new one opens: mostly it is there sooner, and nothing blinks. */
const patience = 120

export function createMainState(engine: EngineClient, layout: LayoutStore): MainState {
  const live = liveDataOf(engine)
  const place = observable<Place | null>(null)
  const search = observable('')
  const view = observable<MessageView | null>(null)
  const selection = observable<Selection>(noSelection)
  const reveal = observable(0)
  let opening: MessageView | null = null

  const folderId = (): FolderId | null => {
    const now = place.get()
    return now?.kind === 'folder' ? now.folder : null
  }
  const folder = (): Folder | null => {
    const id = folderId()
    return id === null ? null : (live.folders.get()?.get(id) ?? null)
  }
  const sort = () => sortOf(layout.get(), folder())

  const hidesDeleted = () => folder()?.account != null && live.settings.get()?.showDeleted === false
  live.settings.subscribe(() => {
    const open = view.get()
    if (open && (open.request.hideDeleted ?? false) !== hidesDeleted()) reopen(selection.get().focus)
  })

  function show(next: MessageView): void {
    if (opening === next) opening = null
    view.get()?.close()
    view.set(next)
  }

  function reopen(near: MessageId | null, seed?: FirstRows): void {
    const id = folderId()
    opening?.close()
    opening = null
    const known = folder()
    if (id === null || (known && !holdsMail(known))) {
      view.get()?.close()
      return view.set(null)
    }
    const { key, descending } = sort()
    const text = search.get().trim()
    const hideDeleted = hidesDeleted()
    const request = { folder: id, sort: key, descending, search: text || null, ...(hideDeleted && { hideDeleted }) }
    const next = openMessageView(engine, { request, near, seed })
    next.state.subscribe(() => onRows(next))
    if (seed || !view.get()) return show(next)
    opening = next
    setTimeout(() => opening === next && show(next), patience)
  }

  function onRows(from: MessageView): void {
    if (opening === from && from.state.get().status !== 'opening') show(from)
    if (view.get() !== from) return
    void followFocus(from)
    keepFirstRows(from)
  }

  /** Keeps the selection with its message while rows come and go. */
  async function followFocus(from: MessageView): Promise<void> {
    const { focus, focusIndex } = selection.get()
    const { status, rows } = from.state.get()
    if (focus === null || status !== 'ready' || rowAt(rows, focusIndex)?.id === focus) return
    const index = await from.position(focus).catch(() => -1)
    if (view.get() !== from || selection.get().focus !== focus) return
    const isFirstLook = focusIndex < 0
    if (index < 0 && isFirstLook) selection.set(noSelection)
    else if (index >= 0) selection.set(movedTo(selection.get(), index))
    if (index >= 0 && isFirstLook) reveal.set(reveal.get() + 1)
  }

  const kept = new WeakMap<MessageView, number>()
  function keepFirstRows(from: MessageView): void {
    const { status, rows } = from.state.get()
    const first = rows.windows.get(0)
    const { folder: id, search: text, sort: key, descending } = from.request
    if (status !== 'ready' || text !== null || id === null || kept.get(from) === rows.version || (!first && rows.total > 0)) return
    kept.set(from, rows.version)
    whenIdle(() => writeFirstRows({ folder: id, total: rows.total, order: orderKey(key, descending), rows: first ?? [] }))
  }

  engine.on('changes', (batch) => batch.removed.length > 0 && selection.set(withoutIds(selection.get(), batch.removed)))

  return {
    place,
    search,
    view,
    selection,
    reveal,
    open(next, seed) {
      const before = place.get()
      if (before && placeKey(before) === placeKey(next)) return
      if (before?.kind === 'folder') void purgeOnLeave({ engine, live }, live.folders.get()?.get(before.folder) ?? null)
      place.set(next)
      search.set('')
      layout.change({ place: placeKey(next) })
      const last = next.kind === 'folder' ? (layout.get().lastMessage[next.folder] ?? null) : null
      selection.set(last === null ? noSelection : selectOne(last, -1))
      reopen(last, seed)
      // An IMAP folder fetches what is new in it; offline, and for a local folder, nothing happens. Failures show as
      // the account's state. Not at once: with the arrow keys one passes folders by.
      const known = folder()
      if (next.kind !== 'folder' || (known && !holdsMail(known))) return
      const { folder: id } = next
      setTimeout(() => folderId() === id && engine.call('folders.refresh', { folder: id }).catch(() => undefined), 400)
    },
    setSearch(text) {
      if (text === search.get()) return
      search.set(text)
      const id = folderId()
      const last = text || id === null ? null : (layout.get().lastMessage[id] ?? null)
      selection.set(last === null ? noSelection : selectOne(last, -1))
      reopen(last)
    },
    select(next) {
      selection.set(next)
      const id = folderId()
      if (id !== null && next.focus !== null && next.ids.size === 1) {
        layout.change({ lastMessage: { ...layout.get().lastMessage, [id]: next.focus } })
      }
    },
    async selectAt(index) {
      const row = (await view.get()?.page(index, 1))?.[0]
      if (!row) return
      this.select(selectOne(row.id, index))
      reveal.set(reveal.get() + 1)
    },
    setSort(next) {
      const id = folderId()
      if (id === null) return
      layout.change({ sort: { ...layout.get().sort, [id]: next } })
      const { focus } = selection.get()
      selection.set(focus === null ? noSelection : selectOne(focus, -1))
      reopen(focus)
    },
    folder,
    sort,
    selectedRows() {
      const rows = view.get()?.state.get().rows
      if (!rows) return []
      const { all, ids } = selection.get()
      if (all) return [...rows.windows.values()].flat()
      if (ids.size > 50) return [...rows.windows.values()].flat().filter((row) => ids.has(row.id))
      return [...ids].flatMap((id) => rowAt(rows, indexOfId(rows, id)) ?? [])
    },
  }
}
