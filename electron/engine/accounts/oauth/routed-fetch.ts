import { type IncomingMessage, request as plainRequest } from 'node:http'
import { request as secureRequest } from 'node:https'
import { buffer } from 'node:stream/consumers'
import { connect as connectTls } from 'node:tls'
import { tlsOptions } from '../../protocol/connect-tls.ts'
import type { Proxy } from '../../protocol/proxy.ts'
import { openTunnel } from '../../protocol/tunnel.ts'

/** The way to a provider; undefined: straight to it. */
export type ProxyFor = (host: string, port: number) => Promise<Proxy | undefined>

interface Asked {
  readonly method: string
  readonly headers: Record<string, string>
  readonly body?: URLSearchParams | undefined
  readonly redirect: 'manual'
  readonly signal?: AbortSignal
}

const tunnelMs = 15_000

/** `fetch`, but through the proxy that an account's mail goes through as well, where there is one. */
export function routedFetch(proxyFor: ProxyFor): (address: string, asked: Asked) => Promise<Response> {
  return async (address, asked) => {
    const url = new URL(address)
    const port = Number(url.port) || (url.protocol === 'https:' ? 443 : 80)
    const proxy = await proxyFor(url.hostname, port)
    return proxy ? throughProxy(url, { ...asked, proxy, port }) : fetch(address, { ...asked, body: asked.body ?? null })
  }
}

async function throughProxy(url: URL, { proxy, port, method, headers, body, signal = never }: Asked & { proxy: Proxy; port: number }) {
  const { hostname: host } = url
  const tunnel = await openTunnel({ proxy, host, port, timeoutMs: tunnelMs }, { server: host, action: 'sign in' }, signal)
  if (!tunnel) throw new Error('There is no tunnel.')
  const isSecure = url.protocol === 'https:'
  const createConnection = () => (isSecure ? connectTls({ ...tlsOptions(host, nothingPinned), socket: tunnel }) : tunnel)
  const { promise, resolve, reject } = Promise.withResolvers<IncomingMessage>()
  const request = (isSecure ? secureRequest : plainRequest)({
    ...{ host, port, path: url.pathname + url.search, method, signal, createConnection },
    headers: { ...headers, ...(body && { 'content-type': 'application/x-www-form-urlencoded;charset=UTF-8' }) },
  })
  request.on('response', resolve).on('error', reject)
  if (!isSecure) tunnel.resume()
  request.end(body?.toString())
  const response = await promise
  const content = await buffer(response)
  const { statusCode: status = 502, headers: answered } = response
  const kept = Object.entries(answered).flatMap(([name, value]) => (typeof value === 'string' ? [[name, value] as [string, string]] : []))
  return new Response(content.length > 0 ? new Uint8Array(content) : null, { status, headers: kept })
}

const never = new AbortController().signal
const nothingPinned = { certificates: [], ca: null }
