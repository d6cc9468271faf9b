// How an account reaches one of its servers: through which proxy, trusting which certificates, showing which of its own.
import type { AccountSettings } from '../../../shared/domain/account.ts'
import { isPinFor } from '../../../shared/domain/certificate.ts'
import type { AccountId } from '../../../shared/domain/ids.ts'
import type { NetworkPort, SecretPort } from '../ports.ts'
import type { ClientIdentity, PeerTrust } from '../protocol/connect-tls.ts'
import type { Proxy } from '../protocol/proxy.ts'
import { identityFrom } from './client-certificate.ts'

export interface Route {
  readonly trust: PeerTrust
  readonly proxy: Proxy | undefined
}

interface Place {
  readonly host: string
  readonly port: number
}

/** What the user typed and nobody has stored yet; undefined: as it is stored. */
export interface RouteSecrets {
  readonly proxyPassword?: string | null | undefined
  /** As `ClientCertificates` keeps it. */
  readonly clientCertificate?: string | undefined
}

export type RoutedSettings = Pick<AccountSettings, 'trust' | 'connection' | 'practice'>

export class Routes {
  readonly #secrets: SecretPort
  readonly #network: NetworkPort | undefined

  constructor(secrets: SecretPort, network: NetworkPort | undefined) {
    this.#secrets = secrets
    this.#network = network
  }

  /** `account` null: one that is not stored, so that only `given` has its secrets. */
  async to(place: Place, settings: RoutedSettings, account: AccountId | null, given: RouteSecrets = {}): Promise<Route> {
    const { certificates, ca, clientCertificate } = settings.trust
    const pins = certificates.filter((pin) => isPinFor(pin, place.host, place.port)).map(({ fingerprint }) => fingerprint)
    const identity = clientCertificate ? await this.#identity(account, given) : undefined
    return { trust: { certificates: pins, ca, identity }, proxy: await this.#proxy(place, settings, account, given) }
  }

  /** What the system says about a server that belongs to no account yet. */
  async systemProxy({ host, port }: Place): Promise<Proxy | undefined> {
    return this.#network?.proxyFor(host, port)
  }

  /** null: the system does not tell. */
  async isMetered(): Promise<boolean | null> {
    return (await this.#network?.isMetered()) ?? null
  }

  /** null leaves a password as it is, '' forgets it. */
  async keepProxyPassword(account: AccountId, password: string | null): Promise<void> {
    if (password === '') await this.#secrets.delete(proxyKey(account))
    else if (password !== null) await this.#secrets.set(proxyKey(account), password)
  }

  /** null forgets it. */
  async keepClientCertificate(account: AccountId, packed: string | null): Promise<void> {
    if (packed === null) await this.#secrets.delete(certificateKey(account))
    else await this.#secrets.set(certificateKey(account), packed)
  }

  async forget(account: AccountId): Promise<void> {
    await this.#secrets.delete(proxyKey(account))
    await this.#secrets.delete(certificateKey(account))
  }

  async #identity(account: AccountId | null, given: RouteSecrets): Promise<ClientIdentity | undefined> {
    const packed = given.clientCertificate ?? (account === null ? undefined : await this.#secrets.get(certificateKey(account)))
    return packed === undefined ? undefined : identityFrom(packed)
  }

  async #proxy(place: Place, { connection, practice }: RoutedSettings, account: AccountId | null, given: RouteSecrets) {
    const { kind, host, port, user } = connection.proxy
    // The practice servers are inside this program.
    if (practice || kind === 'none') return undefined
    if (kind === 'system') return this.systemProxy(place)
    const stored = account === null ? undefined : await this.#secrets.get(proxyKey(account))
    return { kind, host, port, user, password: user === '' ? '' : (given.proxyPassword ?? stored ?? '') }
  }
}

const proxyKey = (account: AccountId) => `account-${account}-proxy`
const certificateKey = (account: AccountId) => `account-${account}-certificate`
