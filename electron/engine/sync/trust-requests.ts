import type { Account } from '../../../shared/domain/account.ts'
import { type PinnedCertificate, serverKey, withPin } from '../../../shared/domain/certificate.ts'
import type { AccountId } from '../../../shared/domain/ids.ts'
import type { CertificateQuestion, TrustRequest } from '../../../shared/domain/trust-request.ts'
import { MailError } from '../../../shared/errors/mail-error.ts'
import type { EventBus } from '../event-bus.ts'
import type { Policy } from '../policy/policy.ts'
import type { Clock } from '../ports.ts'
import type { Store } from '../store/store.ts'
import { OpenQuestions } from './open-questions.ts'

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
  readonly #parts: TrustParts
  readonly #questions: OpenQuestions<TrustRequest>

  constructor(parts: TrustParts) {
    this.#parts = parts
    this.#questions = new OpenQuestions({
      onNeeded: (request) => parts.events.emit('trustNeeded', request),
      onClosed: (request) => parts.events.emit('trustClosed', { request }),
    })
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
        if (!(await this.#questions.ask((request) => ({ request, account: account.id, question }), signal))) throw error
        this.pin(account.id, pinOf(question, this.#parts.clock))
      }
    }
  }

  pending(): readonly TrustRequest[] {
    return this.#questions.pending()
  }

  /** Two connections of an account may have met the same certificate at the same time. */
  answer(request: number, accept: boolean): void {
    this.#questions.answer(request, accept, asksTheSame)
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
}

function asksTheSame(one: TrustRequest, other: TrustRequest): boolean {
  const serverOf = ({ question }: TrustRequest) => serverKey(question.host, question.port)
  const isSameCertificate = one.question.certificate.fingerprint === other.question.certificate.fingerprint
  return isSameCertificate && one.account === other.account && serverOf(one) === serverOf(other)
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
