import type { ProxyKind } from '../../shared/domain/connection.ts'

/** The Connection page of an account. */
export const connectionTabText = {
  proxy: 'Connect to the Servers',
  proxyNote: 'Counts for incoming and outgoing mail of this account.',
  kinds: {
    system: '&Use the settings of this computer',
    none: '&Directly, without a proxy',
    socks5: 'Through a &SOCKS5 proxy',
    http: 'Through an &HTTP proxy',
  } satisfies Record<ProxyKind, string>,
  systemNow: (proxy: string | null) =>
    proxy === null ? 'This computer names no proxy for this server: it is reached directly.' : `This computer says: ${proxy}.`,
  host: '&Proxy server:',
  port: 'P&ort:',
  user: 'Accou&nt name:',
  userHint: 'Leave it empty if the proxy asks for none.',
  password: 'Pass&word:',
  metered: 'Metered Networks',
  notOnMetered: 'Do not check for &mail by itself on metered networks',
  meteredNote: 'Send and Receive still works when you choose it.',
  meteredNow: 'The network is metered just now.',
  cannotTell: 'This system does not tell Postrider whether a network is metered.',
} as const
