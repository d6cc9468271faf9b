import type { Account } from '../../../shared/domain/account.ts'
import type { AccountId } from '../../../shared/domain/ids.ts'
import { toErrorInfo } from '../../../shared/errors/mail-error.ts'
import { errorRegistry } from '../../../shared/errors/registry.ts'
import type { EventBus } from '../event-bus.ts'
import type { Logger } from '../log.ts'
import type { News } from '../protocol/imap/imap-session.ts'
import type { Store } from '../store/store.ts'
import type { AccountWork } from './account-work.ts'
import { backOff } from './back-off.ts'
import { isNetworkTrouble } from './schedule-pause.ts'

export interface ImapWatchParts {
  readonly store: Store
  readonly work: Pick<AccountWork, 'watch' | 'look'>
  readonly events: EventBus
  readonly log: Logger
}

/** Servers tell of a message in several lines; one look serves them all. */
const gatherMs = 100
/** A connection that held this long was a good one: the next try comes soon again. */
const goodMs = 60_000

/**
 * Waits for the word of IMAP servers that have IDLE, and then looks. An account is watched once its mail has been received without
 * trouble: what nobody has connected yet is not connected from here.
 */
export class ImapWatch {
  readonly #parts: ImapWatchParts
  readonly #watched = new Map<AccountId, AbortController>()
  #stopListening = () => {}

  constructor(parts: ImapWatchParts) {
    this.#parts = parts
  }

  /** For programs with a window. The command line and tests connect only when told to. */
  begin(): void {
    this.#stopListening = this.#parts.events.on('accountStatus', (status) => {
      if (status.state === 'idle') this.watch(status.account)
    })
  }

  watch(id: AccountId): void {
    const account = this.#parts.store.accounts.find(id)
    if (!account || !isWatchable(account) || this.#watched.has(id) || this.#parts.store.settings.get().offline) return
    const abort = new AbortController()
    this.#watched.set(id, abort)
    void this.#keepWatching(id, abort.signal).finally(() => {
      if (this.#watched.get(id) === abort) this.#watched.delete(id)
    })
  }

  /** Work Offline, another password, other settings; without an account, all of them. They begin again with the next good receiving. */
  stop(id?: AccountId): void {
    for (const [account, abort] of this.#watched) {
      if (id !== undefined && account !== id) continue
      abort.abort()
      this.#watched.delete(account)
    }
  }

  close(): void {
    this.#stopListening()
    this.stop()
  }

  /** The computer woke up or came into another network: connections that stand are dead, and pauses have lost their reason. */
  again(): void {
    for (const id of [...this.#watched.keys()]) {
      this.stop(id)
      this.watch(id)
    }
  }

  async #keepWatching(id: AccountId, signal: AbortSignal): Promise<void> {
    const { store, work, log } = this.#parts
    const looks = new Looks((where) => this.#look(id, where, signal))
    for (let failures = 0; !signal.aborted; ) {
      const account = store.accounts.find(id)
      if (!account) return
      const began = performance.now()
      try {
        // What happened while nobody listened is looked for first.
        const onReady = () => looks.need('elsewhere')
        const hasIdle = await work.watch({ account, signal, isForeground: false }, { onReady, onNews: (where) => looks.need(where) })
        if (!hasIdle) return
      } catch (error) {
        if (signal.aborted) return
        const { code } = toErrorInfo(error)
        // A refused password must not be tried again and again; the next receiving tells the user.
        if (errorRegistry[code].remedy !== 'retry' && !isNetworkTrouble(code))
          return log.info('not waiting for word of new mail', { account: id, code })
        failures = performance.now() - began > goodMs ? 1 : failures + 1
      }
      await pause(backOff(failures, Math.random()), signal)
    }
  }

  async #look(id: AccountId, where: News, signal: AbortSignal): Promise<void> {
    // First of all: the store may be closed.
    if (signal.aborted) return
    const account = this.#parts.store.accounts.find(id)
    if (!account) return
    try {
      await this.#parts.work.look({ account, signal, isForeground: false }, where)
    } catch (error) {
      if (!signal.aborted) this.#parts.log.info('a look for news failed', { account: id, code: toErrorInfo(error).code })
    }
  }
}

/** One look at a time; news that come meanwhile lead to one more. */
class Looks {
  readonly #look: (where: News) => Promise<void>
  #needed: News | undefined
  #isLooking = false

  constructor(look: (where: News) => Promise<void>) {
    this.#look = look
  }

  need(where: News): void {
    if (this.#needed !== 'elsewhere') this.#needed = where
    if (this.#isLooking) return
    this.#isLooking = true
    setTimeout(() => void this.#lookWhileNeeded(), gatherMs).unref()
  }

  async #lookWhileNeeded(): Promise<void> {
    for (let where = this.#needed; where !== undefined; where = this.#needed) {
      this.#needed = undefined
      await this.#look(where)
    }
    this.#isLooking = false
  }
}

function isWatchable({ protocol, includeInReceive, imap }: Account): boolean {
  return protocol === 'imap' && includeInReceive && !imap.switchedOff.includes('IDLE')
}

/** Ends early when it is given up. */
function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer)
      signal.removeEventListener('abort', done)
      resolve()
    }
    const timer = setTimeout(done, ms).unref()
    signal.addEventListener('abort', done)
  })
}
