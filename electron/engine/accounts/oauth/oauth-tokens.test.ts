import { afterEach, beforeEach, expect, test } from 'vitest'
import type { Account } from '../../../../shared/domain/account.ts'
import type { AccountId } from '../../../../shared/domain/ids.ts'
import { newAccountSettings } from '../../../../shared/domain/new-account.ts'
import { otherProvider } from '../../../../shared/domain/oauth.ts'
import { defaultSettings } from '../../../../shared/domain/settings.ts'
import { MailError, toErrorInfo } from '../../../../shared/errors/mail-error.ts'
import { memorySecrets } from '../../../hosts/secrets/memory-secrets.ts'
import { type IdentityProvider, startIdentityProvider } from '../../../practice/identity-provider.ts'
import { silentLogger } from '../../log.ts'
import { Routes } from '../routes.ts'
import { withFreshToken } from './sign-in-by-token.ts'
import { SignIns } from './sign-ins.ts'

const straight = new Routes(memorySecrets(), undefined)
const signal = new AbortController().signal
let provider: IdentityProvider
let now = 0
let secrets = memorySecrets()
let signIns: SignIns
beforeEach(async () => {
  provider = await startIdentityProvider({ user: 'anna@example.org' })
  now = Date.UTC(2026, 10, 22)
  secrets = memorySecrets()
  signIns = restarted()
})
afterEach(() => provider.close())

const restarted = () =>
  new SignIns({ secrets, clock: { now: () => now }, log: silentLogger, routes: straight, settings: () => defaultSettings })

function account(rememberPassword = true): Account {
  const server = { host: 'imap.example.org', port: 993, security: 'tls' } as const
  const settings = newAccountSettings({
    ...{ name: 'Anna', address: 'anna@example.org', protocol: 'imap', user: 'anna@example.org', rememberPassword },
    ...{ incoming: server, outgoing: server },
  })
  return {
    ...settings,
    id: 7 as AccountId,
    isDefault: true,
    incoming: { ...settings.incoming, signIn: 'oauth2' },
    oauth: { provider: otherProvider, issuer: provider.issuer, scope: '', clientId: 'practice-client', tenant: '' },
  }
}

async function signedIn(who = account()): Promise<Account> {
  await signIns.forAccount(who, {
    ...{ oauth: who.oauth as NonNullable<Account['oauth']>, protocol: 'imap', user: 'anna@example.org', way: 'browser', signal },
    onStep: (step) => void (step.kind === 'page' && provider.visit(step.url)),
  })
  return who
}

const refreshes = () => provider.grants.filter((grant) => grant === 'refresh_token').length
const codeOf = (work: Promise<unknown>) => work.then(() => 'good').catch((error: unknown) => toErrorInfo(error).code)

test('a token is used as long as it is good, also after a restart, and refreshed before it expires', async () => {
  const who = await signedIn()
  const first = await signIns.tokens.current(who, { signal })
  expect(await restarted().tokens.current(who, { signal })).toBe(first)
  expect(refreshes()).toBe(0)
  now += 3_600_000 - 60_000
  const second = await signIns.tokens.current(who, { signal })
  expect(second).not.toBe(first)
  expect(provider.userOf(second)).toBe('anna@example.org')
})

test('all who need a new token at the same time share one refresh', async () => {
  const who = await signedIn()
  now += 4_000_000
  const tokens = await Promise.all(Array.from({ length: 8 }, () => signIns.tokens.current(who, { signal })))
  expect(new Set(tokens).size).toBe(1)
  expect(refreshes()).toBe(1)
})

test('who stops waiting does not stop the refresh of the others', async () => {
  const who = await signedIn()
  now += 4_000_000
  const impatient = new AbortController()
  const stopped = codeOf(signIns.tokens.current(who, { signal: impatient.signal }))
  const patient = codeOf(signIns.tokens.current(who, { signal }))
  impatient.abort()
  expect([await stopped, await patient]).toEqual(['cancelled', 'good'])
})

test('a new refresh token is stored at once: the old one is worth nothing', async () => {
  const who = await signedIn()
  for (let times = 0; times < 3; times++) {
    now += 4_000_000
    expect(await codeOf(restarted().tokens.current(who, { signal }))).toBe('good')
  }
  expect(refreshes()).toBe(3)
})

test('a token that a server refuses is refreshed once, then the user is needed', async () => {
  const who = await signedIn()
  const seen: string[] = []
  const open = async ({ password }: { readonly password: string }) => {
    seen.push(password)
    if (provider.userOf(password) === undefined) throw new MailError('sign-in-refused', 'no')
    return 'opened'
  }
  expect(await withFreshToken(who, { tokens: signIns.tokens, signal }, open)).toBe('opened')
  provider.revoke('access')
  expect(await withFreshToken(who, { tokens: signIns.tokens, signal }, open)).toBe('opened')
  expect(seen).toHaveLength(3)
  const stubborn = async () => {
    throw new MailError('sign-in-refused', 'no')
  }
  expect(await codeOf(withFreshToken(who, { tokens: signIns.tokens, signal }, stubborn))).toBe('oauth-token-refused')
  expect(refreshes()).toBe(2)
})

test('a sign-in that was withdrawn is over until the user signs in again, and nobody asks the provider in between', async () => {
  const who = await signedIn()
  provider.revoke()
  now += 4_000_000
  expect(await codeOf(signIns.tokens.current(who, { signal }))).toBe('oauth-revoked')
  expect(await codeOf(signIns.tokens.current(who, { signal }))).toBe('oauth-revoked')
  expect(refreshes()).toBe(1)
  await signedIn(who)
  expect(await codeOf(signIns.tokens.current(who, { signal }))).toBe('good')
})

test('a provider that is down for a while ends nothing', async () => {
  const who = await signedIn()
  now += 4_000_000
  provider.faults.token = { status: 503, error: 'server_error' }
  expect(await codeOf(signIns.tokens.current(who, { signal }))).toBe('server-busy')
  delete provider.faults.token
  expect(await codeOf(signIns.tokens.current(who, { signal }))).toBe('good')
})

test('a clock that is put back does not make a token live for ever, and a wrong one is known', async () => {
  provider.faults.clockAheadMs = 2 * 3_600_000
  const who = await signedIn()
  expect(await signIns.tokens.isClockWrong(who.id)).toBe(true)
  const first = await signIns.tokens.current(who, { signal })
  now -= 86_400_000
  expect(await signIns.tokens.current(who, { signal })).not.toBe(first)
  const stubborn = async () => {
    throw new MailError('sign-in-refused', 'no')
  }
  expect(await codeOf(withFreshToken(who, { tokens: signIns.tokens, signal }, stubborn))).toBe('oauth-clock')
})

test('nobody has signed in: not yet, for another client, or after the account was removed', async () => {
  expect(await codeOf(signIns.tokens.current(account(), { signal }))).toBe('oauth-missing')
  const who = await signedIn()
  const other = { ...who, oauth: { ...(who.oauth as NonNullable<Account['oauth']>), clientId: 'another' } }
  expect(await codeOf(signIns.tokens.current(other, { signal }))).toBe('oauth-missing')
  await signIns.tokens.forget(who.id)
  expect(await codeOf(restarted().tokens.current(who, { signal }))).toBe('oauth-missing')
})

test('without Remember password the tokens end with the program', async () => {
  const who = await signedIn(account(false))
  expect(await codeOf(signIns.tokens.current(who, { signal }))).toBe('good')
  expect(await codeOf(restarted().tokens.current(who, { signal }))).toBe('oauth-missing')
})
