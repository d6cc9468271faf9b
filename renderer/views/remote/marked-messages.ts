import type { EngineClient } from '../../../shared/contract/engine-contract.ts'
import type { AccountId, FolderId } from '../../../shared/domain/ids.ts'
import type { MessageSummary } from '../../../shared/domain/message.ts'
import type { Mark } from '../../../shared/domain/pop3.ts'

export type MarkCounts = Readonly<Record<Mark, number>>

const page = 500

/** All rows of a folder, a page at a time: for what no view can be asked for. */
export async function* rowsOf(engine: EngineClient, folder: FolderId, signal: AbortSignal): AsyncGenerator<readonly MessageSummary[]> {
  const request = { folder, sort: 'received', descending: true, search: null } as const
  const first = await engine.call('views.open', { request, count: page, near: null }, signal)
  try {
    yield first.rows
    for (let from = first.rows.length; from < first.total; from += page) {
      yield (await engine.call('views.rows', { view: first.view, from, count: page }, signal)).rows
    }
  } finally {
    engine.call('views.close', { view: first.view }).catch(() => undefined)
  }
}

/** What the marks of some accounts amount to. */
export function countMarks(rows: readonly MessageSummary[], accounts: ReadonlySet<AccountId>): MarkCounts {
  const count = (mark: Mark) => rows.filter((row) => row.mark === mark && row.account !== null && accounts.has(row.account)).length
  return { retrieve: count('retrieve'), 'retrieve-copy': count('retrieve-copy'), delete: count('delete') }
}

export const total = (counts: MarkCounts): number => counts.retrieve + counts['retrieve-copy'] + counts.delete
