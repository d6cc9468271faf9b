import type { IncomingProtocol } from '../../../../shared/domain/account.ts'
import file from './providers.json' with { type: 'json' }

/** As in `providers.json`. `{tenant}` stands in addresses where the organisation goes, `{port}` where ours does. */
export interface ListedProvider {
  readonly id: string
  readonly name: string
  /** Domains of its mail servers. */
  readonly hosts: readonly string[]
  readonly issuer: string
  readonly authorization: string
  readonly token: string
  /** null: it has no codes for mail (RFC 8628). */
  readonly deviceAuthorization: string | null
  /** Where the browser is sent back to; some know only `localhost`, some only the address. */
  readonly redirect: string
  readonly scopes: Readonly<Record<IncomingProtocol | 'smtp' | 'always', string>>
  /** What is meant when nobody has named an organisation; null: there are none. */
  readonly tenant: string | null
  readonly givesSecret: boolean
  readonly help: string
}

export const listedProviders: readonly ListedProvider[] = file.providers

export const listedProvider = (id: string): ListedProvider | undefined => listedProviders.find((provider) => provider.id === id)
