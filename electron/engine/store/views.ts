import type { FolderId, MessageId, ViewId } from '../../../shared/domain/ids.ts'
import type { MessageSummary } from '../../../shared/domain/message.ts'
import type { ViewChange, ViewRequest, ViewWindow } from '../../../shared/domain/view.ts'
import { MailError } from '../../../shared/errors/mail-error.ts'
import type { MessageChange, RecordedChanges } from '../feed/change-recorder.ts'
import type { Logger } from '../log.ts'
import type { Sql } from './sql.ts'
import { ViewList } from './view-list.ts'
import { toViewQuery, type ViewQuery } from './view-query.ts'

export interface ViewsOptions {
  readonly sql: Sql
  readonly log: Logger
  readonly listMessages: (ids: readonly MessageId[]) => readonly MessageSummary[]
}

interface OpenView {
  readonly id: ViewId
  readonly query: ViewQuery
  readonly list: ViewList
  version: number
  /** The version of which the listeners know. */
  announced: number
  timer: NodeJS.Timeout | undefined
}

/** With more than this, the list is read anew. */
const mostMoves = 2000
/** A list on screen need not be told of its changes more often than this. */
const pauseMs = 50

/** The lists on screen: frozen orders of ids that only move when a commit moves them. */
export class Views {
  readonly #options: ViewsOptions
  readonly #views = new Map<ViewId, OpenView>()
  readonly #listeners = new Set<(change: ViewChange) => void>()
  #lastId = 0

  constructor(options: ViewsOptions) {
    this.#options = options
  }

  /** The first window holds the rows around `near` when that message is in the list, else the first ones. */
  open(request: ViewRequest, count: number, near: MessageId | null): ViewWindow {
    const query = toViewQuery(request)
    const id = (this.#lastId += 1) as ViewId
    const view: OpenView = { id, query, list: new ViewList(this.#options.sql, query), version: 1, announced: 1, timer: undefined }
    this.#views.set(id, view)
    this.#readOn(view)
    const position = near === null ? -1 : view.list.position(near)
    const last = Math.max(0, view.list.total - count)
    return this.#window(view, Math.min(last, Math.max(0, position - Math.floor(count / 2))), count)
  }

  rows(view: ViewId, from: number, count: number): ViewWindow {
    return this.#window(this.#get(view), from, count)
  }

  /** -1: not in this view. */
  position(view: ViewId, message: MessageId): number {
    return this.#get(view).list.position(message)
  }

  close(view: ViewId): void {
    clearTimeout(this.#views.get(view)?.timer)
    this.#views.delete(view)
  }

  closeAll(): void {
    for (const view of [...this.#views.keys()]) this.close(view)
  }

  onViewChange(listener: (change: ViewChange) => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  /** Brings all views up to date with what was just committed. */
  apply(changes: RecordedChanges): void {
    for (const view of this.#views.values()) {
      const touched = new Set([...changes.messages].flatMap(([id, change]) => (concerns(view.query, change) ? id : [])))
      const isReordered = changes.accounts && view.query.request.sort === 'account'
      if (touched.size === 0 && !isReordered) continue
      if (this.#update(view, touched, isReordered)) this.#announce(view)
    }
  }

  #update(view: OpenView, touched: ReadonlySet<MessageId>, isReordered: boolean): boolean {
    if (!isReordered && touched.size <= mostMoves) return view.list.apply(touched)
    const wasComplete = view.list.isComplete
    view.list.rebuild()
    // An unfinished list has its reader under way already.
    if (wasComplete) this.#readOn(view)
    return true
  }

  /** Other calls get in between two slices. */
  #readOn(view: OpenView): void {
    if (view.list.isComplete) return
    setImmediate(() => {
      if (this.#views.get(view.id) !== view) return
      try {
        view.list.readSlice()
        this.#readOn(view)
      } catch (error) {
        // The index goes on answering for this list, only not as fast.
        this.#options.log.error('a list could not be read', { view: view.id, error: String(error) })
      }
    })
  }

  #window(view: OpenView, from: number, count: number): ViewWindow {
    const rows = this.#options.listMessages(view.list.slice(from, count))
    return { view: view.id, version: view.version, total: view.list.total, from, rows }
  }

  #get(id: ViewId): OpenView {
    const view = this.#views.get(id)
    if (!view) throw new MailError('bad-input', `There is no view ${id}.`)
    return view
  }

  /** The first change is told at once, those that follow closely together. */
  #announce(view: OpenView): void {
    view.version += 1
    if (view.timer) return
    this.#tell(view)
    view.timer = setTimeout(() => {
      view.timer = undefined
      if (view.version !== view.announced) this.#tell(view)
    }, pauseMs)
    view.timer.unref()
  }

  #tell(view: OpenView): void {
    view.announced = view.version
    const change = { view: view.id, version: view.version, total: view.list.total }
    for (const listener of [...this.#listeners]) {
      try {
        listener(change)
      } catch (error) {
        this.#options.log.error('a listener of a view failed', { view: view.id, error: String(error) })
      }
    }
  }
}

function concerns({ request, dependsOnContent, dependsOnFlags }: ViewQuery, change: MessageChange): boolean {
  const isHere = (folder: FolderId | null) => folder !== null && (request.folder === null || request.folder === folder)
  const isShared = isHere(change.before) && isHere(change.after)
  if (!isShared) return isHere(change.before) || isHere(change.after)
  return (change.flags && dependsOnFlags) || (change.content && dependsOnContent)
}
