// The one door to oauth4webapi: what is asked of a provider, and answers that have been checked.
import * as oauth from 'oauth4webapi'
import { getCACertificates, setDefaultCACertificates } from 'node:tls'
import { toOAuthError } from './oauth-errors.ts'
import { type ProxyFor, routedFetch } from './routed-fetch.ts'

/** A provider and who we are there. */
export interface Registration {
  readonly issuer: string
  readonly authorization: string
  readonly token: string
  readonly deviceAuthorization: string | null
  /** With `{port}`. */
  readonly redirect: string
  /** Separated by spaces; '' leaves it to the provider. */
  readonly scope: string
  readonly clientId: string
  /** Not really one for a program on people's own computers (RFC 8252 section 8.5), but some providers insist. */
  readonly clientSecret: string | null
  readonly proxyFor: ProxyFor
}

export interface Tokens {
  readonly access: string
  /** null: none came, so the one before stays, if there is one. */
  readonly refresh: string | null
  readonly expiresInSeconds: number | null
  /** How far this computer's clock is ahead of the provider's, in seconds. */
  readonly clockAheadSeconds: number
}

export interface DeviceCode {
  readonly deviceCode: string
  readonly userCode: string
  /** Where to type it, or where it is typed in already. */
  readonly url: string
  readonly expiresInSeconds: number
  readonly intervalSeconds: number
}

/** What a sign-in in the browser needs to be finished. */
export interface BrowserSignIn {
  readonly url: string
  readonly state: string
  readonly verifier: string
  readonly redirect: string
}

const requestMs = 30_000

/** The address of the sign-in page, with PKCE (RFC 7636) and a state that nobody can guess. */
export async function beginBrowserSignIn(registration: Registration, redirect: string, user: string): Promise<BrowserSignIn> {
  const verifier = oauth.generateRandomCodeVerifier()
  const state = oauth.generateRandomState()
  const url = new URL(registration.authorization)
  const parameters = {
    client_id: registration.clientId,
    redirect_uri: redirect,
    response_type: 'code',
    scope: registration.scope,
    code_challenge: await oauth.calculatePKCECodeChallenge(verifier),
    code_challenge_method: 'S256',
    state,
    login_hint: user.includes('@') ? user : '',
  }
  for (const [name, value] of Object.entries(parameters)) if (value !== '') url.searchParams.set(name, value)
  return { url: url.href, state, verifier, redirect }
}

/** Trades what the browser has brought back for tokens. */
export function finishBrowserSignIn(
  registration: Registration,
  { state, verifier, redirect }: BrowserSignIn,
  brought: { readonly parameters: URLSearchParams; readonly signal: AbortSignal },
): Promise<Tokens> {
  return asking(registration, brought.signal, async ({ server, client, authentication, options }) => {
    const checked = oauth.validateAuthResponse(server, client, brought.parameters, state)
    const response = await oauth.authorizationCodeGrantRequest(server, client, authentication, checked, redirect, verifier, options)
    return tokensFrom(response, await oauth.processAuthorizationCodeResponse(server, client, response))
  })
}

export function refreshTokens(registration: Registration, refresh: string, signal: AbortSignal): Promise<Tokens> {
  return asking(registration, signal, async ({ server, client, authentication, options }) => {
    const response = await oauth.refreshTokenGrantRequest(server, client, authentication, refresh, options)
    return tokensFrom(response, await oauth.processRefreshTokenResponse(server, client, response))
  })
}

/** RFC 8628. Only for a registration that has `deviceAuthorization`. */
export function askForCode(registration: Registration, signal: AbortSignal): Promise<DeviceCode> {
  return asking(registration, signal, async ({ server, client, authentication, options }) => {
    const parameters = registration.scope === '' ? {} : { scope: registration.scope }
    const response = await oauth.deviceAuthorizationRequest(server, client, authentication, parameters, options)
    const code = await oauth.processDeviceAuthorizationResponse(server, client, response)
    return {
      deviceCode: code.device_code,
      userCode: code.user_code,
      url: code.verification_uri,
      expiresInSeconds: code.expires_in,
      intervalSeconds: code.interval ?? 5,
    }
  })
}

/** Whether the user has typed the code in: the tokens, or how to go on asking. */
export function tokensForCode(registration: Registration, code: string, signal: AbortSignal): Promise<Tokens | 'wait' | 'slow-down'> {
  return asking(registration, signal, async ({ server, client, authentication, options }) => {
    const response = await oauth.deviceCodeGrantRequest(server, client, authentication, code, options)
    try {
      return tokensFrom(response, await oauth.processDeviceCodeResponse(server, client, response))
    } catch (error) {
      if (error instanceof oauth.ResponseBodyError && error.error === 'authorization_pending') return 'wait'
      if (error instanceof oauth.ResponseBodyError && error.error === 'slow_down') return 'slow-down'
      throw error
    }
  })
}

