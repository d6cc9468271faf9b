import { afterEach, beforeEach, expect, test } from 'vitest'
import { oauthOf, type OAuthStep, otherProvider } from '../../../../shared/domain/oauth.ts'
import { defaultSettings } from '../../../../shared/domain/settings.ts'
import { errorText } from '../../../../shared/errors/error-text.ts'
import { toErrorInfo } from '../../../../shared/errors/mail-error.ts'
import { memorySecrets } from '../../../hosts/secrets/memory-secrets.ts'
import { type IdentityProvider, startIdentityProvider } from '../../../practice/identity-provider.ts'
import { clientSecretKey, registrationOf, tokenScopeOf } from './registration.ts'
import { runSignIn } from './sign-in-flows.ts'

const straight = async () => undefined
const never = new AbortController().signal
let provider: IdentityProvider
beforeEach(async () => {
  provider = await startIdentityProvider({ user: 'anna@example.org' })
})
afterEach(() => provider.close())

const oauth = () => ({ provider: otherProvider, issuer: provider.issuer, scope: 'mail', clientId: 'practice-client', tenant: '' })
const question = () =>
  ({ oauth: oauth(), protocol: 'imap', settings: defaultSettings, secrets: memorySecrets(), proxyFor: straight, signal: never }) as const

interface Try {
  readonly way?: 'browser' | 'code'
  /** What the user does when told where to go. */
  readonly onStep?: (step: OAuthStep) => void
  readonly signal?: AbortSignal
  readonly patienceMs?: number
}

async function signIn({ way = 'browser', onStep = go('allow'), signal = never, patienceMs = 5000 }: Try = {}) {
  const registration = await registrationOf(question())
  return runSignIn(way, { registration, user: 'anna@example.org', signal, onStep, patienceMs })
}

const pages: Promise<string>[] = []
const go = (decision: 'allow' | 'refuse') => (step: OAuthStep) => {
  if (step.kind === 'page') pages.push(provider.visit(step.url, decision))
  if (step.kind === 'code') provider.enterCode(step.code, decision)
}

const codeOf = (work: Promise<unknown>) => work.then(() => 'signed in').catch((error: unknown) => toErrorInfo(error).code)

test('the browser signs in with PKCE, comes back to this computer, and sees that it is done', async () => {
  const steps: OAuthStep[] = []
  const tokens = await signIn({ onStep: (step) => (steps.push(step), go('allow')(step)) })
  expect(provider.userOf(tokens.access)).toBe('anna@example.org')
  expect(tokens.refresh).toBeTruthy()
  expect(steps.map(({ kind }) => kind)).toEqual(['page', 'fetching'])
  const asked = new URL(steps[0]?.kind === 'page' ? steps[0].url : '').searchParams
  expect(asked.get('code_challenge_method')).toBe('S256')
  expect(asked.get('login_hint')).toBe('anna@example.org')
  expect(asked.get('redirect_uri')).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/$/)
  expect(await pages.at(-1)).toContain('You are signed in')
})

test('a code that is typed in elsewhere signs in as well', async () => {
  const tokens = await signIn({ way: 'code' })
  expect(provider.userOf(tokens.access)).toBe('anna@example.org')
  expect(await codeOf(signIn({ way: 'code', onStep: go('refuse') }))).toBe('oauth-refused')
})

test('who refuses on the page is told so, in both places', async () => {
  expect(await codeOf(signIn({ onStep: go('refuse') }))).toBe('oauth-refused')
  expect(await pages.at(-1)).toContain('You are not signed in')
})

test.each([
  [
    { error: 'access_denied', description: 'AADSTS65001: The user or administrator has not consented to use the application' },
    'oauth-admin',
  ],
  [{ error: 'access_denied', description: 'AADSTS90094: An admin has to grant the permission' }, 'oauth-admin'],
  [{ error: 'admin_policy_enforced' }, 'oauth-admin'],
  [{ error: 'invalid_scope' }, 'oauth-client-refused'],
  [{ error: 'unauthorized_client', description: 'AADSTS700016: Application not found in the directory' }, 'oauth-client-refused'],
  [{ error: 'temporarily_unavailable' }, 'server-busy'],
])('the page sends back %o: %s', async (authorization, code) => {
  provider.faults.authorization = authorization
  expect(await codeOf(signIn())).toBe(code)
})

test.each([
  [{ error: 'invalid_client' }, 'oauth-client-refused'],
  [{ error: 'invalid_grant', description: 'AADSTS65001: not consented' }, 'oauth-admin'],
  [{ error: 'invalid_grant', description: 'The code has expired' }, 'oauth-not-finished'],
  [{ status: 503, error: 'server_error' }, 'server-busy'],
])('the token endpoint refuses with %o: %s', async (token, code) => {
  provider.faults.token = token
  expect(await codeOf(signIn())).toBe(code)
})

