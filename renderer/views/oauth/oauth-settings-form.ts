import { type OAuthProvider, type OAuthSettings, otherProvider } from '../../../shared/domain/oauth.ts'
import { oauthSettingsText as text } from '../../text/oauth.ts'

export interface SettingsForm extends OAuthSettings {
  /** null: not touched, what is kept stays. */
  readonly secret: string | null
}

/** What the account says itself stands before what is set for its provider. */
export function initialSettings(oauth: OAuthSettings, providers: readonly OAuthProvider[]): SettingsForm {
  const provider = providers.find(({ id }) => id === oauth.provider)
  return {
    ...oauth,
    clientId: oauth.clientId || provider?.clientId || '',
    tenant: oauth.tenant || provider?.tenant || '',
    secret: null,
  }
}

export function settingsProblems({ provider, issuer, clientId }: SettingsForm): { readonly issuer?: string; readonly clientId?: string } {
  const url = URL.parse(issuer.trim())
  const isHere = url?.protocol === 'http:' && (url.hostname === '127.0.0.1' || url.hostname === 'localhost')
  return {
    ...(provider === otherProvider && url?.protocol !== 'https:' && !isHere && { issuer: text.badIssuer }),
    ...(clientId.trim() === '' && { clientId: text.missingId }),
  }
}
