import type { AccountId } from '../../../shared/domain/ids.ts'
import type { LoggedProtocol } from '../../../shared/domain/log-files.ts'
import type { Clock } from '../ports.ts'
import type { LogFiles } from './log-files.ts'
import { traceGuard } from './trace-guard.ts'

const keptLines = 500
const longestLine = 500

/** The last lines of each account's protocols, in memory only, without secrets (K5). Always on: faults rarely come twice. */
export class ProtocolLog {
  readonly #rings = new Map<string, string[]>()
  readonly #clock: Clock
  readonly #files: LogFiles | undefined

  constructor(clock: Clock, files?: LogFiles) {
    this.#clock = clock
    this.#files = files
  }

  /** Where the lines of one new connection go. */
  tracer(account: AccountId, protocol: LoggedProtocol): (line: string) => void {
    const key = `${account} ${protocol}`
    const ring = this.#rings.get(key) ?? []
    this.#rings.set(key, ring)
    const keep = (line: string) => {
      this.#files?.write(protocol, line, new Date(this.#clock.now()))
      ring.push(`${this.#time()} ${line.slice(0, longestLine)}`)
      // Not one by one: shifting a full array for every line would cost more than the line.
      if (ring.length >= 2 * keptLines) ring.splice(0, ring.length - keptLines)
    }
    keep(`-- new connection of account ${account}`)
    return traceGuard(keep)
  }

  /** Oldest first. */
  lines(account: AccountId, protocol: LoggedProtocol): readonly string[] {
    return (this.#rings.get(`${account} ${protocol}`) ?? []).slice(-keptLines)
  }

  forget(account: AccountId): void {
    for (const protocol of ['POP3', 'IMAP', 'SMTP'] as const) this.#rings.delete(`${account} ${protocol}`)
  }

  #time(): string {
    return new Date(this.#clock.now()).toISOString().slice(11, 23)
  }
}
