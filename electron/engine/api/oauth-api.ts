import type { EngineHandlers } from '../../../shared/contract/engine-contract.ts'
import { type OAuthProvider, otherProvider } from '../../../shared/domain/oauth.ts'
import { MailError } from '../../../shared/errors/mail-error.ts'
import { listedProvider, type ListedProvider, listedProviders } from '../accounts/oauth/oauth-providers.ts'
import { clientSecretKey } from '../accounts/oauth/registration.ts'
import type { EngineParts } from './parts.ts'

type OAuthApi = Pick<EngineHandlers, 'oauth.providers' | 'oauth.setClient' | 'oauth.signIn'>

export function oauthApi({ ports, store, events, passwords, signIns }: EngineParts): OAuthApi {
  const described = async (provider: ListedProvider): Promise<OAuthProvider> => {
    const { clientId = '', tenant = '' } = store.settings.get().oauthClients[provider.id] ?? {}
    return {
      ...{ id: provider.id, name: provider.name, hosts: provider.hosts, help: provider.help, givesSecret: provider.givesSecret },
      hasTenants: provider.tenant !== null,
      hasCodes: provider.deviceAuthorization !== null,
      ...{ clientId, tenant },
      hasSecret: clientId !== '' && (await ports.secrets.get(clientSecretKey(provider.id, clientId))) !== undefined,
    }
  }

  return {
    'oauth.providers': () => Promise.all(listedProviders.map(described)),

    async 'oauth.setClient'({ provider, clientId, tenant, secret }) {
      if (!listedProvider(provider) && provider !== otherProvider) throw new MailError('bad-input', 'This provider is not known.')
      const key = clientSecretKey(provider, clientId)
      if (secret === '') await ports.secrets.delete(key)
      else if (secret !== null) await ports.secrets.set(key, secret)
      // Of a provider that is not in the list there may be several: their accounts hold the client id themselves.
      if (provider === otherProvider) return null
      const { oauthClients } = store.settings.get()
      store.transaction(() => store.settings.set({ oauthClients: { ...oauthClients, [provider]: { clientId, tenant } } }))
      return null
    },

    async 'oauth.signIn'({ run, account, ...wish }, signal) {
      if (store.settings.get().offline) throw new MailError('offline', 'Working offline.')
      const begun = { ...wish, signal, onStep: (step) => events.emit('oauthStep', { run, step }) } satisfies Parameters<
        typeof signIns.forTicket
      >[0]
      if (account === null) return { ticket: await signIns.forTicket(begun) }
      await signIns.forAccount(store.accounts.get(account), begun)
      passwords.signedIn(account)
      return { ticket: null }
    },
  }
}
