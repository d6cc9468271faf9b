import type { Socket } from 'node:net'

export interface Proxy {
  readonly kind: 'socks5' | 'http'
  readonly host: string
  readonly port: number
  /** '' when it asks for no log-on. */
  readonly user: string
  readonly password: string
}

/** As errors and the doctor name it: `SOCKS5 proxy.example.org:1080`. */
export function proxyName({ kind, host, port }: Proxy): string {
  return `${kind === 'http' ? 'HTTP' : 'SOCKS5'} ${host}:${port}`
}

/** What a handshake needs; it resolves when the next bytes are the server's own. */
export interface Handshake {
  readonly socket: Socket
  readonly proxy: Proxy
  readonly host: string
  readonly port: number
}
