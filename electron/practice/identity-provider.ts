// A small identity provider (OAuth 2.0) on this computer, for tests: sign-in page, tokens, codes, introspection, and what can go wrong.
import { createHash, randomBytes } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { signInPage } from './sign-in-page.ts'

/** What goes wrong on request. Change the object while the provider runs: each request looks again. */
export interface IdentityFaults {
  /** The sign-in page sends people back with this OAuth error, whatever they choose. */
  authorization?: { readonly error: string; readonly description?: string }
  /** The token endpoint refuses with this. */
  token?: { readonly status?: number; readonly error: string; readonly description?: string }
  /** Answers every request for a token with a page, as a network's log-in portal does. */
  portal?: boolean
  /** The provider's clock is this far ahead of ours. */
  clockAheadMs?: number
  /** Seconds that an access token lives; default 3600. */
  expiresIn?: number
}

export interface IdentityProvider {
  readonly issuer: string
  readonly port: number
  readonly faults: IdentityFaults
  /** The kinds of grants that tokens were asked for with, oldest first. */
  readonly grants: readonly string[]
  /** Every access and refresh token that was ever given out. */
  readonly given: readonly string[]
  /** As people do it in the browser: goes to the sign-in page, decides, and follows the way back. Resolves to the last page. */
  visit(url: string, decision?: 'allow' | 'refuse'): Promise<string>
  /** Somebody types the code of another device in. */
  enterCode(code: string, decision?: 'allow' | 'refuse'): void
  /** Whose access token this is, as long as it is good. */
  userOf(access: string): string | undefined
  /** The good access token that was given out last. */
  newestToken(): string | undefined
  /** All that was given out is worth nothing any more. `access` only: refresh tokens go on working. */
  revoke(what?: 'access'): void
  close(): Promise<void>
}

interface Options {
  readonly user: string
  readonly clientId?: string
  readonly clientSecret?: string
  /** Every refresh brings a new refresh token and ends the old one. */
  readonly rotates?: boolean
}

interface Device {
  readonly userCode: string
  state: 'pending' | 'allow' | 'refuse'
}

