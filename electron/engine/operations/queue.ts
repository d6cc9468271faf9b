import type { AccountId, MessageId } from '../../../shared/domain/ids.ts'
import { MailError, toErrorInfo } from '../../../shared/errors/mail-error.ts'
import { errorRegistry } from '../../../shared/errors/registry.ts'
import type { ImapSession } from '../protocol/imap/imap-session.ts'
import type { Store } from '../store/store.ts'
import { fileSent } from './file-sent.ts'
import type { OperationContext, OperationKind } from './operation.ts'
import { setFlags } from './set-flags.ts'

const kinds: ReadonlyMap<string, OperationKind<never>> = new Map(
  [setFlags, fileSent].map((kind) => [kind.kind, kind as OperationKind<never>]),
)

/**
 * Tells the server, in order, what the user did. A broken connection leaves the rest for the next time; a refusal is
 * backed out here and thrown at the end, after all others had their turn.
 */
export async function replayOperations(context: OperationContext, session: ImapSession): Promise<void> {
  const { store, account } = context
  let refused: unknown
  for (const operation of store.operations.list(account.id)) {
    const kind = kinds.get(operation.kind)
    if (!kind) throw new MailError('store-newer', `The operation "${operation.kind}" is not known to this version.`)
    try {
      await kind.replayRemotely(operation.payload as never, context, session)
      store.transaction(() => store.operations.remove(operation.id))
    } catch (error) {
      const info = toErrorInfo(error)
      if (info.code === 'cancelled' || errorRegistry[info.code].remedy === 'retry') throw error
      refused = error
      store.transaction(() => {
        kind.backOut(operation.payload as never, context)
        store.operations.remove(operation.id)
      })
    }
  }
  if (refused) throw refused
}

/** Messages whose flags the server does not know yet (I6). */
export function pendingMessages(store: Store, account: AccountId): ReadonlySet<MessageId> {
  const ids = store.operations
    .list(account)
    .filter((operation) => operation.kind === setFlags.kind)
    .flatMap((operation) => (operation.payload as { readonly messages: readonly MessageId[] }).messages)
  return new Set(ids)
}
