import type { Account } from '../../../shared/domain/account.ts'
import type { RunProgress } from '../../../shared/domain/run.ts'
import { toErrorInfo } from '../../../shared/errors/mail-error.ts'
import type { EventBus } from '../event-bus.ts'
import type { Logger } from '../log.ts'
import type { Clock } from '../ports.ts'
import type { Store } from '../store/store.ts'
import { connectedBy } from './network-changes.ts'
import type { Runs } from './runs.ts'
import { SchedulePlan } from './schedule-plan.ts'

export interface ScheduleParts {
  readonly store: Store
  readonly events: EventBus
  readonly log: Logger
  readonly clock: Clock
  readonly runs: Pick<Runs, 'start' | 'current'>
  /** What connects this computer with others; tests give their own. */
  readonly network?: () => string
}

/** Sends and receives without being asked: at the start and every so many minutes. Its runs never open a dialog. */
export class Schedule {
  readonly #parts: ScheduleParts
  #plan: SchedulePlan | undefined
  #timer: NodeJS.Timeout | undefined
  #stopListening = () => {}

  constructor(parts: ScheduleParts) {
    this.#parts = parts
  }

  /** For programs with a window. The command line and tests connect only when told to. */
  begin(): void {
    const { store, events, clock } = this.#parts
    const checkAtStart = store.settings.get().checkAtStartup && store.accounts.list().length > 0
    const plan = new SchedulePlan({ now: clock.now(), checkAtStart, jitter: () => Math.random() * 2 - 1 })
    this.#plan = plan
    const stops = [
      events.on('runProgress', (run) => run.isFinished && plan.ended(endsOf(run), clock.now())),
      events.on('changes', ({ accounts }) => {
        if (accounts) for (const { id } of store.accounts.list()) plan.forget(id)
      }),
    ]
    this.#stopListening = () => {
      for (const stop of stops) stop()
    }
    this.#wait(plan)
  }

  stop(): void {
    clearTimeout(this.#timer)
    this.#stopListening()
    this.#plan = undefined
  }

  #wait(plan: SchedulePlan): void {
    this.#timer = setTimeout(() => {
      this.#tick(plan)
      if (this.#plan === plan) this.#wait(plan)
    }, plan.wait(this.#parts.clock.now()))
    // What nobody asked for keeps no program from ending.
    this.#timer.unref()
  }

  #tick(plan: SchedulePlan): void {
    const { store, clock, log, runs, network = connectedBy } = this.#parts
    const { offline, checkEveryMinutes } = store.settings.get()
    const now = clock.now()
    const isBusy = runs.current().some((run) => !run.isFinished)
    if (!plan.tick({ now, isOffline: offline, everyMinutes: checkEveryMinutes, isBusy, network: network() })) return
    try {
      this.#check(plan, now)
    } catch (error) {
      log.warn('a check by itself could not begin', { code: toErrorInfo(error).code })
    }
  }

  #check(plan: SchedulePlan, now: number): void {
    const { store, runs, log } = this.#parts
    const accounts = store.accounts.list()
    const { send, receive } = plan.choose(ids(accounts), now)
    const receiveFrom = ids(accounts.filter(({ id, includeInReceive }) => includeInReceive && receive.includes(id)))
    const resting = accounts.length - send.length
    if (resting > 0) log.info('accounts rest after failures', { accounts: resting })
    if (send.length === 0) return
    const { done } = runs.start({ accounts: send, receive: true, receiveFrom, send: true, isForeground: false, bodies: 'on-demand' })
    done.catch((error: unknown) => log.error('a check by itself failed', { code: toErrorInfo(error).code }))
  }
}

const ids = (accounts: readonly Account[]) => accounts.map(({ id }) => id)

function endsOf(run: RunProgress) {
  return run.tasks
    .filter(({ kind, state }) => kind === 'receive' && (state === 'completed' || state === 'failed'))
    .map(({ account, error }) => ({ account, code: error?.code ?? null }))
}
