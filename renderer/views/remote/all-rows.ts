import type { EngineClient } from '../../../shared/contract/engine-contract.ts'
import type { FolderId } from '../../../shared/domain/ids.ts'
import type { MessageSummary } from '../../../shared/domain/message.ts'

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
