import { toErrorInfo } from '../../../shared/errors/mail-error.ts'
import type { EventBus } from '../event-bus.ts'
import type { Logger } from '../log.ts'
import type { Store } from '../store/store.ts'
import type { AccountWork } from './account-work.ts'

/** Several clicks in a row become one visit to the server. */
const afterMs = 400

/** Carries waiting operations to their servers soon after they were made, without anybody waiting for it. */
export class Replayer {
  readonly #parts: { readonly store: Store; readonly work: AccountWork; readonly events: EventBus; readonly log: Logger }
  #timer: NodeJS.Timeout | undefined
  #abort = new AbortController()

  constructor(parts: { readonly store: Store; readonly work: AccountWork; readonly events: EventBus; readonly log: Logger }) {
    this.#parts = parts
  }

  soon(): void {
    if (this.#parts.store.settings.get().offline) return
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined
      void this.#replayAll()
    }, afterMs)
  }

  /** Work Offline and the end of the program. What still waits stays stored. */
  stop(): void {
    clearTimeout(this.#timer)
    this.#timer = undefined
    this.#abort.abort()
    this.#abort = new AbortController()
  }

  async #replayAll(): Promise<void> {
    const { store, work, events, log } = this.#parts
    const { signal } = this.#abort
    for (const account of store.accounts.list().filter((each) => each.protocol === 'imap')) {
      try {
        await work.replay({ account, signal, isForeground: false })
      } catch (error) {
        if (signal.aborted) return
        const info = toErrorInfo(error)
        log.warn('changes are still waiting for the server', { account: account.id, code: info.code })
        events.emit('accountStatus', { account: account.id, state: 'failed', error: info })
      }
    }
  }
}
