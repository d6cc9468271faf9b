import type { ErrorInfo } from '../errors/mail-error.ts'
import type { AccountId, FolderId, RunId } from './ids.ts'

export type TaskState = 'pending' | 'executing' | 'completed' | 'failed' | 'cancelled'

/** One line of the Send/Receive dialog. */
export interface RunTask {
  readonly account: AccountId
  /** The account's name when the run began. */
  readonly accountName: string
  readonly kind: 'receive' | 'send'
  readonly state: TaskState
  /** What is going on: a short sentence, ready to show. */
  readonly text: string
  /** Messages. `total` is 0 until it is known. */
  readonly done: number
  readonly total: number
  readonly bytesDone: number
  readonly bytesTotal: number
  /** What went otherwise than expected without being a failure: whole sentences, ready to show. */
  readonly notes: readonly string[]
  readonly error: ErrorInfo | null
}

export interface RunProgress {
  readonly run: RunId
  /** Started by the user, so the dialog may open; a background run only shows in the status bar. */
  readonly isForeground: boolean
  readonly isFinished: boolean
  /** New messages so far, all accounts together. */
  readonly received: number
  readonly sent: number
  readonly tasks: readonly RunTask[]
}

export type AccountStatus =
  | { readonly account: AccountId; readonly state: 'offline' | 'connecting' | 'idle' }
  | { readonly account: AccountId; readonly state: 'syncing'; readonly folder: FolderId; readonly done: number; readonly total: number }
  | { readonly account: AccountId; readonly state: 'failed'; readonly error: ErrorInfo }

/** A server wants a password that we do not have, or refused the one that we have. */
export interface LogonRequest {
  readonly request: number
  readonly account: AccountId
  readonly accountName: string
  readonly direction: 'incoming' | 'outgoing'
  readonly server: string
  readonly user: string
  readonly reason: 'missing' | 'refused'
  /** The server's own words when it refused, else ''. */
  readonly reply: string
  /** Not a password is wanted but a sign-in with the browser, and why; null: a password. */
  readonly oauth: ErrorInfo | null
}
