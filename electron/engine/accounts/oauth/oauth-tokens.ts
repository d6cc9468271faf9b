import type { Account } from '../../../../shared/domain/account.ts'
import type { AccountId } from '../../../../shared/domain/ids.ts'
import { MailError, toErrorInfo, withDetail } from '../../../../shared/errors/mail-error.ts'
import type { Logger } from '../../log.ts'
import type { Clock, SecretPort } from '../../ports.ts'
import { stopped } from '../../protocol/connect-tls.ts'
import { isClockFarOff } from './oauth-errors.ts'
import { refreshTokens, type Registration, type Tokens } from './token-endpoint.ts'

export interface OAuthTokensParts {
  readonly secrets: SecretPort
  readonly clock: Clock
  readonly log: Logger
  /** What tokens of this account are good for, see `tokenScopeOf`. Both throw `oauth-client-missing` and the like. */
  readonly scopeOf: (account: TokenAccount) => string
  readonly registrationOf: (account: TokenAccount, signal: AbortSignal) => Promise<Registration>
}

/** Whose tokens: an account that is stored, as it is or as Properties would have it. */
export type TokenAccount = Pick<Account, 'id' | 'name' | 'protocol' | 'incoming' | 'oauth' | 'trust' | 'connection' | 'practice'>

export interface TokenWish {
  readonly signal: AbortSignal
  /** A server did not take this one, although it looked good. */
  readonly refused?: string | undefined
}

/** As it lies in the keychain. */
interface Kept {
  /** Tokens of another client, or for other things, are of no use. */
  readonly scope: string
  readonly access: string
  readonly refresh: string | null
  /** Epoch ms by our own clock, as is the other one: only their difference counts. */
  readonly obtainedAt: number
  /** null: until a server refuses it. */
  readonly expiresAt: number | null
  readonly clockAheadSeconds: number
}

/** A token this close to its end could be refused on the way. */
const marginMs = 120_000
const refreshMs = 30_000

/** Access tokens by account, shared by all of its connections, refreshed before they expire and one at a time. */
export class OAuthTokens {
  readonly #parts: OAuthTokensParts
  readonly #session = new Map<AccountId, Kept>()
  readonly #refreshing = new Map<AccountId, Promise<Kept>>()
  /** Why there is no use in asking the provider again before the user has signed in. */
  readonly #ended = new Map<AccountId, MailError>()

  constructor(parts: OAuthTokensParts) {
    this.#parts = parts
  }