test('a clock that is wrong is found out', async () => {
  provider.faults.clockAheadMs = 3 * 3_600_000
  provider.faults.token = { error: 'invalid_grant', description: 'Token is not yet valid' }
  expect(await codeOf(signIn())).toBe('oauth-clock')
})

test('a log-in page of the network in place of an answer is not taken for one', async () => {
  provider.faults.portal = true
  expect(await codeOf(signIn())).toBe('server-misbehaved')
})

test('a closed browser ends in time, or when the user cancels', async () => {
  expect(await codeOf(signIn({ onStep: () => {}, patienceMs: 20 }))).toBe('oauth-not-finished')
  const user = new AbortController()
  const waiting = codeOf(signIn({ signal: user.signal, onStep: () => user.abort() }))
  expect(await waiting).toBe('cancelled')
  const code = new AbortController()
  expect(await codeOf(signIn({ way: 'code', signal: code.signal, onStep: () => code.abort() }))).toBe('cancelled')
})

test('a provider that can not be reached is told by its name', async () => {
  const registration = await registrationOf(question())
  await provider.close()
  const failed = await runSignIn('code', { registration, user: '', signal: never, onStep: () => {} }).catch(toErrorInfo)
  expect(failed).toMatchObject({ code: 'oauth-unreachable', detail: { server: '127.0.0.1' } })
  const elsewhere = { ...question(), oauth: { ...oauth(), issuer: `${provider.issuer}/elsewhere` } }
  expect(await codeOf(registrationOf(elsewhere))).toBe('oauth-unreachable')
})

test('a visitor who does not know the state is turned away, and the user can still come back', async () => {
  const strangers: Promise<Response>[] = []
  const tokens = await signIn({
    onStep: (step) => {
      if (step.kind !== 'page') return
      const back = new URL(step.url).searchParams.get('redirect_uri') ?? ''
      const visits = [fetch(`${back}?code=stolen&state=guessed`), fetch(`${back}?error=access_denied`), fetch(`${back}favicon.ico`)]
      strangers.push(...visits)
      void Promise.all(visits).then(() => provider.visit(step.url))
    },
  })
  expect(provider.userOf(tokens.access)).toBe('anna@example.org')
  expect((await Promise.all(strangers)).map(({ status }) => status)).toEqual([404, 404, 404])
})

test('without a client id nobody is sent anywhere, and the text says what to do', async () => {
  const google = { ...question(), oauth: oauthOf('google') }
  const failed = toErrorInfo(await registrationOf(google).catch((error: unknown) => error))
  expect(failed.code).toBe('oauth-client-missing')
  expect(errorText(failed).why).toContain('Google')
  expect(errorText(failed).what).toContain('client ID')
  const nowhere = { ...question(), oauth: { ...oauth(), issuer: '' } }
  expect(await codeOf(registrationOf(nowhere))).toBe('oauth-client-missing')
})

test('client id, organisation and secret are those of the account, else those set for the provider', async () => {
  const settings = { ...defaultSettings, oauthClients: { microsoft: { clientId: 'ours', tenant: 'example.org' } } }
  const secrets = memorySecrets()
  await secrets.set(clientSecretKey('microsoft', 'ours'), 'not really one')
  const common = await registrationOf({ ...question(), secrets, settings, oauth: oauthOf('microsoft') })
  expect(common).toMatchObject({
    clientId: 'ours',
    clientSecret: 'not really one',
    token: 'https://login.microsoftonline.com/example.org/oauth2/v2.0/token',
    scope: 'https://outlook.office.com/IMAP.AccessAsUser.All https://outlook.office.com/SMTP.Send offline_access',
    redirect: 'http://localhost:{port}',
  })
  const own = { ...oauthOf('microsoft'), clientId: 'theirs', tenant: 'other.example' }
  const pop3 = await registrationOf({ ...question(), secrets, settings, oauth: own, protocol: 'pop3' })
  expect(pop3).toMatchObject({
    clientId: 'theirs',
    clientSecret: null,
    authorization: expect.stringContaining('/other.example/') as string,
  })
  expect(pop3.scope).toContain('POP.AccessAsUser.All')
  const scopes = [oauthOf('microsoft'), own].map((each) => tokenScopeOf({ oauth: each, protocol: 'imap', settings }))
  expect(new Set(scopes).size).toBe(2)
})
