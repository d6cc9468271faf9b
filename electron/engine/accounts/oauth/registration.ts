import type { IncomingProtocol } from '../../../../shared/domain/account.ts'
import { otherProvider, type OAuthSettings } from '../../../../shared/domain/oauth.ts'
import type { Settings } from '../../../../shared/domain/settings.ts'
import { MailError } from '../../../../shared/errors/mail-error.ts'
import type { SecretPort } from '../../ports.ts'
import { listedProvider, type ListedProvider } from './oauth-providers.ts'
import type { ProxyFor } from './routed-fetch.ts'
import { discoverProvider, type FoundProvider, type Registration } from './token-endpoint.ts'

export interface ClientQuestion {
  readonly oauth: OAuthSettings
  readonly protocol: IncomingProtocol
  readonly settings: Settings
}

interface RegistrationQuestion extends ClientQuestion {
  readonly secrets: SecretPort
  readonly proxyFor: ProxyFor
  readonly signal: AbortSignal
}

/** Who this program is at a provider, known without asking anybody. */
interface KnownClient {
  readonly provider: ListedProvider | undefined
  readonly clientId: string
  readonly tenant: string
  readonly scope: string
}

/** Where a client's secret is kept: with the passwords, by what it belongs to. */
export const clientSecretKey = (provider: string, clientId: string): string => `oauth-client-${provider}-${clientId}`

/** Tokens are good for exactly this: another provider, client or kind of access needs another sign-in. */
export function tokenScopeOf(question: ClientQuestion): string {
  const { clientId, tenant, scope } = clientOf(question)
  const { provider, issuer } = question.oauth
  return [provider, issuer, tenant, clientId, scope].join(' ')
}

/** All that is needed to ask for tokens. Throws `oauth-client-missing` where nobody has given a client id. */
export async function registrationOf(question: RegistrationQuestion): Promise<Registration> {
  const { oauth, secrets, proxyFor } = question
  const { provider, clientId, tenant, scope } = clientOf(question)
  const clientSecret = (await secrets.get(clientSecretKey(oauth.provider, clientId))) ?? null
  const client = { clientId, clientSecret, scope, proxyFor }
  if (!provider) return { ...(await foundOnce(question)), redirect: 'http://127.0.0.1:{port}/', ...client }
  const at = (address: string) => address.replace('{tenant}', encodeURIComponent(tenant))
  return {
    issuer: at(provider.issuer),
    authorization: at(provider.authorization),
    token: at(provider.token),
    deviceAuthorization: provider.deviceAuthorization && at(provider.deviceAuthorization),
    redirect: provider.redirect,
    ...client,
  }
}

function clientOf({ oauth, protocol, settings }: ClientQuestion): KnownClient {
  const provider = listedProvider(oauth.provider)
  const own = settings.oauthClients[oauth.provider]
  const clientId = oauth.clientId || own?.clientId || ''
  const hasPage = provider !== undefined || (oauth.provider === otherProvider && URL.canParse(oauth.issuer))
  if (clientId === '' || !hasPage) {
    const server = provider?.name ?? (hasPage ? new URL(oauth.issuer).hostname : 'Your provider')
    throw new MailError('oauth-client-missing', 'There is no client id.', { server, action: 'sign in' })
  }
  const { scopes } = provider ?? {}
  return {
    provider,
    clientId,
    tenant: oauth.tenant || own?.tenant || provider?.tenant || '',
    scope: scopes ? [...new Set([scopes[protocol], scopes.smtp, scopes.always].filter(Boolean))].join(' ') : oauth.scope,
  }
}

const found = new Map<string, Promise<FoundProvider>>()

/** A provider does not move while the program runs. */
function foundOnce({ oauth: { issuer }, proxyFor, signal }: RegistrationQuestion): Promise<FoundProvider> {
  const known = found.get(issuer)
  if (known) return known
  const asked = discoverProvider(new URL(issuer), proxyFor, signal)
  found.set(issuer, asked)
  asked.catch(() => found.delete(issuer))
  return asked
}
