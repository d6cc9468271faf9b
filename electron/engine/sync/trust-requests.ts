import type { Account } from '../../../shared/domain/account.ts'
import { type PinnedCertificate, serverKey, withPin } from '../../../shared/domain/certificate.ts'
import type { AccountId } from '../../../shared/domain/ids.ts'
import type { CertificateQuestion, TrustRequest } from '../../../shared/domain/trust-request.ts'
import { MailError } from '../../../shared/errors/mail-error.ts'
import type { EventBus } from '../event-bus.ts'
import type { Policy } from '../policy/policy.ts'
import type { Clock } from '../ports.ts'
import type { Store } from '../store/store.ts'

interface OpenRequest {
  readonly request: TrustRequest
  readonly settle: (accept: boolean) => void
}

export interface TrustParts {
  readonly store: Store
  readonly clock: Clock
  readonly events: EventBus
  readonly policy: Policy
}

export interface TrustContext {
  readonly account: Account
  readonly signal: AbortSignal
  /** Background checks never ask: they fail, and the status bar shows it. */
  readonly mayAsk: boolean
}

/** Puts certificates that nothing vouches for to every window, and keeps what is accepted: one certificate, one account, one server. */
export class TrustRequests {
  readonly #open = new Map<number, OpenRequest>()
  readonly #parts: TrustParts
  #next = 1

  constructor(parts: TrustParts) {
    this.#parts = parts
  }

  /** Runs `connect`; once more after each certificate that the user accepts, with what is trusted then. */
  async during<T>({ account, signal, mayAsk }: TrustContext, connect: () => Promise<T>): Promise<T> {
    const asked = new Set<string>()
    for (;;) {
      try {
        return await connect()
      } catch (error) {
        const question = questionIn(error, this.#parts.store.accounts.find(account.id))
        if (!question || !mayAsk || signal.aborted || this.#parts.policy.isLocked(account, 'trust')) throw error
        const { fingerprint } = question.certificate
        if (asked.has(fingerprint)) throw error
        asked.add(fingerprint)
        if (!(await this.#ask({ account: account.id, question }, signal))) throw error
        this.pin(account.id, pinOf(question, this.#parts.clock))
      }
    }
  }

  pending(): readonly TrustRequest[] {
    return [...this.#open.values()].map((entry) => entry.request)
  }

  answer(request: number, accept: boolean): void {
    const entry = this.#open.get(request)
    if (!entry) throw new MailError('bad-input', `Trust request ${request} is not open any more.`)
    const isSame = ({ account, question }: TrustRequest) =>
      account === entry.request.account &&
      question.certificate.fingerprint === entry.request.question.certificate.fingerprint &&
      serverKey(question.host, question.port) === serverKey(entry.request.question.host, entry.request.question.port)
    // Two connections of an account may have met it at the same time.
    for (const each of [...this.#open.values()]) if (isSame(each.request)) each.settle(accept)
  }

  #ask({ account, question }: Omit<TrustRequest, 'request'>, signal: AbortSignal): Promise<boolean> {
    const request: TrustRequest = { request: this.#next++, account, question }
    return new Promise((resolve, reject) => {
      const onAbort = () => {
        this.#close(request.request)
        reject(signal.reason)
      }
      const settle = (accept: boolean) => {
        signal.removeEventListener('abort', onAbort)
        this.#close(request.request)
        resolve(accept)
      }
      signal.addEventListener('abort', onAbort, { once: true })
      this.#open.set(request.request, { request, settle })
      this.#parts.events.emit('trustNeeded', request)
    })
  }

  /** From now on the account trusts it. */
  pin(id: AccountId, pin: PinnedCertificate): void {
    const { store } = this.#parts
    store.transaction(() => {
      const account = store.accounts.get(id)
      const certificates = withPin(account.trust.certificates, pin)
      store.accounts.update(id, { ...account, trust: { ...account.trust, certificates } })
    })
  }

  #close(request: number): void {
    this.#open.delete(request)
    this.#parts.events.emit('trustClosed', { request })
  }
}

function pinOf({ host, port, certificate }: CertificateQuestion, clock: Clock): PinnedCertificate {
  const { problems: _problems, ...facts } = certificate
  return { fingerprint: facts.fingerprint, server: serverKey(host, port), since: clock.now(), facts }
}

/** What there is to ask about a failure; undefined: it is not about a certificate. */
function questionIn(error: unknown, account: Account | undefined): CertificateQuestion | undefined {
  if (!(error instanceof MailError) || !account) return undefined
  const { certificate, server, port } = error.detail
  if (!certificate || server === undefined || port === undefined) return undefined
  const key = serverKey(server, port)
  return {
    ...{ accountName: account.name, host: server, port, code: error.code, certificate },
    replaces: account.trust.certificates.find((pin) => pin.server === key) ?? null,
  }
}