export async function startIdentityProvider(options: Options): Promise<IdentityProvider> {
  const provider = new Provider(options)
  const server = createServer((request, response) => {
    void provider.handle(request, response).catch(() => response.writeHead(500).end())
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  provider.issuer = `http://127.0.0.1:${port}`
  return {
    ...{ issuer: provider.issuer, port, faults: provider.faults, grants: provider.grants, given: provider.given },
    async visit(url, decision = 'allow') {
      const page = new URL(url)
      page.pathname = '/decide'
      page.searchParams.set('decision', decision)
      return (await fetch(page)).text()
    },
    enterCode: (code, decision = 'allow') => provider.enterCode(code, decision),
    userOf: (access) => (provider.access.has(access) ? options.user : undefined),
    newestToken: () => [...provider.access].at(-1),
    revoke(what) {
      provider.access.clear()
      if (what === undefined) provider.refresh.clear()
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

class Provider {
  issuer = ''
  readonly faults: IdentityFaults = {}
  readonly grants: string[] = []
  readonly given: string[] = []
  readonly access = new Set<string>()
  readonly refresh = new Set<string>()
  readonly #options: Required<Options>
  readonly #codes = new Map<string, URLSearchParams>()
  readonly #devices = new Map<string, Device>()

  constructor({ user, clientId = 'practice-client', clientSecret = '', rotates = true }: Options) {
    this.#options = { user, clientId, clientSecret, rotates }
  }

  async handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', this.issuer)
    const form = new URLSearchParams(request.method === 'POST' ? await text(request) : url.search)
    if (this.faults.clockAheadMs !== undefined) response.setHeader('date', new Date(Date.now() + this.faults.clockAheadMs).toUTCString())
    switch (url.pathname) {
      case '/.well-known/openid-configuration':
        return json(response, 200, this.#metadata())
      case '/authorize':
        return html(response, 200, signInPage(this.#options.user, url.searchParams))
      case '/decide':
        return this.#decide(response, url.searchParams)
      case '/device':
        return this.#startDevice(response, form)
      case '/token':
        return this.#token(response, form)
      case '/introspect':
        return this.#introspect(response, form.get('token') ?? request.headers.authorization?.replace(/^Bearer /i, '') ?? '')
      default:
        return html(response, 404, '<!doctype html><title>Nothing here</title>')
    }
  }

  enterCode(code: string, decision: 'allow' | 'refuse'): void {
    for (const device of this.#devices.values()) if (device.userCode === code) device.state = decision
  }

  #metadata() {
    return {
      issuer: this.issuer,
      authorization_endpoint: `${this.issuer}/authorize`,
      token_endpoint: `${this.issuer}/token`,
      device_authorization_endpoint: `${this.issuer}/device`,
      code_challenge_methods_supported: ['S256'],
    }
  }

  #decide(response: ServerResponse, asked: URLSearchParams): void {
    const redirect = new URL(asked.get('redirect_uri') ?? '')
    const { authorization } = this.faults
    const refusal =
      authorization ?? (asked.get('decision') === 'allow' ? undefined : { error: 'access_denied', description: 'No, thanks.' })
    const state = asked.get('state') ?? ''
    if (asked.get('client_id') !== this.#options.clientId) return html(response, 400, '<!doctype html><title>Unknown client</title>')
    redirect.searchParams.set('state', state)
    if (refusal) {
      redirect.searchParams.set('error', refusal.error)
      if (refusal.description !== undefined) redirect.searchParams.set('error_description', refusal.description)
    } else {
      const code = random()
      this.#codes.set(code, asked)
      redirect.searchParams.set('code', code)
    }
    response.writeHead(302, { location: redirect.href, connection: 'close' }).end()
  }

  #startDevice(response: ServerResponse, form: URLSearchParams): void {
    if (form.get('client_id') !== this.#options.clientId) return json(response, 401, { error: 'invalid_client' })
    const device: Device = { userCode: `WDJB-${1000 + this.#devices.size}`, state: 'pending' }
    const code = random()
    this.#devices.set(code, device)
    // An interval below a second is only for tests.
    const rest = { verification_uri: `${this.issuer}/activate`, expires_in: 600, interval: 0.05 }
    json(response, 200, { device_code: code, user_code: device.userCode, ...rest })
  }

  #token(response: ServerResponse, form: URLSearchParams): void {
    const grant = form.get('grant_type') ?? ''
    this.grants.push(grant.split(':').at(-1) ?? '')
    const { token, portal } = this.faults
    if (portal) return html(response, 200, '<!doctype html><title>Welcome to the hotel</title>')
    if (token) return json(response, token.status ?? 400, { error: token.error, error_description: token.description })
    const isKnown = form.get('client_id') === this.#options.clientId && (form.get('client_secret') ?? '') === this.#options.clientSecret
    if (!isKnown) return json(response, 400, { error: 'invalid_client', error_description: 'Unknown client or wrong secret.' })
    const refused = this.#refusalOf(grant, form)
    if (refused !== undefined) return json(response, 400, { error: refused })
    this.#give(response, grant === 'refresh_token' ? (form.get('refresh_token') ?? '') : undefined)
  }

  #refusalOf(grant: string, form: URLSearchParams): string | undefined {
    if (grant === 'authorization_code') {
      const asked = this.#codes.get(form.get('code') ?? '')
      this.#codes.delete(form.get('code') ?? '')
      const challenge = createHash('sha256')
        .update(form.get('code_verifier') ?? '')
        .digest('base64url')
      const isGood = asked?.get('code_challenge') === challenge && asked.get('redirect_uri') === form.get('redirect_uri')
      return isGood && asked.get('code_challenge_method') === 'S256' ? undefined : 'invalid_grant'
    }
    if (grant === 'refresh_token') return this.refresh.has(form.get('refresh_token') ?? '') ? undefined : 'invalid_grant'
    const device = this.#devices.get(form.get('device_code') ?? '')
    if (!device) return 'expired_token'
    return device.state === 'allow' ? undefined : device.state === 'pending' ? 'authorization_pending' : 'access_denied'
  }

  #give(response: ServerResponse, refreshBefore: string | undefined): void {
    const access = random()
    const isNew = refreshBefore === undefined || this.#options.rotates
    const refresh = isNew ? random() : refreshBefore
    if (isNew && refreshBefore !== undefined) this.refresh.delete(refreshBefore)
    this.access.add(access)
    this.refresh.add(refresh)
    this.given.push(access, refresh)
    const body = { access_token: access, token_type: 'Bearer', expires_in: this.faults.expiresIn ?? 3600 }
    json(response, 200, isNew ? { ...body, refresh_token: refresh } : body)
  }

  /** RFC 7662, as Dovecot asks it. */
  #introspect(response: ServerResponse, token: string): void {
    const active = this.access.has(token)
    json(response, 200, active ? { active, username: this.#options.user, email: this.#options.user } : { active })
  }
}

const random = (): string => randomBytes(24).toString('base64url')

function json(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json', connection: 'close' }).end(JSON.stringify(body))
}

function html(response: ServerResponse, status: number, page: string): void {
  response.writeHead(status, { 'content-type': 'text/html; charset=utf-8', connection: 'close' }).end(page)
}
