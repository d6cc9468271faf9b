import { type ErrorDetail, MailError } from '../../../../shared/errors/mail-error.ts'
import { ImapClient } from './imap-client.ts'
import { type ImapFailure, toImapError } from './imap-errors.ts'
import { hider } from './imap-trace.ts'
import type { ImapTarget } from './imap-types.ts'

const logoutMs = 2_000

export interface Doing {
  /** What did not happen, for the error details: "open the folder". */
  readonly action: string
  readonly path?: string | undefined
}

/** Owns the library's client: one piece of work at a time, an end that reaches whoever waits, and every failure as a MailError. */
export class ImapConnection {
  readonly client: ImapClient
  readonly #target: ImapTarget
  readonly #signal: AbortSignal
  readonly #hidden: (text: string) => string
  readonly #closedListeners = new Set<(reason: MailError | undefined) => void>()
  #isEnded = false
  #reason: unknown
  #interrupt: (reason: unknown) => void = () => {}
  #tail: Promise<unknown> = Promise.resolve()
  #keepAlive: NodeJS.Timeout | undefined

  constructor(target: ImapTarget, signal: AbortSignal, trace?: (line: string) => void) {
    this.#target = target
    this.#signal = signal
    this.#hidden = hider(target.user, target.password)
    this.client = new ImapClient(target, trace)
    // First of all: an 'error' event without a listener ends the process.
    this.client.on('error', (error) => this.#end(error))
    this.client.on('close', () => this.#end(this.client.closedByClient ? undefined : lost(this.client.byeReason)))
    signal.addEventListener('abort', this.#abort, { once: true })
  }

  readonly #abort = () => this.#end(new MailError('cancelled', 'The work was stopped.'))

  get isUsable(): boolean {
    return !this.#isEnded && this.client.usable
  }

  /** Called once; `reason` is undefined when we ended it. Returns how to stop listening. */
  onClosed(listener: (reason: MailError | undefined) => void): () => void {
    this.#closedListeners.add(listener)
    return () => this.#closedListeners.delete(listener)
  }

  /** One at a time, so that the last refusal belongs to the work at hand. */
  run<T>(doing: Doing, work: (client: ImapClient) => Promise<T>): Promise<T> {
    const turn = this.#tail.then(async () => {
      if (this.#isEnded) throw this.fail(this.#reason ?? closedByUs(), doing)
      this.client.lastRefusal = undefined
      this.client.lastFailure = undefined
      clearTimeout(this.#keepAlive)
      try {
        return await this.#untilEnded(work)
      } catch (error) {
        throw this.fail(this.#reason ?? error, doing)
      } finally {
        this.#armKeepAlive()
      }
    })
    this.#tail = turn.catch(() => {}) // The caller has the failure; the next in line must not get it.
    return turn
  }

  /** Where the library says `false`, a command has failed. */
  accepted<T>(doing: Doing, work: (client: ImapClient) => Promise<T | false | undefined>): Promise<T> {
    return this.run(doing, async (client) => {
      const result = await work(client)
      if (result === false || result === undefined) throw client.lastFailure ?? notSent()
      return result
    })
  }

  /** Any failure with the facts of this connection. */
  fail(error: unknown, { action, path }: Doing): MailError {
    const { host: server, port, security: secure, user, accountName: account } = this.#target
    const facts: ErrorDetail = { account, server, port, protocol: 'IMAP', secure, user, action }
    const detail = path === undefined ? facts : { ...facts, path }
    return toImapError(error, { detail, refusal: this.client.lastRefusal, hidden: this.#hidden })
  }

  /** Says good-bye, and hangs up even if the server does not answer that. Never throws. */
  async close(): Promise<void> {
    if (this.isUsable) {
      const timer = setTimeout(() => this.destroy(), logoutMs)
      // What LOGOUT is answered with does not matter any more.
      await this.client.logout().catch(() => {})
      clearTimeout(timer)
    }
    this.destroy()
  }

  /** Ends the session at once; what is still waiting fails with `connection-lost`. */
  destroy(): void {
    this.#end(undefined)
  }

  #untilEnded<T>(work: (client: ImapClient) => Promise<T>): Promise<T> {
    return new Promise((resolve, reject) => {
      this.#interrupt = reject
      work(this.client).then(resolve, reject)
    })
  }

  /** The library takes silence for a dead server even when nothing was asked. */
  #armKeepAlive(): void {
    clearTimeout(this.#keepAlive)
    if (!this.isUsable) return
    const nudge = () => void this.run({ action: 'keep the connection' }, (client) => client.noop()).catch(() => this.destroy())
    this.#keepAlive = setTimeout(nudge, this.#target.timeoutMs / 2).unref()
  }

  #end(reason: unknown): void {
    if (this.#isEnded) return
    this.#isEnded = true
    this.#reason = reason
    clearTimeout(this.#keepAlive)
    this.#signal.removeEventListener('abort', this.#abort)
    this.client.close()
    this.#interrupt(reason ?? closedByUs())
    const known = reason === undefined ? undefined : this.fail(reason, { action: 'keep the connection' })
    for (const listener of this.#closedListeners) listener(known)
  }
}

/** As the library says it to whoever waits, BYE included. */
function lost(byeReason: string | undefined): ImapFailure {
  return Object.assign(new Error('The server closed the connection.'), { code: 'NoConnection', reason: byeReason })
}

/** The library sends nothing any more once the server has said BYE. */
function notSent(): MailError {
  return new MailError('connection-lost', 'The command was not sent.')
}

function closedByUs(): MailError {
  return new MailError('connection-lost', 'The session was closed.')
}
