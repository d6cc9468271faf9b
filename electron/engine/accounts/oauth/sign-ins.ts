import { randomUUID } from 'node:crypto'
import type { Account, IncomingProtocol } from '../../../../shared/domain/account.ts'
import { oauthOf, providerOfHost, type OAuthSettings, type OAuthStep, type OAuthWay } from '../../../../shared/domain/oauth.ts'
import type { Settings } from '../../../../shared/domain/settings.ts'
import { MailError } from '../../../../shared/errors/mail-error.ts'
import type { Logger } from '../../log.ts'
import type { Clock, SecretPort } from '../../ports.ts'
import type { Routes } from '../routes.ts'
import { listedProviders } from './oauth-providers.ts'
import { OAuthTokens, type TokenAccount } from './oauth-tokens.ts'
import { type ClientQuestion, registrationOf, tokenScopeOf } from './registration.ts'
import type { ProxyFor } from './routed-fetch.ts'
import { runSignIn } from './sign-in-flows.ts'
import type { Tokens } from './token-endpoint.ts'

export interface SignInsParts {
  readonly secrets: SecretPort
  readonly clock: Clock
  readonly log: Logger
  readonly settings: () => Settings
  /** Providers are reached the way that the account's servers are. */
  readonly routes: Pick<Routes, 'to' | 'systemProxy'>
}

export interface SignInWish {
  readonly oauth: OAuthSettings
  readonly protocol: IncomingProtocol
  readonly user: string
  readonly way: OAuthWay
  readonly signal: AbortSignal
  readonly onStep: (step: OAuthStep) => void
}

interface Fetched {
  readonly scope: string
  readonly tokens: Tokens
}

/** More than anybody opens wizards in one session. */
const mostTickets = 20

/** Sign-ins by browser: those of stored accounts, and those of accounts that the wizard is still making. */
export class SignIns {
  readonly tokens: OAuthTokens
  readonly #parts: SignInsParts
  /** Tokens never go to a window; it holds a ticket for them. */
  readonly #tickets = new Map<string, Fetched>()

  constructor(parts: SignInsParts) {
    this.#parts = parts
    this.tokens = new OAuthTokens({
      ...parts,
      scopeOf: (account) => tokenScopeOf(this.#questionOf(account)),
      registrationOf: (account, signal) =>
        registrationOf({ ...this.#questionOf(account), secrets: parts.secrets, proxyFor: this.#wayOf(account), signal }),
    })
  }

  /** Lets the user sign in, and keeps the tokens for this account. */
  async forAccount(account: Account, wish: SignInWish): Promise<void> {
    const { scope, tokens } = await this.#fetch(wish, this.#wayOf(account))
    await this.tokens.keep(account, scope, tokens)
  }

  /** Lets the user sign in for an account that is not there yet; the ticket is for `claim` and for the connection doctor. */
  async forTicket(wish: SignInWish): Promise<string> {
    const ticket = randomUUID()
    const { routes } = this.#parts
    this.#tickets.set(ticket, await this.#fetch(wish, (host, port) => routes.systemProxy({ host, port })))
    const [oldest] = this.#tickets.keys()
    if (this.#tickets.size > mostTickets && oldest !== undefined) this.#tickets.delete(oldest)
    return ticket
  }

  /** The account has been made now. */
  async claim(ticket: string, account: Account): Promise<void> {
    const { scope, tokens } = this.#ticket(ticket)
    await this.tokens.keep(account, scope, tokens)
    this.#tickets.delete(ticket)
  }

  tokenOfTicket(ticket: string): string {
    return this.#ticket(ticket).tokens.access
  }

  #ticket(ticket: string): Fetched {
    const fetched = this.#tickets.get(ticket)
    if (!fetched) throw new MailError('oauth-missing', 'The sign-in of this ticket is not known any more.')
    return fetched
  }

  async #fetch({ oauth, protocol, user, way, signal, onStep }: SignInWish, proxyFor: ProxyFor): Promise<Fetched> {
    const { secrets, settings } = this.#parts
    const question = { oauth, protocol, settings: settings() }
    const registration = await registrationOf({ ...question, secrets, proxyFor, signal })
    return { scope: tokenScopeOf(question), tokens: await runSignIn(way, { registration, user, signal, onStep }) }
  }

  #wayOf(account: TokenAccount): ProxyFor {
    return async (host, port) => (await this.#parts.routes.to({ host, port }, account, account.id)).proxy
  }

  /** An account that a file has brought may only say that it is for the browser: then its server tells where. */
  #questionOf({ oauth: own, protocol, incoming }: TokenAccount): ClientQuestion {
    const provider = providerOfHost(listedProviders, incoming.host)
    const oauth = own ?? (provider && oauthOf(provider.id))
    if (!oauth) throw new MailError('oauth-missing', 'The account names no provider to sign in with.')
    return { oauth, protocol, settings: this.#parts.settings() }
  }
}
