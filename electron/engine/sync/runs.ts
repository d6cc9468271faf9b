import type { Account } from '../../../shared/domain/account.ts'
import type { AccountId, FolderId, MessageId, RunId } from '../../../shared/domain/ids.ts'
import type { RunProgress } from '../../../shared/domain/run.ts'
import { MailError, toErrorInfo } from '../../../shared/errors/mail-error.ts'
import type { EventBus } from '../event-bus.ts'
import type { Logger } from '../log.ts'
import { waitingItems } from '../operations/send-outbox.ts'
import type { Store } from '../store/store.ts'
import type { AccountWork } from './account-work.ts'
import { ordinaryJob, type Pop3Job } from './pop3-job.ts'
import { Run } from './run.ts'

export interface RunRequest {
  /** null: every account that is included, and every one that has something to send. */
  readonly accounts: readonly AccountId[] | null
  readonly receive: boolean
  readonly send: boolean
  readonly isForeground: boolean
  readonly bodies: 'on-demand' | 'all'
  /** Also what the folders' settings and marks promise, of IMAP accounts; with a folder, only of that one. */
  readonly synchronize?: { readonly folder: FolderId | undefined }
  /** What to do with POP3 accounts, when it is not what their options say. */
  readonly pop3?: Pop3Job | ReadonlyMap<AccountId, Pop3Job>
  /** Only from these accounts, while others may send. */
  readonly receiveFrom?: readonly AccountId[]
  /** Only these of the Outbox. */
  readonly outgoing?: readonly MessageId[]
}

export interface RunsParts {
  readonly store: Store
  readonly events: EventBus
  readonly log: Logger
  readonly work: AccountWork
}

/** Starts, stops and reports every Send and Receive. Accounts run side by side; within one, sending comes first. */
export class Runs {
  readonly #parts: RunsParts
  readonly #active = new Map<RunId, Run>()
  /** A second run over the same maildrop would only meet its lock, so it waits for the first one instead. */
  readonly #receiving = new Map<AccountId, Promise<void>>()
  #last: RunProgress | undefined
  #next = 1

  constructor(parts: RunsParts) {
    this.#parts = parts
  }

  start(request: RunRequest): { readonly id: RunId; readonly done: Promise<RunProgress> } {
    const { store, events, log } = this.#parts
    if (store.settings.get().offline) throw new MailError('offline', 'Working offline.')
    const run = new Run({
      id: this.#next++ as RunId,
      isForeground: request.isForeground,
      tell: (progress) => events.emit('runProgress', progress),
    })
    this.#active.set(run.id, run)
    const plans = this.#accounts(request).map((account) => ({
      account,
      send: this.#sends(account, request) ? run.addTask(account, 'send') : undefined,
      receive: this.#receives(account, request) ? run.addTask(account, 'receive') : undefined,
    }))
    const done = Promise.all(plans.map((plan) => this.#runAccount(run, plan, request))).then(() => {
      run.finish()
      this.#active.delete(run.id)
      this.#last = run.progress()
      for (const task of this.#last.tasks) {
        if (task.error) log.warn('a task failed', { account: task.account, kind: task.kind, code: task.error.code })
      }
      return this.#last
    })
    return { id: run.id, done }
  }

  stop(id: RunId): void {
    this.#active.get(id)?.stop()
  }

  /** Work Offline and the end of the program: everything stops, what has arrived stays. */
  async stopAll(): Promise<void> {
    for (const run of this.#active.values()) run.stop()
    await Promise.allSettled(this.#receiving.values())
  }

  current(): readonly RunProgress[] {
    const active = [...this.#active.values()].map((run) => run.progress())
    return this.#last ? [...active, this.#last] : active
  }

  async #runAccount(run: Run, { account, send, receive }: AccountPlan, request: RunRequest): Promise<void> {
    const { work, events } = this.#parts
    const context = { account, signal: run.signal, isForeground: request.isForeground }
    const { bodies, outgoing: only } = request
    const pop3 = jobOf(request, account.id)
    if (send !== undefined) await run.perform(send, (progress) => work.send({ ...context, progress, only }))
    if (receive === undefined) return
    await run.perform(receive, async (progress) => {
      events.emit('accountStatus', { account: account.id, state: 'connecting' })
      try {
        const { synchronize } = request
        await this.#oneAtATime(account.id, () =>
          synchronize && account.protocol === 'imap'
            ? work.synchronize({ ...context, progress }, synchronize.folder)
            : work.receive({ ...context, progress, bodies, pop3 }),
        )
        events.emit('accountStatus', { account: account.id, state: 'idle' })
      } catch (error) {
        events.emit('accountStatus', { account: account.id, state: 'failed', error: toErrorInfo(error) })
        throw error
      }
    })
  }

  async #oneAtATime(account: AccountId, work: () => Promise<void>): Promise<void> {
    await this.#receiving.get(account)?.catch(() => {
      // The run that started it reports its failure; this one tries for itself.
    })
    const own = work()
    this.#receiving.set(account, own)
    try {
      await own
    } finally {
      if (this.#receiving.get(account) === own) this.#receiving.delete(account)
    }
  }

  #accounts({ accounts }: RunRequest): readonly Account[] {
    const all = this.#parts.store.accounts.list()
    return accounts === null ? all : all.filter((account) => accounts.includes(account.id))
  }

  #sends(account: Account, request: RunRequest): boolean {
    return (
      request.send &&
      waitingItems({ store: this.#parts.store, account, retryRefused: request.isForeground, only: request.outgoing }).length > 0
    )
  }

  #receives(account: Account, { receive, accounts, receiveFrom }: RunRequest): boolean {
    if (!receive || (receiveFrom && !receiveFrom.includes(account.id))) return false
    return accounts !== null || account.includeInReceive
  }
}

interface AccountPlan {
  readonly account: Account
  readonly send: number | undefined
  readonly receive: number | undefined
}

function jobOf({ pop3 = ordinaryJob }: RunRequest, account: AccountId): Pop3Job {
  return 'newMail' in pop3 ? pop3 : (pop3.get(account) ?? ordinaryJob)
}
