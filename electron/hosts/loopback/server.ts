import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'
import type { Duplex } from 'node:stream'
import { WebSocketServer, type WebSocket } from 'ws'
import type { Wire } from '../../../shared/contract/wire.ts'
import { MailError, toErrorInfo } from '../../../shared/errors/mail-error.ts'
import { contentHeaders, windowHeaders } from '../../../shared/policy.ts'
import type { Logger } from '../../engine/log.ts'
import type { PageFiles } from '../page-files.ts'
import { joinWires, portWire, socketWire } from '../wires.ts'
import type { EngineThread } from '../worker/start-engine.ts'
import { createLogin, type Login } from './login.ts'

export interface LoopbackOptions {
  readonly engine: Pick<EngineThread, 'connect' | 'content'>
  readonly page: PageFiles
  /** Serves the host contract on one connection. */
  readonly serveHost: (wire: Wire, origin: string) => void
  /** 0 takes a free one. */
  readonly port: number
  readonly log: Logger
}

export interface LoopbackHost {
  readonly origin: string
  /** The address to open: it trades its token for a cookie. */
  readonly url: string
  close(): Promise<void>
}

const headers = windowHeaders("'self'")
/** A draft with a long text is the largest frame there is. */
const largestFrame = 64 * 1024 * 1024

/**
 * The page, the engine and message content on 127.0.0.1. Any page in any browser of this machine, and any name that
 * resolves to 127.0.0.1, can send requests here: so Host, Origin and the log-in are checked on each of them.
 */
export async function startLoopback(options: LoopbackOptions): Promise<LoopbackHost> {
  const server = createServer()
  await listen(server, options.port)
  const { port } = server.address() as AddressInfo
  const guard = { host: `127.0.0.1:${port}`, origin: `http://127.0.0.1:${port}`, login: createLogin(port) }
  const sockets = new WebSocketServer({ noServer: true, maxPayload: largestFrame, perMessageDeflate: false })
  server.on('request', (request, response) => void answer({ request, response, guard, options }))
  server.on('upgrade', (request, socket, head) => {
    if (!mayConnect(request, guard)) return refuseUpgrade(socket)
    ;(socket as Socket).setNoDelay(true)
    sockets.handleUpgrade(request, socket, head, (opened) => serveSocket(opened, request.url ?? '', guard.origin, options))
  })
  return {
    origin: guard.origin,
    url: `${guard.origin}${guard.login.path}`,
    close: async () => {
      for (const client of sockets.clients) client.terminate()
      const closed = new Promise((resolve) => server.close(resolve))
      server.closeAllConnections()
      await closed
    },
  }
}

interface Guard {
  readonly host: string
  readonly origin: string
  readonly login: Login
}

interface Exchange {
  readonly request: IncomingMessage
  readonly response: ServerResponse
  readonly guard: Guard
  readonly options: LoopbackOptions
}

async function answer({ request, response, guard, options }: Exchange): Promise<void> {
  const deny = (status: number) => plain(response, status, 'Open the address that the program printed when it started.\n')
  // A page elsewhere whose name was made to resolve to 127.0.0.1 says that name here.
  if (request.headers.host !== guard.host) return deny(421)
  if (request.method !== 'GET') return deny(405)
  const url = new URL(request.url ?? '/', guard.origin)
  // The address is the permission: a sandboxed frame has an opaque origin and sends no cookie.
  if (url.pathname.startsWith('/content/')) return sendContent(response, url, options)
  if (url.pathname === '/login') {
    const cookie = guard.login.accept(url.searchParams.get('token'))
    return cookie === undefined ? deny(403) : welcome(request, response, cookie)
  }
  if (!guard.login.isLoggedIn(request)) return deny(403)
  const file = options.page(url.pathname)
  if (!file) return deny(404)
  const caching = file.isImmutable ? 'private, max-age=31536000, immutable' : 'no-store'
  response.writeHead(200, { ...headers, 'content-type': file.type, 'content-length': file.body.byteLength, 'cache-control': caching })
  response.end(file.body)
}

function welcome(request: IncomingMessage, response: ServerResponse, cookie: string): void {
  const fromElsewhere = !['none', 'same-origin', undefined].includes(request.headers['sec-fetch-site'])
  const login = { ...headers, 'set-cookie': cookie, 'cache-control': 'no-store', 'content-type': 'text/plain' }
  // A redirect that began on another site carries no strict cookie; a refresh begins here.
  if (fromElsewhere) response.writeHead(200, { ...login, refresh: '0; url=/' }).end('Opening Postrider ...\n')
  else response.writeHead(302, { ...login, location: '/' }).end()
}

async function sendContent(response: ServerResponse, url: URL, { engine, log }: LoopbackOptions): Promise<void> {
  try {
    const reply = await engine.content(url.pathname.slice('/content'.length) + url.search)
    response.writeHead(reply.status, { ...contentHeaders(reply.headers), 'content-length': reply.body.byteLength })
    response.end(reply.body)
  } catch (error) {
    const { code, message } = toErrorInfo(error)
    log.warn('message content could not be given', { code, message })
    plain(response, 500, 'This part of the message could not be read.\n')
  }
}

/** A body is needed: Chromium turns an empty error answer into a network error page. */
function plain(response: ServerResponse, status: number, text: string): void {
  response.writeHead(status, { ...headers, 'content-type': 'text/plain; charset=utf-8', 'cache-control': 'no-store' }).end(text)
}

function mayConnect(request: IncomingMessage, guard: Guard): boolean {
  const { host, origin } = request.headers
  const isKnown = request.url === '/engine' || request.url === '/host'
  return isKnown && host === guard.host && origin === guard.origin && guard.login.isLoggedIn(request)
}

function refuseUpgrade(socket: Duplex): void {
  socket.on('error', () => socket.destroy()) // the peer may be gone already
  socket.end('HTTP/1.1 403 Forbidden\r\nConnection: close\r\nContent-Length: 0\r\n\r\n')
}

function serveSocket(socket: WebSocket, path: string, origin: string, options: LoopbackOptions): void {
  socket.on('error', (error) => options.log.warn('a connection failed', { path, message: error.message })) // 'close' follows
  const wire = socketWire(socket)
  if (path === '/host') options.serveHost(wire, origin)
  else joinWires(wire, portWire(options.engine.connect()))
}

function listen(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (error) => {
      const isTaken = (error as NodeJS.ErrnoException).code === 'EADDRINUSE'
      reject(isTaken ? new MailError('bad-input', `Port ${port} is used by another program.`, { port }) : error)
    })
    server.listen(port, '127.0.0.1', resolve)
  })
}
