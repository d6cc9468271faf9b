import type { Account } from '../../../../shared/domain/account.ts'
import { MailError, toErrorInfo, withDetail } from '../../../../shared/errors/mail-error.ts'
import type { Direction, Passwords } from '../passwords.ts'
import { isForTheUser } from './oauth-errors.ts'
import type { OAuthTokens } from './oauth-tokens.ts'

export interface TokenContext {
  readonly passwords: Passwords
  readonly tokens: OAuthTokens
  readonly mayAsk: boolean
  readonly signal: AbortSignal
}

export interface TokenCredentials {
  readonly user: string
  /** The access token. */
  readonly password: string
}

/** Whether this half of an account logs on with a token: outgoing mail does with "same as incoming". */
export function usesToken(account: Pick<Account, 'incoming' | 'outgoing'>, direction: Direction): boolean {
  return account.incoming.signIn === 'oauth2' && (direction === 'incoming' || account.outgoing.signIn === 'same')
}

/**
 * Opens something that needs an access token. One that the server refuses is refreshed once; after that only the user can help, who is
 * asked to sign in again (A12). Background work never asks: it fails with the reason.
 */
export async function signInByToken<T>(
  account: Account,
  direction: Direction,
  context: TokenContext,
  open: (credentials: TokenCredentials) => Promise<T>,
): Promise<T> {
  const { passwords, mayAsk, signal } = context
  for (;;) {
    try {
      return await withFreshToken(account, context, open)
    } catch (error) {
      if (!isForTheUser(error) || !mayAsk) throw error
      const question = { account, direction, reason: 'refused', reply: error.detail.reply ?? '', oauth: toErrorInfo(error) } as const
      if (!(await passwords.ask(question, signal))) throw error
    }
  }
}

/** With at most one refresh. Throws `oauth-token-refused` when the server takes no token of this account. */
export async function withFreshToken<T>(
  account: Account,
  { tokens, signal }: Pick<TokenContext, 'tokens' | 'signal'>,
  open: (credentials: TokenCredentials) => Promise<T>,
): Promise<T> {
  const { user } = account.incoming
  const first = await tokens.current(account, { signal })
  try {
    return await open({ user, password: first })
  } catch (error) {
    if (!isRefusal(error)) throw error
  }
  const second = await tokens.current(account, { signal, refused: first })
  try {
    return await open({ user, password: second })
  } catch (error) {
    if (!isRefusal(error)) throw error
    const isClock = await tokens.isClockWrong(account.id)
    const { detail } = withDetail(error, {})
    throw new MailError(isClock ? 'oauth-clock' : 'oauth-token-refused', 'The server takes no token of this account.', detail, error)
  }
}

/** Whether a server did not take a token. */
export function isRefusal(error: unknown): boolean {
  const { code } = toErrorInfo(error)
  return code === 'sign-in-refused' || code === 'sign-in-expired'
}
