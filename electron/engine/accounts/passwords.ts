import type { Account } from '../../../shared/domain/account.ts'
import type { AccountId } from '../../../shared/domain/ids.ts'
import type { LogonRequest } from '../../../shared/domain/run.ts'
import { type ErrorInfo, MailError } from '../../../shared/errors/mail-error.ts'
import type { EventBus } from '../event-bus.ts'
import type { SecretPort } from '../ports.ts'

export type Direction = 'incoming' | 'outgoing'

/** What the user typed into the logon prompt; undefined: cancelled. */
export interface LogonAnswer {
  readonly user: string
  readonly password: string
  readonly remember: boolean
}

export interface LogonQuestion {
  readonly account: Account
  readonly direction: Direction
  readonly reason: LogonRequest['reason']
  readonly reply: string
  /** Only a sign-in with the browser helps, and why. */
  readonly oauth?: ErrorInfo
}

/**
 * Passwords by account and direction: those of this session, then those of the host's secret port, then the user.
 * A password that is not to be remembered lives in memory until the program ends.
 */
export class Passwords {
  readonly #session = new Map<string, string>()
  readonly #open = new Map<number, { readonly request: LogonRequest; readonly settle: (answer: LogonAnswer | undefined) => void }>()
  readonly #secrets: SecretPort
  readonly #events: EventBus
  #next = 1

  constructor(secrets: SecretPort, events: EventBus) {
    this.#secrets = secrets
    this.#events = events
  }

  async find(account: AccountId, direction: Direction): Promise<string | undefined> {
    const key = keyOf(account, direction)
    return this.#session.get(key) ?? (await this.#secrets.get(key))
  }

  async set(account: AccountId, direction: Direction, password: string, remember: boolean): Promise<void> {
    const key = keyOf(account, direction)
    this.#session.set(key, password)
    if (remember) await this.#secrets.set(key, password)
    else await this.#secrets.delete(key)
  }

  /** Keeps the password for this session only, as when "Remember password" was unticked. */
  async unremember(account: AccountId, direction: Direction): Promise<void> {
    await this.#secrets.delete(keyOf(account, direction))
  }

  async forget(account: AccountId): Promise<void> {
    for (const direction of ['incoming', 'outgoing'] as const) {
      this.#session.delete(keyOf(account, direction))
      await this.#secrets.delete(keyOf(account, direction))
    }
  }

  /** Puts the question to every window and waits; the first answer counts. */
  ask(question: LogonQuestion, signal: AbortSignal): Promise<LogonAnswer | undefined> {
    signal.throwIfAborted()
    const { account, direction, reason, reply } = question
    const server = direction === 'incoming' ? account.incoming : account.outgoing
    const request: LogonRequest = {
      request: this.#next++,
      account: account.id,
      accountName: account.name,
      direction,
      server: server.host,
      user: direction === 'outgoing' && account.outgoing.signIn === 'same' ? account.incoming.user : server.user,
      reason,
      reply,
      oauth: question.oauth ?? null,
    }
    return new Promise((resolve, reject) => {
      const onAbort = () => {
        this.#close(request.request)
        reject(signal.reason)
      }
      const settle = (answer: LogonAnswer | undefined) => {
        signal.removeEventListener('abort', onAbort)
        this.#close(request.request)
        resolve(answer)
      }
      signal.addEventListener('abort', onAbort, { once: true })
      this.#open.set(request.request, { request, settle })
      this.#events.emit('logonNeeded', request)
    })
  }

  pending(): readonly LogonRequest[] {
    return [...this.#open.values()].map((entry) => entry.request)
  }

  answer(request: number, answer: LogonAnswer | undefined): void {
    const entry = this.#open.get(request)
    if (!entry) throw new MailError('bad-input', `Logon request ${request} is not open any more.`)
    entry.settle(answer)
  }

  /** The user has signed in with the browser: all of the account that wait for it go on. */
  signedIn(account: AccountId): void {
    for (const { request, settle } of [...this.#open.values()]) {
      if (request.oauth && request.account === account) settle({ user: request.user, password: '', remember: true })
    }
  }

  #close(request: number): void {
    this.#open.delete(request)
    this.#events.emit('logonClosed', { request })
  }
}

function keyOf(account: AccountId, direction: Direction): string {
  return `account-${account}-${direction}`
}
