import { useCallback, useEffect, useState } from 'react'
import { type OAuthProvider, type OAuthSettings, otherProvider } from '../../../shared/domain/oauth.ts'
import { useServices } from '../../live/services.tsx'
import { oauthText } from '../../text/oauth.ts'

/** Known providers and their client ids; undefined until the engine has answered. `reload` after they were changed. */
export function useProviders(): { readonly providers: readonly OAuthProvider[] | undefined; readonly reload: () => void } {
  const { engine } = useServices()
  const [providers, setProviders] = useState<readonly OAuthProvider[] | undefined>()
  const reload = useCallback(() => {
    // Without them the sign-in still works: the engine has the same list.
    engine.call('oauth.providers', {}).then(setProviders, () => setProviders([]))
  }, [engine])
  useEffect(reload, [reload])
  return { providers, reload }
}

/** For people. */
export function providerName(providers: readonly OAuthProvider[], { provider, issuer }: OAuthSettings): string {
  if (provider !== otherProvider) return providers.find(({ id }) => id === provider)?.name ?? provider
  return URL.canParse(issuer) ? new URL(issuer).hostname : oauthText.unknownProvider
}
