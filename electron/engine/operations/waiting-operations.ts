import type { OperationId } from '../../../shared/domain/ids.ts'
import type { WaitingOperation } from '../../../shared/domain/operation.ts'
import { MailError } from '../../../shared/errors/mail-error.ts'
import type { OperationRow } from '../store/operations-table.ts'
import type { Store } from '../store/store.ts'
import { known, withDependants } from './kinds.ts'
import { backOut, isUnderWay } from './queue.ts'

/** What servers must still learn of, for people to read. */
export function listWaiting(store: Store): readonly WaitingOperation[] {
  return store.operations.listAll().map((row) => toWaiting(store, row))
}

/** Takes back what an operation did here, and what was done after it that needs it. */
export function undoWaiting(store: Store, id: OperationId): void {
  const row = store.operations.find(id)
  if (!row) throw new MailError('bad-input', 'The server knows this already; it can only be undone in the folder itself.')
  if (!canUndo(store, row)) {
    throw new MailError('server-busy', 'The server is being told just now, or has been told in part.', {
      action: 'undo a waiting operation',
    })
  }
  backOut(store, id)
}

function toWaiting(store: Store, row: OperationRow): WaitingOperation {
  const { kind, operation } = known(row)
  const folder = kind.folderOf(operation.payload)
  return {
    id: row.id,
    account: row.account,
    kind: kind.kind,
    what: kind.describe(operation.payload, store),
    folder: folder !== null && store.folders.findById(folder) ? folder : null,
    since: row.createdAt,
    error: row.error,
    canUndo: canUndo(store, row),
  }
}

function canUndo(store: Store, row: OperationRow): boolean {
  return withDependants(store, row).every((each) => {
    const { kind, operation } = known(each)
    return !isUnderWay(store, each.id) && kind.canUndo(operation.payload, store)
  })
}
