// Which proxy the system means: from environment variables, or from the answer of a PAC file.
import { isIP } from 'node:net'
import { usualProxyPorts } from '../../../shared/domain/connection.ts'
import type { NetworkPort } from '../../engine/ports.ts'
import { isNetworkMetered } from './metered.ts'

type Proxy = Awaited<ReturnType<NetworkPort['proxyFor']>>
type Environment = Readonly<Record<string, string | undefined>>

/** For hosts without Electron: ALL_PROXY, then HTTPS_PROXY, unless NO_PROXY names the server. */
export const environmentNetwork = (environment: Environment = process.env): NetworkPort => ({
  proxyFor: async (host, port) => environmentProxy(environment, host, port),
  isMetered: isNetworkMetered,
})

export function environmentProxy(environment: Environment, host: string, port: number): Proxy {
  const variable = (name: string) => environment[name.toLowerCase()] || environment[name] || ''
  if (isLocal(host) || isExcepted(variable('NO_PROXY'), host, port)) return undefined
  return proxyIn(variable('ALL_PROXY')) ?? proxyIn(variable('HTTPS_PROXY'))
}

/** `SOCKS5 proxy:1080; PROXY other:8080; DIRECT`, as a PAC file answers: the first that we can use. */
export function pacProxy(answer: string): Proxy {
  for (const choice of answer.split(';')) {
    const [kind = '', place = ''] = choice.trim().split(/\s+/)
    if (/^direct$/i.test(kind)) return undefined
    const scheme = /^socks5?$/i.test(kind) ? 'socks5' : /^(?:proxy|http)$/i.test(kind) ? 'http' : undefined
    const proxy = scheme && proxyIn(`${scheme}://${place}`)
    if (proxy) return proxy
  }
  return undefined
}

/** Nothing that is on this computer is reached through a proxy, whatever anybody says. */
export function isLocal(host: string): boolean {
  const bare = host.replace(/^\[(.*)\]$/, '$1').toLowerCase()
  return bare === 'localhost' || bare.endsWith('.localhost') || bare === '::1' || (isIP(bare) === 4 && bare.startsWith('127.'))
}

/** `socks5h://user:password@host:1080`; undefined for what is no proxy, or of a kind that we don't speak. */
function proxyIn(text: string): Proxy {
  const [, scheme = 'http', rest = ''] = /^(?:([a-z0-9]+):\/\/)?(.+)$/i.exec(text.trim()) ?? []
  const kind = /^socks5?h?$/i.test(scheme) ? 'socks5' : /^http$/i.test(scheme) ? 'http' : undefined
  // An address of http has rules for all that an address of socks5 leaves open.
  const url = kind && URL.parse(`http://${rest}`)
  if (!url || url.hostname === '') return undefined
  // URL leaves out the port 80, which is the usual one of http but of no proxy.
  const port = /:80\/?$/.test(rest) ? 80 : Number(url.port) || usualProxyPorts[kind]
  return {
    kind,
    host: url.hostname.replace(/^\[(.*)\]$/, '$1'),
    port,
    user: decodeURIComponent(url.username),
    password: decodeURIComponent(url.password),
  }
}

function isExcepted(list: string, host: string, port: number): boolean {
  const name = host.toLowerCase()
  return list
    .toLowerCase()
    .split(/[\s,]+/)
    .filter(Boolean)
    .some((entry) => {
      if (entry === '*') return true
      const [, pattern = '', only] = /^(.*?)(?::(\d+))?$/.exec(entry) ?? []
      const suffix = pattern.replace(/^\*?\./, '')
      return (only === undefined || Number(only) === port) && (name === suffix || name.endsWith(`.${suffix}`))
    })
}
