import type { Account } from '../../../shared/domain/account.ts'
import { toErrorInfo } from '../../../shared/errors/mail-error.ts'
import { errorRegistry } from '../../../shared/errors/registry.ts'
import type { EventBus } from '../event-bus.ts'
import type { Logger } from '../log.ts'
import type { Store } from '../store/store.ts'
import type { AccountWork } from './account-work.ts'

/** Several clicks in a row become one visit to the server. */
const afterMs = 400
/** After trouble with the line or a server. */
const againMs = 60_000
/** What waits for something that takes a while, such as a server that stores sent mail itself. */
const whileMs = 5_000
/** What goes from one account to another is fetched here, stored there, and only then removed where it was. */
const rounds = 3

/** Carries waiting operations to their servers soon after they were made, without anybody waiting for it. */
export class Replayer {
  readonly #parts: { readonly store: Store; readonly work: AccountWork; readonly events: EventBus; readonly log: Logger }
  #timer: NodeJS.Timeout | undefined
  #later: NodeJS.Timeout | undefined
  #pause = whileMs
  #abort = new AbortController()

  constructor(parts: { readonly store: Store; readonly work: AccountWork; readonly events: EventBus; readonly log: Logger }) {
    this.#parts = parts
    // Also what other connections could not finish.
    parts.store.onChange(({ operations }) => {
      if (operations) this.#later ??= setTimeout(() => this.#again(), whileMs).unref()
    })
  }

  soon(): void {
    this.#pause = whileMs
    this.#start()
  }

  #start(): void {
    if (this.#parts.store.settings.get().offline) return
    this.#forgetLater()
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined
      void this.#replayAll()
    }, afterMs)
  }

  /** Work Offline and the end of the program. What still waits stays stored. */
  stop(): void {
    clearTimeout(this.#timer)
    this.#timer = undefined
    this.#forgetLater()
    this.#abort.abort()
    this.#abort = new AbortController()
  }

  async #replayAll(): Promise<void> {
    const { store } = this.#parts
    const { signal } = this.#abort
    const failed = new Set<Account['id']>()
    for (let round = 0; round < rounds && !signal.aborted; round++) {
      const waiting = new Set(store.operations.listAll().map(({ account }) => account))
      for (const account of store.accounts.list()) {
        if (waiting.has(account.id) && !failed.has(account.id) && !(await this.#replay(account, signal))) failed.add(account.id)
        if (signal.aborted) return
      }
    }
    this.#forgetLater()
    if (store.operations.listAll().length === 0) return
    this.#later = setTimeout(() => this.#again(), failed.size > 0 ? againMs : this.#pause).unref()
    this.#pause = Math.min(2 * this.#pause, againMs)
  }

  #again(): void {
    this.#later = undefined
    if (this.#parts.store.operations.listAll().length > 0) this.#start()
  }

  #forgetLater(): void {
    clearTimeout(this.#later)
    this.#later = undefined
  }

  /** false: there is no point in trying again at once. */
  async #replay(account: Account, signal: AbortSignal): Promise<boolean> {
    const { work, events, log } = this.#parts
    try {
      await work.replay({ account, signal, isForeground: false })
      return true
    } catch (error) {
      if (signal.aborted) return false
      const info = toErrorInfo(error)
      log.warn('changes are still waiting for the server', { account: account.id, code: info.code })
      events.emit('accountStatus', { account: account.id, state: 'failed', error: info })
      // A refusal was backed out, and the rest went on.
      return errorRegistry[info.code].remedy === 'stop'
    }
  }
}
