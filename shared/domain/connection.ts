/** `system` is what the computer says for every program; `none` connects straight. */
export type ProxyKind = 'system' | 'none' | 'socks5' | 'http'

/** The password of a proxy is no part of it: the host's secret port keeps it. */
export interface ProxySettings {
  readonly kind: ProxyKind
  /** These are only used with `socks5` and `http`. */
  readonly host: string
  readonly port: number
  /** '' when the proxy asks for no log-on. */
  readonly user: string
}

/** How an account reaches its servers, incoming and outgoing. */
export interface ConnectionSettings {
  readonly proxy: ProxySettings
  /** Checks that nobody asked for are left out while the system calls the network metered. */
  readonly notOnMetered: boolean
}

export const usualProxyPorts = { socks5: 1080, http: 8080 } as const satisfies Partial<Record<ProxyKind, number>>

export const defaultConnection: ConnectionSettings = {
  proxy: { kind: 'system', host: '', port: usualProxyPorts.socks5, user: '' },
  notOnMetered: false,
}

export interface NetworkFacts {
  /** The proxy that the system says for this server, as people name it; null: none. */
  readonly systemProxy: string | null
  /** null: the system does not tell whether the network is metered. */
  readonly isMetered: boolean | null
}
