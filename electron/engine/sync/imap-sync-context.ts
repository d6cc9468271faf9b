import type { Account } from '../../../shared/domain/account.ts'
import type { FolderId, MessageId } from '../../../shared/domain/ids.ts'
import type { Clock } from '../ports.ts'
import type { ImapSession } from '../protocol/imap/imap-session.ts'
import type { Store } from '../store/store.ts'
import type { ReceiveProgress } from './progress.ts'

export interface ImapSyncContext {
  readonly account: Account
  readonly store: Store
  readonly clock: Clock
  readonly session: ImapSession
  readonly progress: ReceiveProgress
  /** What is new comes with its body at once. */
  readonly wantsWhole?: boolean
  /** Messages with a change that the server has not got yet: its flags don't count for these (I6), and they don't go (I8). */
  readonly pending: ReadonlySet<MessageId>
  /** UIDs of messages that were moved away or removed here, and that the server has in their old folder still. */
  readonly leaving?: ReadonlyMap<FolderId, ReadonlySet<number>>
}
