/** Where an account signs in with the browser, and as which program (OAuth 2.0). */
export interface OAuthSettings {
  /** An id of the list of providers, or `otherProvider`. */
  readonly provider: string
  /** Only for `otherProvider`: the https address whose metadata names the pages (RFC 8414, OpenID Connect Discovery). */
  readonly issuer: string
  /** Only for `otherProvider`: what is asked for, in the provider's words. */
  readonly scope: string
  /** What the provider calls this program; '' takes the one that is set for the provider. */
  readonly clientId: string
  /** The organisation, where a provider has several under one roof; '' as for `clientId`. */
  readonly tenant: string
}

/** A provider that is not in the list: a company's own. */
export const otherProvider = 'other'

export const oauthOf = (provider: string): OAuthSettings => ({ provider, issuer: '', scope: '', clientId: '', tenant: '' })

/** Registered by the user or the help desk, for all accounts of one provider. Its secret, if there is one, is kept with the passwords. */
export interface OAuthClient {
  readonly clientId: string
  readonly tenant: string
}

/** A provider as a window shows it. */
export interface OAuthProvider extends OAuthClient {
  readonly id: string
  readonly name: string
  /** Domains of its mail servers. */
  readonly hosts: readonly string[]
  readonly hasTenants: boolean
  /** Can do without a browser on this computer: a code is typed into one elsewhere. */
  readonly hasCodes: boolean
  /** Gives even programs on people's own computers a secret beside the id. */
  readonly givesSecret: boolean
  /** A secret is kept for the client id that is set. */
  readonly hasSecret: boolean
  /** The page that says how a client id is got. */
  readonly help: string
}

/** How to sign in: in the browser of this computer, or by a code that is typed in anywhere. */
export type OAuthWay = 'browser' | 'code'

/** Where a sign-in stands that the user has begun. */
export type OAuthStep =
  | { readonly kind: 'page'; readonly url: string }
  | { readonly kind: 'code'; readonly code: string; readonly url: string; readonly expiresAt: number }
  /** The user is done; the provider is asked for the token. */
  | { readonly kind: 'fetching' }

/** The provider whose servers these are. */
export function providerOfHost<P extends { readonly hosts: readonly string[] }>(providers: readonly P[], host: string): P | undefined {
  const name = host.trim().toLowerCase()
  return providers.find(({ hosts }) => hosts.some((domain) => name === domain || name.endsWith(`.${domain}`)))
}
