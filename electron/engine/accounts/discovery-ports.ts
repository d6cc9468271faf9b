import { Resolver } from 'node:dns/promises'
import { get } from 'node:https'
import { connect as connectPlain, type Socket } from 'node:net'
import { connect as connectTls } from 'node:tls'
import type { Proxy } from '../protocol/proxy.ts'
import { openTunnel } from '../protocol/tunnel.ts'
import { guardPeer, type PeerTrust, tlsOptions } from '../protocol/connect-tls.ts'

export interface ServiceRecord {
  readonly host: string
  readonly port: number
  readonly priority: number
  readonly weight: number
}

/** How settings are looked for outside. Nothing of it ever gets a password or more of an address than its domain. */
export interface DiscoveryPorts {
  /** A file by HTTPS; undefined: there is none. Rejects when nobody answers or the answer can't be trusted. */
  fetch(url: string, signal: AbortSignal): Promise<Uint8Array | undefined>
  /** SRV records; empty: the domain has none. Rejects when DNS can't be asked. */
  services(name: string, signal: AbortSignal): Promise<readonly ServiceRecord[]>
  /** Names of the hosts that take mail for a domain, the preferred one first. */
  mailHosts(domain: string, signal: AbortSignal): Promise<readonly string[]>
  /** Connects, with TLS unless told otherwise, and waits for the greeting; sends nothing. '' when there is none. */
  greeting(host: string, port: number, options: { readonly tls: boolean; readonly signal: AbortSignal }): Promise<string>
}

/** For tests: whom to trust besides, and which port stands for 443. */
interface NetworkOptions {
  readonly ca?: string
  readonly httpsPort?: number
  /** The proxy that the system says for a server. */
  readonly proxyFor?: (host: string, port: number) => Promise<Proxy | undefined>
}

const maxFileBytes = 256 * 1024
const maxRedirects = 3
/** The search's own signal ends everything earlier. */
const tunnelMs = 10_000
const maxGreetingBytes = 1024

export function networkDiscovery({ ca, httpsPort = 443, proxyFor = async () => undefined }: NetworkOptions = {}): DiscoveryPorts {
  const trust: PeerTrust = { certificates: [], ca: ca ?? null }

  const tunnelTo = async (host: string, port: number, signal: AbortSignal) =>
    openTunnel({ host, port, proxy: await proxyFor(host, port), timeoutMs: tunnelMs }, {}, signal)

  async function fetchOnce(url: URL, signal: AbortSignal): Promise<{ readonly body?: Uint8Array; readonly movedTo?: string }> {
    const { promise, resolve, reject } = Promise.withResolvers<{ readonly body?: Uint8Array; readonly movedTo?: string }>()
    const port = url.port === '' ? httpsPort : Number(url.port)
    const tunnel = await tunnelTo(url.hostname, port, signal)
    const tls = tlsOptions(url.hostname, trust)
    const createConnection = tunnel && (() => connectTls({ ...tls, socket: tunnel }))
    const options = { ...tls, port, path: url.pathname + url.search, agent: false, signal, ...(createConnection && { createConnection }) }
    const request = get(options, (response) => {
      const { statusCode = 0, headers } = response
      if (statusCode === 200) {
        const pieces: Buffer[] = []
        let size = 0
        response.on('data', (piece: Buffer) => {
          size += piece.length
          if (size > maxFileBytes) request.destroy(new Error('The file is too large.'))
          else pieces.push(piece)
        })
        response.on('end', () => resolve({ body: Buffer.concat(pieces) }))
        response.on('error', reject)
        return
      }
      resolve(statusCode >= 301 && statusCode <= 308 && headers.location !== undefined ? { movedTo: headers.location } : {})
      request.destroy()
    })
    request.on('error', reject)
    return promise
  }

  return {
    async fetch(address, signal) {
      let url = new URL(address)
      for (let redirects = 0; redirects <= maxRedirects; redirects++) {
        // A file that came without TLS could have been written by anybody on the way.
        if (url.protocol !== 'https:') return undefined
        const { body, movedTo } = await fetchOnce(url, signal)
        if (movedTo === undefined) return body
        url = new URL(movedTo, url)
      }
      return undefined
    },
    services: async (name, signal) => {
      const records = await asked(signal, (resolver) => resolver.resolveSrv(name))
      return records.map((record) => ({ host: record.name, port: record.port, priority: record.priority, weight: record.weight }))
    },
    mailHosts: async (domain, signal) => {
      const records = await asked(signal, (resolver) => resolver.resolveMx(domain))
      return records.toSorted((one, other) => one.priority - other.priority).map(({ exchange }) => exchange)
    },
    greeting: async (host, port, { tls, signal }) => {
      // A proxy that does not lead there is the same as a server that does not answer.
      const tunnel = await tunnelTo(host, port, signal).catch(() => null)
      if (tunnel === null) return ''
      if (!tls) {
        const said = greetingOf(tunnel ?? connectPlain({ host, port }), signal)
        tunnel?.resume()
        return said
      }
      const socket = connectTls({ ...tlsOptions(host, trust), ...(tunnel ? { socket: tunnel } : { port }) })
      guardPeer(socket, trust)
      return greetingOf(socket, signal)
    },
  }
}

const noSuchRecord = new Set(['ENOTFOUND', 'ENODATA', 'ENOTIMP'])

async function asked<T>(signal: AbortSignal, ask: (resolver: Resolver) => Promise<readonly T[]>): Promise<readonly T[]> {
  const resolver = new Resolver({ timeout: 1500, tries: 2 })
  const stop = () => resolver.cancel()
  signal.addEventListener('abort', stop, { once: true })
  try {
    return await ask(resolver)
  } catch (error) {
    if (error instanceof Error && 'code' in error && noSuchRecord.has(String(error.code))) return []
    throw error
  } finally {
    signal.removeEventListener('abort', stop)
  }
}

/** '' when the server refuses, is not trusted, or is silent until the signal ends the wait. */
function greetingOf(socket: Socket, signal: AbortSignal): Promise<string> {
  const { promise, resolve } = Promise.withResolvers<string>()
  let heard = ''
  const stop = () => socket.destroy()
  signal.addEventListener('abort', stop, { once: true })
  if (signal.aborted) stop()
  socket.on('data', (piece: Buffer) => {
    heard += piece.toString('latin1')
    if (heard.includes('\n') || heard.length > maxGreetingBytes) stop()
  })
  socket.on('error', () => {}) // 'close' follows and says all that is asked here
  socket.on('close', () => {
    signal.removeEventListener('abort', stop)
    resolve(heard)
  })
  return promise
}
