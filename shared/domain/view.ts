import type { FolderId, ViewId } from './ids.ts'
import type { MessageSummary } from './message.ts'

export type SortKey = 'priority' | 'attachment' | 'flag' | 'from' | 'to' | 'subject' | 'received' | 'sent' | 'size' | 'account'

/** What a list shows: one folder or (null) all, its order, and what was typed into the search box. */
export interface ViewRequest {
  readonly folder: FolderId | null
  readonly sort: SortKey
  readonly descending: boolean
  readonly search: string | null
  /** Leaves out what is marked as deleted on an IMAP server. */
  readonly hideDeleted?: boolean
}

/** Rows `from` .. `from + rows.length` of a view. `version` rises whenever positions move. */
export interface ViewWindow {
  readonly view: ViewId
  readonly version: number
  readonly total: number
  readonly from: number
  readonly rows: readonly MessageSummary[]
}

/** Positions moved: windows that were fetched for an older version are stale. */
export interface ViewChange {
  readonly view: ViewId
  readonly version: number
  readonly total: number
}
