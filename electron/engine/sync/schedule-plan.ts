// When to look for new mail by itself: pure, with the wall clock given from outside.
import type { AccountId } from '../../../shared/domain/ids.ts'
import type { ErrorCode } from '../../../shared/errors/mail-error.ts'
import { isNetworkTrouble, pauseAfter } from './schedule-pause.ts'

/** How often `tick` is called at least. A timer of any length would stand still while the computer sleeps. */
export const tickMs = 15_000
/** The first check leaves the start of the program alone. */
const startDelayMs = 5000
/** After sleep, or a change of network, until names can be found again. */
const settleMs = 8000
/** A check that met no network is tried again by itself, sooner than the user's interval says: 1, 2, 5, then 10 minutes. */
const retryMinutes = [1, 2, 5, 10] as const
const minute = 60_000

export interface ScheduleFacts {
  /** Epoch ms. */
  readonly now: number
  readonly isOffline: boolean
  /** null: no timed checks. */
  readonly everyMinutes: number | null
  /** A Send and Receive is under way. */
  readonly isBusy: boolean
  /** What connects this computer with others, as one text; '' without any. */
  readonly network: string
}

/** How the receiving from one account ended. */
export interface ReceiveEnd {
  readonly account: AccountId
  /** null: well. */
  readonly code: ErrorCode | null
}

interface AccountState {
  readonly endedAt: number
  readonly failures: number
  /** Epoch ms; 0 is not paused. */
  readonly pausedUntil: number
}

export class SchedulePlan {
  readonly #jitter: () => number
  readonly #accounts = new Map<AccountId, AccountState>()
  #nextAt: number | null = null
  #lastTick: number
  #every: number | null = null
  #network: string | undefined
  #withoutNetwork = 0
  #isFirst: boolean

  /** `jitter` gives -1 to 1: clients of one office that were started together shall not knock together for ever. */
  constructor({ now, checkAtStart, jitter }: { readonly now: number; readonly checkAtStart: boolean; readonly jitter: () => number }) {
    this.#jitter = jitter
    this.#lastTick = now
    this.#isFirst = checkAtStart
    if (checkAtStart) this.#nextAt = now + startDelayMs
  }

  /** true: check now, and only now, however much was missed. */
  tick(facts: ScheduleFacts): boolean {
    const { now } = facts
    this.#followSettings(facts)
    this.#followClock(now)
    this.#followNetwork(facts)
    if (this.#nextAt === null || now < this.#nextAt || facts.isOffline || facts.isBusy) return false
    this.#isFirst = false
    this.#nextAt = this.#after(now)
    return true
  }

  /** ms until `tick` has something to do. What is overdue already waits for something else, such as going online. */
  wait(now: number): number {
    const left = (this.#nextAt ?? Number.POSITIVE_INFINITY) - now
    return left > 0 ? Math.min(tickMs, left) : tickMs
  }

  /** Accounts that rest because of their failures, or were asked only a moment ago, are left out. */
  choose(accounts: readonly AccountId[], now: number): { readonly receive: readonly AccountId[]; readonly send: readonly AccountId[] } {
    const send = accounts.filter((id) => (this.#accounts.get(id)?.pausedUntil ?? 0) <= now)
    const recent = this.#every === null ? minute : (this.#every * minute) / 2
    return { send, receive: send.filter((id) => !this.#wasAsked(id, now - recent)) }
  }

  /** Any Send and Receive, the user's own included, tells how its accounts fared. */
  ended(ends: readonly ReceiveEnd[], now: number): void {
    for (const { account, code } of ends) {
      const failures = code === null ? 0 : (this.#accounts.get(account)?.failures ?? 0) + 1
      const pause = code === null ? 0 : pauseAfter(code, failures)
      this.#accounts.set(account, { endedAt: now, failures, pausedUntil: pause === 0 ? 0 : now + pause })
    }
    if (ends.length === 0) return
    const met = ends.every(({ code }) => code !== null && isNetworkTrouble(code))
    this.#withoutNetwork = met ? this.#withoutNetwork + 1 : 0
    const retry = retryMinutes[Math.min(this.#withoutNetwork, retryMinutes.length) - 1]
    if (retry !== undefined && this.#nextAt !== null) this.#nextAt = Math.min(this.#nextAt, now + retry * minute)
  }

  /** New settings or another password: what failed before says nothing any more. */
  forget(account: AccountId): void {
    this.#accounts.delete(account)
  }

  #wasAsked(id: AccountId, since: number): boolean {
    const state = this.#accounts.get(id)
    return state !== undefined && state.failures === 0 && state.endedAt > since
  }

  #followSettings({ everyMinutes, now }: ScheduleFacts): void {
    if (everyMinutes === this.#every) return
    this.#every = everyMinutes
    if (!this.#isFirst) this.#nextAt = this.#after(now)
  }

  #followClock(now: number): void {
    const passed = now - this.#lastTick
    this.#lastTick = now
    if (this.#nextAt === null) return
    // Set back: what was to come in a quarter of an hour must not come tomorrow.
    if (passed < 0) this.#moveBack(-passed)
    // Slept, or set forward: one check, once the network had time to come back.
    else if (passed > 4 * tickMs && this.#nextAt <= now) this.#nextAt = now + settleMs
  }

  #moveBack(by: number): void {
    if (this.#nextAt !== null) this.#nextAt -= by
    for (const [id, state] of this.#accounts) {
      this.#accounts.set(id, { ...state, endedAt: state.endedAt - by, pausedUntil: state.pausedUntil && state.pausedUntil - by })
    }
  }

  #followNetwork({ network, now }: ScheduleFacts): void {
    const before = this.#network
    this.#network = network
    if (before === undefined || before === network || network === '' || this.#nextAt === null) return
    if (before !== '' && this.#withoutNetwork === 0) return
    this.#withoutNetwork = 0
    this.#nextAt = Math.min(this.#nextAt, now + settleMs)
  }

  #after(now: number): number | null {
    if (this.#every === null) return null
    const interval = this.#every * minute
    return now + interval + Math.round(this.#jitter() * Math.min(interval / 20, minute))
  }
}
