import type { ProviderConfig } from './provider-config.ts'

/** As in `providers/mail-providers.json`, see the notice beside it. */
export interface Provider extends ProviderConfig {
  readonly id: string
  readonly domains: readonly string[]
}

export interface ProviderList {
  /** The provider of exactly this domain, in lower case and ASCII. */
  ofDomain(domain: string): Provider | undefined
  /** The provider whose hosts take the mail: `aspmx.l.google.com` is Google's. */
  ofMailHost(host: string): Provider | undefined
}

let loaded: Promise<ProviderList> | undefined

/** Read when it is first needed, and kept: a start of the program does not pay for it. */
export function providerList(): Promise<ProviderList> {
  loaded ??= import('./providers/mail-providers.json', { with: { type: 'json' } }).then(({ default: file }) =>
    listOf(file.providers as readonly Provider[]),
  )
  return loaded
}

export function listOf(providers: readonly Provider[]): ProviderList {
  const byDomain = new Map(providers.flatMap((provider) => provider.domains.map((domain) => [domain, provider] as const)))
  return {
    ofDomain: (domain) => byDomain.get(domain),
    ofMailHost(host) {
      const labels = host.toLowerCase().replace(/\.$/, '').split('.')
      // The last label alone is nobody's domain.
      const domains = labels.slice(0, -1).map((_label, index) => labels.slice(index).join('.'))
      return domains.map((domain) => byDomain.get(domain)).find((provider) => provider !== undefined)
    },
  }
}
