import type { ErrorInfo } from '../errors/mail-error.ts'
import type { AccountId, FolderId, OperationId } from './ids.ts'

export type OperationKindName =
  | 'set-flags'
  | 'move'
  | 'copy'
  | 'append'
  | 'purge'
  | 'file-sent'
  | 'create-folder'
  | 'rename-folder'
  | 'delete-folder'
  | 'subscribe'

/** A change of the user that a server must still learn of (F3). */
export interface WaitingOperation {
  readonly id: OperationId
  readonly account: AccountId
  readonly kind: OperationKindName
  /** One sentence for the list: "Move 3 messages to 'Projects'". */
  readonly what: string
  /** The folder concerned; null: none, or it is gone. */
  readonly folder: FolderId | null
  /** Epoch ms. */
  readonly since: number
  /** Why the last try failed; null: not tried, or never failed. */
  readonly error: ErrorInfo | null
  /** false: what it did here can't be taken back any more. */
  readonly canUndo: boolean
}