export type FoundProvider = Pick<Registration, 'issuer' | 'authorization' | 'token' | 'deviceAuthorization'>

/** Where a provider that is not in the list has its pages. */
export async function discoverProvider(issuer: URL, proxyFor: ProxyFor, signal: AbortSignal): Promise<FoundProvider> {
  return translated({ host: issuer.hostname, proxyFor, signal }, async (options) => {
    const found = await metadataOf(issuer, { ...options, ...insecureOnlyHere(issuer) })
    const { authorization_endpoint: authorization, token_endpoint: token } = found
    if (authorization === undefined || token === undefined) throw new Error('The provider names no sign-in page.')
    return { issuer: found.issuer, authorization, token, deviceAuthorization: found.device_authorization_endpoint ?? null }
  })
}

/** OpenID Connect first, which most have, then RFC 8414. */
async function metadataOf(issuer: URL, options: oauth.HttpRequestOptions<'GET'>): Promise<oauth.AuthorizationServer> {
  const first = await oauth.discoveryRequest(issuer, { ...options, algorithm: 'oidc' })
  if (first.status === 200) return oauth.processDiscoveryResponse(issuer, first)
  await first.body?.cancel()
  return oauth.processDiscoveryResponse(issuer, await oauth.discoveryRequest(issuer, { ...options, algorithm: 'oauth2' }))
}

interface Asked {
  readonly server: oauth.AuthorizationServer
  readonly client: oauth.Client
  readonly authentication: oauth.ClientAuth
  readonly options: oauth.TokenEndpointRequestOptions
}

function asking<T>(registration: Registration, signal: AbortSignal, work: (asked: Asked) => Promise<T>): Promise<T> {
  const { clientSecret, deviceAuthorization } = registration
  const server = {
    issuer: registration.issuer,
    authorization_endpoint: registration.authorization,
    token_endpoint: registration.token,
    ...(deviceAuthorization !== null && { device_authorization_endpoint: deviceAuthorization }),
  }
  const authentication = clientSecret === null ? oauth.None() : oauth.ClientSecretPost(clientSecret)
  const address = new URL(registration.token)
  return translated({ host: address.hostname, proxyFor: registration.proxyFor, signal }, (options) =>
    work({ server, client: { client_id: registration.clientId }, authentication, options: { ...options, ...insecureOnlyHere(address) } }),
  )
}

interface Asking {
  readonly host: string
  readonly proxyFor: ProxyFor
  readonly signal: AbortSignal
}

interface Request {
  readonly signal: AbortSignal
  readonly [oauth.customFetch]: ReturnType<typeof routedFetch>
}

async function translated<T>({ host, proxyFor, signal }: Asking, work: (request: Request) => Promise<T>): Promise<T> {
  trustTheSystem()
  try {
    return await work({ signal: AbortSignal.any([signal, AbortSignal.timeout(requestMs)]), [oauth.customFetch]: routedFetch(proxyFor) })
  } catch (error) {
    throw toOAuthError(error, { server: host, isStopped: signal.aborted })
  }
}

/** Plain HTTP only where nobody can listen: a provider on this computer, as tests have it. */
function insecureOnlyHere({ protocol, hostname }: URL): { readonly [oauth.allowInsecureRequests]?: true } {
  const isHere = hostname === '127.0.0.1' || hostname === 'localhost' || hostname === '[::1]'
  return protocol === 'http:' && isHere ? { [oauth.allowInsecureRequests]: true } : {}
}

function tokensFrom(response: Response, answer: oauth.TokenEndpointResponse): Tokens {
  const theirs = Date.parse(response.headers.get('date') ?? '')
  return {
    access: answer.access_token,
    refresh: answer.refresh_token ?? null,
    expiresInSeconds: answer.expires_in ?? null,
    clockAheadSeconds: Number.isNaN(theirs) ? 0 : Math.round((Date.now() - theirs) / 1000),
  }
}

let isTrusting = false

/** `fetch` knows only the authorities that come with Node; companies put their own into the system's store. */
function trustTheSystem(): void {
  if (isTrusting) return
  isTrusting = true
  setDefaultCACertificates([...new Set([...getCACertificates('default'), ...getCACertificates('system')])])
}
