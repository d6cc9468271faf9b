import type { EngineClient } from '../../shared/contract/engine-contract.ts'
import type { MessageId, ViewId } from '../../shared/domain/ids.ts'
import type { MessageSummary } from '../../shared/domain/message.ts'
import type { ViewChange, ViewRequest, ViewWindow } from '../../shared/domain/view.ts'
import { type ErrorInfo, toErrorInfo } from '../../shared/errors/mail-error.ts'
import { liveDataOf } from './live-data.ts'
import { type Observable, observable } from './observable.ts'
import {
  emptyWindows,
  idsBetween,
  indexOfId,
  type RowWindows,
  rowAt,
  wantedWindows,
  windowSize,
  withChanges,
  withRows,
} from './row-windows.ts'

export interface ViewState {
  readonly status: 'opening' | 'ready' | 'failed'
  readonly rows: RowWindows
  readonly error: ErrorInfo | null
}

/** A list of messages on screen: rows come by windows, and stay true by the change feed. */
export interface MessageView {
  readonly request: ViewRequest
  readonly state: Observable<ViewState>
  /** Says which rows are on screen, so that they and their neighbours get fetched. */
  show(first: number, last: number): void
  /** Where a message stands, or -1. */
  position(id: MessageId): Promise<number>
  /** Rows from a position on, fetched when they are not here; fewer at the end of the list. */
  page(from: number, count: number): Promise<readonly MessageSummary[]>
  /** Ids of rows `from` to `to`, both included; at once if they are here. */
  ids(from: number, to: number): readonly MessageId[] | Promise<readonly MessageId[]>
  close(): void
}

interface OpenOptions {
  readonly request: ViewRequest
  /** The first rows come from around this message. */
  readonly near?: MessageId | null
  /** As last seen; shown until the engine has answered. */
  readonly seed?: { readonly total: number; readonly rows: readonly MessageSummary[] } | undefined
}