  /** A token that should work. Throws `oauth-missing` when nobody has signed in, and what the provider answers. */
  async current(account: TokenAccount, { signal, refused }: TokenWish): Promise<string> {
    const ended = this.#ended.get(account.id)
    if (ended) throw withDetail(ended, detailOf(account))
    const kept = await this.#find(account.id)
    try {
      if (kept?.scope !== this.#parts.scopeOf(account)) throw new MailError('oauth-missing', 'Nobody has signed in yet.')
      if (kept.access !== refused && this.#isFresh(kept)) return kept.access
      return (await this.#refreshed(account, kept, signal)).access
    } catch (error) {
      throw withDetail(error, detailOf(account))
    }
  }

  /** After a sign-in of the user. */
  async keep(account: TokenAccount, scope: string, tokens: Tokens): Promise<void> {
    this.#ended.delete(account.id)
    await this.#store(account, this.#keptFrom(scope, tokens, null))
  }

  async forget(account: AccountId): Promise<void> {
    this.#session.delete(account)
    this.#ended.delete(account)
    await this.#parts.secrets.delete(keyOf(account))
  }

  /** Keeps them for this session only, as when "Remember password" was unticked. */
  async unremember(account: AccountId): Promise<void> {
    const kept = await this.#find(account)
    if (kept) this.#session.set(account, kept)
    await this.#parts.secrets.delete(keyOf(account))
  }

  /** Whether this computer's clock was wrong when the provider was last asked: then good tokens look bad to servers. */
  async isClockWrong(account: AccountId): Promise<boolean> {
    return isClockFarOff((await this.#find(account))?.clockAheadSeconds ?? 0)
  }

  #isFresh({ obtainedAt, expiresAt }: Kept): boolean {
    const now = this.#parts.clock.now()
    // A clock that was put back would let a token live for too long.
    if (now < obtainedAt - marginMs) return false
    return expiresAt === null || now < expiresAt - Math.min(marginMs, (expiresAt - obtainedAt) / 2)
  }

  /** All who need a token at the same time wait for the same answer; one who stops waiting does not stop it. */
  #refreshed(account: TokenAccount, kept: Kept, signal: AbortSignal): Promise<Kept> {
    const running = this.#refreshing.get(account.id) ?? this.#refresh(account, kept)
    this.#refreshing.set(account.id, running)
    void running.catch(() => {}).finally(() => this.#refreshing.get(account.id) === running && this.#refreshing.delete(account.id))
    return unlessStopped(running, signal)
  }

  async #refresh(account: TokenAccount, kept: Kept): Promise<Kept> {
    if (kept.refresh === null) throw this.#end(account, new MailError('oauth-revoked', 'There is nothing to get a new token with.'))
    try {
      const patience = AbortSignal.timeout(refreshMs)
      const tokens = await refreshTokens(await this.#parts.registrationOf(account, patience), kept.refresh, patience)
      const next = this.#keptFrom(kept.scope, tokens, kept.refresh)
      await this.#store(account, next)
      return next
    } catch (error) {
      throw toErrorInfo(error).code === 'oauth-revoked' ? this.#end(account, error) : error
    }
  }

  #end(account: TokenAccount, error: unknown): MailError {
    const ended = withDetail(error, {})
    this.#ended.set(account.id, ended)
    this.#parts.log.info('a browser sign-in has ended', { account: account.id })
    return ended
  }

  #keptFrom(scope: string, tokens: Tokens, refreshBefore: string | null): Kept {
    const now = this.#parts.clock.now()
    const { access, refresh, expiresInSeconds, clockAheadSeconds } = tokens
    return {
      scope,
      access,
      refresh: refresh ?? refreshBefore,
      obtainedAt: now,
      expiresAt: expiresInSeconds === null ? null : now + expiresInSeconds * 1000,
      clockAheadSeconds,
    }
  }

  /** At once: a provider that gives a new refresh token has made the old one worthless. */
  async #store({ id, incoming }: TokenAccount, kept: Kept): Promise<void> {
    this.#session.set(id, kept)
    if (!incoming.rememberPassword) return
    await this.#parts.secrets.set(keyOf(id), JSON.stringify(kept)).catch((error: unknown) => {
      this.#parts.log.warn('a token lives only until the program ends', { account: id, reason: toErrorInfo(error).code })
    })
  }

  async #find(account: AccountId): Promise<Kept | undefined> {
    const known = this.#session.get(account)
    if (known) return known
    const stored = keptFromText(await this.#parts.secrets.get(keyOf(account)))
    // Somebody may have signed in while the keychain was asked.
    const kept = this.#session.get(account) ?? stored
    if (kept) this.#session.set(account, kept)
    return kept
  }
}

const keyOf = (account: AccountId): string => `account-${account}-oauth`

const detailOf = ({ name, incoming }: TokenAccount) => ({ account: name, server: incoming.host, user: incoming.user, action: 'sign in' })

function keptFromText(text: string | undefined): Kept | undefined {
  if (text === undefined) return undefined
  try {
    const kept: unknown = JSON.parse(text)
    return typeof kept === 'object' && kept !== null && 'access' in kept && 'scope' in kept ? (kept as Kept) : undefined
  } catch {
    return undefined // written by somebody else: as good as no sign-in at all
  }
}

async function unlessStopped<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  const { promise: ended, reject } = Promise.withResolvers<never>()
  const stop = () => reject(stopped(signal))
  signal.addEventListener('abort', stop, { once: true })
  if (signal.aborted) stop()
  try {
    return await Promise.race([work, ended])
  } finally {
    signal.removeEventListener('abort', stop)
  }
}
