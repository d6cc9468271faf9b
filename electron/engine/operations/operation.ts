import type { Account } from '../../../shared/domain/account.ts'
import type { AccountId, FolderId, MessageId, OperationId } from '../../../shared/domain/ids.ts'
import type { OperationKindName } from '../../../shared/domain/operation.ts'
import type { ImapSession } from '../protocol/imap/imap-session.ts'
import type { Clock } from '../ports.ts'
import type { Store } from '../store/store.ts'

export interface OperationContext {
  readonly account: Account
  readonly store: Store
  readonly clock: Clock
}

export interface Operation<Payload> {
  readonly id: OperationId
  readonly account: AccountId
  readonly payload: Payload
}

/** What operations have to do with each other by. */
export interface Reach {
  readonly messages: readonly MessageId[]
  readonly folders: readonly FolderId[]
}

export const nothing: Reach = { messages: [], folders: [] }

/** `waits`: another operation has to be done first; it is looked at again the next time. */
export type Outcome = 'done' | 'waits'

/**
 * A change that the user made here and that a server must still learn of. Its local half was applied in the transaction
 * that stored it. Replaying twice has the same end state as once, also after a crash in the middle.
 */
export interface OperationKind<Payload> {
  readonly kind: OperationKindName
  replayRemotely(operation: Operation<Payload>, context: OperationContext, session: ImapSession): Promise<Outcome>
  /** The server refused, or the user thought better of it: undo the local half. Runs inside a transaction. */
  backOut(operation: Operation<Payload>, store: Store): void
  /** One sentence without a full stop: "Move 3 messages to 'Projects'". */
  describe(payload: Payload, store: Store): string
  folderOf(payload: Payload): FolderId | null
  /** What it brings about, on which later operations build. */
  makes(payload: Payload): Reach
  /** What must be there before it. */
  needs(payload: Payload): Reach
  /** false: what it did here can't be taken back any more. */
  canUndo(payload: Payload, store: Store): boolean
  /** Two that follow each other as one; undefined: they stay two. */
  merge?(payload: Payload, next: Payload): Payload | undefined
}

/** "1 message", "12 messages". */
export function messagesText(count: number): string {
  return count === 1 ? '1 message' : `${count} messages`
}