export function openMessageView(engine: EngineClient, { request, near = null, seed }: OpenOptions): MessageView {
  const seeded = seed ? seededWindows(seed) : emptyWindows(-1)
  const state = observable<ViewState>({ status: 'opening', rows: seeded, error: null })
  const fetching = new Map<number, AbortController>()
  let view: ViewId | null = null
  let isClosed = false
  let opening = 0
  let visible = { first: 0, last: 50, direction: 0 as -1 | 0 | 1 }
  let newest = -1
  let isRefilling = false

  const setRows = (rows: RowWindows) => state.set({ status: 'ready', rows, error: null })

  async function open(around: MessageId | null): Promise<void> {
    const mine = ++opening
    try {
      const answer = await engine.call('views.open', { request, count: 2 * windowSize, near: around })
      if (isClosed || mine !== opening) return void engine.call('views.close', { view: answer.view }).catch(() => undefined)
      view = answer.view
      newest = answer.version
      adopt(answer)
    } catch (error) {
      if (!isClosed && mine === opening) state.set({ ...state.get(), status: 'failed', error: toErrorInfo(error) })
    }
  }

  /** Takes rows in: into what is here if they are of the same version, in its place if they are newer. */
  function adopt(answer: ViewWindow): void {
    const { rows, status } = state.get()
    const isSame = status === 'ready' && answer.version === rows.version
    setRows(withRows(isSame ? rows : emptyWindows(answer.version, answer.total), answer.from, answer.rows))
    fetchVisible()
  }

  function fetchVisible(): void {
    const { rows, status } = state.get()
    if (view === null || status !== 'ready' || isRefilling) return
    const wanted = new Set(wantedWindows({ ...visible, total: rows.total }))
    for (const [number, abort] of fetching) if (!wanted.has(number)) abort.abort()
    for (const number of wanted) if (!rows.windows.has(number) && !fetching.has(number) && rows.total > 0) void fetchWindow(number, view)
  }

  async function fetchWindow(number: number, from: ViewId): Promise<void> {
    const abort = new AbortController()
    fetching.set(number, abort)
    try {
      const answer = await engine.call('views.rows', { view: from, from: number * windowSize, count: windowSize }, abort.signal)
      fetching.delete(number)
      if (isClosed || from !== view) return
      if (answer.version > state.get().rows.version) return onChange(answer)
      if (answer.version === state.get().rows.version) setRows(withRows(state.get().rows, answer.from, answer.rows))
    } catch {
      // Scrolled past, or the engine went away: the row stays a hole until it is wanted again.
      fetching.delete(number)
    }
  }

  function onChange(change: ViewChange): void {
    if (change.view !== view || change.version <= newest) return
    newest = change.version
    if (!isRefilling) void refill()
  }

  /** Old rows stay on screen until the new ones for the same place are here, then all are exchanged at once: no flicker. */
  async function refill(): Promise<void> {
    isRefilling = true
    try {
      while (view !== null && !isClosed && state.get().rows.version < newest) {
        const wanted = wantedWindows({ ...visible, direction: 0, total: Math.max(1, state.get().rows.total) })
        const from = (wanted[0] ?? 0) * windowSize
        const answer = await engine.call('views.rows', { view, from, count: Math.max(1, Math.min(5, wanted.length)) * windowSize })
        if (isClosed || answer.view !== view) return
        newest = Math.max(newest, answer.version)
        setRows(withRows(emptyWindows(answer.version, answer.total), answer.from, answer.rows))
      }
    } catch (error) {
      state.set({ ...state.get(), error: toErrorInfo(error) })
    } finally {
      isRefilling = false
      fetchVisible()
    }
  }

  async function page(from: number, count: number): Promise<readonly MessageSummary[]> {
    const { rows } = state.get()
    const last = Math.min(rows.total, from + count) - 1
    const here: MessageSummary[] = []
    for (let index = from; index <= last; index++) {
      const row = rowAt(rows, index)
      if (!row) break
      here.push(row)
    }
    if (here.length > last - from || view === null || from < 0) return here
    return (await engine.call('views.rows', { view, from, count: Math.min(count, 500) })).rows
  }

  async function fetchIds(from: number, to: number): Promise<readonly MessageId[]> {
    const ids: MessageId[] = []
    while (from + ids.length <= to) {
      const rows = await page(from + ids.length, Math.min(500, to - from - ids.length + 1))
      if (rows.length === 0) break
      ids.push(...rows.map((row) => row.id))
    }
    return ids
  }

  const stops = [
    engine.on('viewChanged', onChange),
    engine.on('changes', (batch) => {
      const current = state.get()
      const rows = withChanges(current.rows, batch.changed)
      if (rows !== current.rows) state.set({ ...current, rows })
    }),
    // A new connection may mean a new engine, which knows nothing of the old views.
    liveDataOf(engine).onRefresh(() => {
      view = null
      void open(null)
    }),
  ]
  void open(near)

  return {
    request,
    state,
    show(first, last) {
      const direction = first > visible.first ? 1 : first < visible.first ? -1 : visible.direction
      visible = { first, last, direction }
      fetchVisible()
    },
    async position(id) {
      const here = indexOfId(state.get().rows, id)
      if (here >= 0 || view === null) return here
      return engine.call('views.position', { view, message: id })
    },
    page,
    ids(from, to) {
      return idsBetween(state.get().rows, from, to) ?? fetchIds(from, to)
    },
    close() {
      isClosed = true
      for (const stop of stops) stop()
      for (const abort of fetching.values()) abort.abort()
      if (view !== null) engine.call('views.close', { view }).catch(() => undefined)
    },
  }
}

/** The mirror holds less than a window, and the rest of it is left empty for the moment. */
function seededWindows({ total, rows }: { readonly total: number; readonly rows: readonly MessageSummary[] }): RowWindows {
  return { version: -1, total, windows: new Map([[0, rows]]) }
}
