import type { Session } from 'electron'
import type { NetworkPort } from '../engine/ports.ts'
import { isNetworkMetered } from '../hosts/network/metered.ts'
import { isLocal, pacProxy } from '../hosts/network/system-proxy.ts'

/** What the system, or a PAC file that it names, says about a server. */
export function electronNetwork(session: Pick<Session, 'resolveProxy'>): NetworkPort {
  return {
    proxyFor: async (host, port) => {
      if (isLocal(host)) return undefined
      // Systems have rules for web addresses only; the secure ones are nearest to mail.
      return pacProxy(await session.resolveProxy(`https://${host.includes(':') ? `[${host}]` : host}:${port}/`))
    },
    isMetered: isNetworkMetered,
  }
}
