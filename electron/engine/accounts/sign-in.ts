import type { Account, AccountSettings } from '../../../shared/domain/account.ts'
import { MailError, toErrorInfo } from '../../../shared/errors/mail-error.ts'
import type { OAuthTokens } from './oauth/oauth-tokens.ts'
import { signInByToken, usesToken } from './oauth/sign-in-by-token.ts'
import type { Policy } from '../policy/policy.ts'
import type { Store } from '../store/store.ts'
import type { Direction, Passwords } from './passwords.ts'

export interface SignInContext {
  readonly store: Store
  readonly passwords: Passwords
  readonly tokens: OAuthTokens
  readonly policy: Policy
  /** A background check never asks: it fails with `sign-in-missing` and leaves a sign in the status bar. */
  readonly mayAsk: boolean
  readonly signal: AbortSignal
}

export interface Credentials {
  readonly user: string
  readonly password: string
}

/**
 * Opens something that needs a password. A missing password is asked for; one that the server refuses is asked for again,
 * once per attempt, with the server's own words, until it is accepted or the user cancels (A5). A password is only kept
 * after the server has accepted it.
 */
export async function signIn<T>(
  account: Account,
  direction: Direction,
  context: SignInContext,
  open: (credentials: Credentials) => Promise<T>,
): Promise<T> {
  if (usesToken(account, direction)) return signInByToken(account, direction, context, open)
  const { passwords, mayAsk, signal } = context
  const secretOf = passwordHolder(account, direction)
  let credentials = { user: userOf(account, direction), password: await passwords.find(account.id, secretOf) }
  let refused: MailError | undefined
  for (;;) {
    let remember: boolean | undefined
    if (credentials.password === undefined || refused) {
      if (!mayAsk) throw refused ?? missing(account, direction)
      const answer = await passwords.ask(
        { account, direction: secretOf, reason: refused ? 'refused' : 'missing', reply: refused?.detail.reply ?? '' },
        signal,
      )
      if (!answer) throw refused ?? missing(account, direction)
      credentials = answer
      remember = answer.remember
    }
    try {
      const opened = await open({ user: credentials.user, password: credentials.password ?? '' })
      if (remember !== undefined) await keep(account, secretOf, context, { ...credentials, password: credentials.password ?? '', remember })
      return opened
    } catch (error) {
      if (toErrorInfo(error).code !== 'sign-in-refused') throw error
      refused = error as MailError
    }
  }
}

/** "Same as incoming" includes the way (A8): else an account with SPA would send its password readably. */
export function outgoingSignIn({
  incoming,
  outgoing,
}: Pick<AccountSettings, 'incoming' | 'outgoing'>): 'none' | 'password' | 'spa' | 'oauth2' {
  if (outgoing.signIn !== 'same') return outgoing.signIn
  return incoming.signIn === 'none' ? 'password' : incoming.signIn
}

/** "Same as incoming" means that both directions share one password. */
function passwordHolder(account: Account, direction: Direction): Direction {
  return direction === 'outgoing' && account.outgoing.signIn !== 'same' ? 'outgoing' : 'incoming'
}

function userOf(account: Account, direction: Direction): string {
  return passwordHolder(account, direction) === 'outgoing' ? account.outgoing.user : account.incoming.user
}

async function keep(
  account: Account,
  direction: Direction,
  { store, passwords, policy }: SignInContext,
  answer: Credentials & { readonly remember: boolean },
): Promise<void> {
  await passwords.set(account.id, direction, answer.password, answer.remember)
  const now = store.accounts.find(account.id)
  if (!now) return
  const server = direction === 'incoming' ? now.incoming : now.outgoing
  if (server.user === answer.user && server.rememberPassword === answer.remember) return
  const changed = {
    ...(answer.remember && !policy.isLocked(now, `${direction}.user`) && { user: answer.user }),
    ...(!policy.isLocked(now, `${direction}.rememberPassword`) && { rememberPassword: answer.remember }),
  }
  store.transaction(() => store.accounts.update(now.id, { ...now, [direction]: { ...server, ...changed } }))
}

function missing(account: Account, direction: Direction): MailError {
  const server = direction === 'incoming' ? account.incoming : account.outgoing
  return new MailError('sign-in-missing', 'No password was given.', {
    account: account.name,
    server: server.host,
    port: server.port,
    protocol: direction === 'outgoing' ? 'SMTP' : account.protocol === 'pop3' ? 'POP3' : 'IMAP',
  })
}
