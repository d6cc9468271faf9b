import type { Account } from '../../../shared/domain/account.ts'
import type { AccountId } from '../../../shared/domain/ids.ts'
import { toErrorInfo } from '../../../shared/errors/mail-error.ts'
import type { ImapSession } from '../protocol/imap/imap-session.ts'

/** A connection costs a dozen round trips, so it is kept open for a while after its last use. */
const idleMs = 120_000

/** `sync` for passes that may take minutes; `read` for a message that somebody is waiting for; `watch` waits for the server's word. */
export type Lane = 'sync' | 'read' | 'watch'

export interface LaneRequest {
  readonly account: Account
  readonly lane: Lane
  readonly signal: AbortSignal
  readonly open: (signal: AbortSignal) => Promise<ImapSession>
}

interface LaneState {
  session: ImapSession | undefined
  /** Ends when the work before has ended: one command sequence at a time on one connection. */
  tail: Promise<unknown>
  idle: NodeJS.Timeout | undefined
  isBusy: boolean
}

/** At most one connection per account and lane; work on it is queued. */
export class ImapConnections {
  readonly #lanes = new Map<string, LaneState>()

  async use<T>(request: LaneRequest, work: (session: ImapSession) => Promise<T>): Promise<T> {
    const lane = this.#lane(request.account.id, request.lane)
    const before = lane.tail
    let release = () => {}
    lane.tail = new Promise<void>((resolve) => {
      release = resolve
    })
    try {
      await before
      request.signal.throwIfAborted()
      clearTimeout(lane.idle)
      lane.isBusy = true
      return await this.#run(lane, request, work)
    } finally {
      lane.isBusy = false
      lane.idle = setTimeout(() => this.#drop(lane), idleMs).unref()
      release()
    }
  }

  /** Ends all connections of an account, or all there are: Work Offline, changed settings, end of the program. */
  close(account?: AccountId): void {
    for (const [key, lane] of this.#lanes) {
      if (account === undefined || key.startsWith(`${account}:`)) this.#drop(lane)
    }
  }

  isBusy(account: AccountId, lane: Lane): boolean {
    return this.#lanes.get(`${account}:${lane}`)?.isBusy ?? false
  }

  /** The computer slept, or is in another network: what stands unused is dead, although nobody has noticed. */
  dropUnused(): void {
    for (const lane of this.#lanes.values()) {
      if (!lane.isBusy) this.#drop(lane)
    }
  }

  async #run<T>(lane: LaneState, request: LaneRequest, work: (session: ImapSession) => Promise<T>): Promise<T> {
    const { session } = lane
    if (!session?.isUsable) return this.#runOn(lane, request, work)
    try {
      return await this.#runOn(lane, request, work)
    } catch (error) {
      // Servers and routers forget connections that were kept: that is no failure of this work, which can be done twice (I10).
      if (session.isUsable || request.signal.aborted || toErrorInfo(error).code !== 'connection-lost') throw error
      return this.#runOn(lane, request, work)
    }
  }

  async #runOn<T>(lane: LaneState, { signal, open }: LaneRequest, work: (session: ImapSession) => Promise<T>): Promise<T> {
    if (!lane.session?.isUsable) lane.session = await open(signal)
    const { session } = lane
    // The library can't take one command back, so Stop means: end the connection.
    const onAbort = () => session.destroy()
    signal.addEventListener('abort', onAbort, { once: true })
    try {
      return await work(session)
    } catch (error) {
      signal.throwIfAborted()
      throw error
    } finally {
      signal.removeEventListener('abort', onAbort)
    }
  }

  #lane(account: AccountId, lane: Lane): LaneState {
    const key = `${account}:${lane}`
    const state = this.#lanes.get(key) ?? { session: undefined, tail: Promise.resolve(), idle: undefined, isBusy: false }
    this.#lanes.set(key, state)
    return state
  }

  #drop(lane: LaneState): void {
    clearTimeout(lane.idle)
    const { session } = lane
    lane.session = undefined
    // Not awaited: a server that does not answer LOGOUT must not hold anything up. close() itself has a short timeout.
    void session?.close().catch(() => session.destroy())
  }
}
