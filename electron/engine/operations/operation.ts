import type { Account } from '../../../shared/domain/account.ts'
import type { ImapSession } from '../protocol/imap/imap-session.ts'
import type { Clock } from '../ports.ts'
import type { Store } from '../store/store.ts'

export interface OperationContext {
  readonly account: Account
  readonly store: Store
  readonly clock: Clock
}

/**
 * A change that the user made here and that a server must still learn of. Its local half was applied in the transaction
 * that stored it. Replaying twice has the same end state as once.
 */
export interface OperationKind<Payload> {
  readonly kind: string
  replayRemotely(payload: Payload, context: OperationContext, session: ImapSession): Promise<void>
  /** The server refused: undo the local half, so that the list tells the truth. Runs inside a transaction. */
  backOut(payload: Payload, context: OperationContext): void
}
