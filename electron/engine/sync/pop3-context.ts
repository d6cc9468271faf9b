import type { Account } from '../../../shared/domain/account.ts'
import type { MessageFacts } from '../message-facts.ts'
import type { Clock } from '../ports.ts'
import type { Pop3Session } from '../protocol/pop3/pop3-session.ts'
import type { Store } from '../store/store.ts'
import type { Pop3Job } from './pop3-job.ts'
import type { ReceiveProgress } from './progress.ts'
import type { Forecasts } from './forecasts.ts'

/** What a rule on the server says about a new message once its header is here (TOP before RETR). */
export type HeaderVerdict = 'as-set' | 'leave-on-server' | 'delete-on-server'

/** The seam for the rules "Do not download from server" and "Delete from server". Pure. */
export type JudgeHeader = (facts: MessageFacts, size: number) => HeaderVerdict

export interface Pop3SyncContext {
  readonly account: Account
  readonly store: Store
  readonly clock: Clock
  readonly session: Pop3Session
  readonly progress: ReceiveProgress
  readonly job: Pop3Job
  readonly signal: AbortSignal
  /** undefined: nobody is there to be asked, so nothing is deleted that was not agreed to before. */
  readonly forecasts: Forecasts | undefined
  /** undefined: there are no such rules, and no header is fetched for their sake. */
  readonly judgeHeader?: JudgeHeader | undefined
}
