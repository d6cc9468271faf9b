// Connections through a proxy (SOCKS5, RFC 1928; HTTP CONNECT, RFC 9110). The proxy looks the server's name up.
import { connect, type Socket } from 'node:net'
import { type ErrorDetail, MailError, withDetail } from '../../../shared/errors/mail-error.ts'
import { stopped } from './connect-tls.ts'
import { type Proxy, proxyName } from './proxy.ts'
import { httpHandshake } from './tunnel-http.ts'
import { socksHandshake } from './tunnel-socks.ts'

export interface TunnelRequest {
  /** undefined: no proxy, and no tunnel. */
  readonly proxy?: Proxy | undefined
  readonly host: string
  readonly port: number
  readonly timeoutMs: number
}

/**
 * A connection to a server through the proxy that the request names; undefined when it names none. The socket is paused: whoever
 * listens to it resumes it. Throws MailError with `detail`; aborting ends the attempt, not the connection it led to.
 */
export async function openTunnel(request: TunnelRequest, detail: ErrorDetail, signal: AbortSignal): Promise<Socket | undefined> {
  const { proxy, host, port, timeoutMs } = request
  if (!proxy) return undefined
  const facts = { ...detail, proxy: proxyName(proxy) }
  if (signal.aborted) throw withDetail(stopped(signal), facts)
  const socket = connect({ host: proxy.host, port: proxy.port })
  socket.setNoDelay()
  const end = new MailError('timed-out', 'The proxy did not answer in time.')
  const timer = setTimeout(() => socket.destroy(end), timeoutMs)
  const abort = () => socket.destroy(stopped(signal))
  signal.addEventListener('abort', abort, { once: true })
  const failed = failureOf(socket)
  try {
    await Promise.race([failed.promise, connected(socket)])
    const handshake = proxy.kind === 'http' ? httpHandshake : socksHandshake
    await Promise.race([failed.promise, handshake({ socket, proxy, host, port })])
    return socket
  } catch (error) {
    socket.destroy()
    throw withDetail(translated(error, socket), facts)
  } finally {
    clearTimeout(timer)
    signal.removeEventListener('abort', abort)
    failed.release()
  }
}

function connected(socket: Socket): Promise<void> {
  return new Promise((resolve) => socket.once('connect', resolve))
}

function failureOf(socket: Socket) {
  const { promise, reject } = Promise.withResolvers<never>()
  // After the race nobody waits for it.
  promise.catch(() => {})
  const closed = () => reject(new MailError('proxy-refused', 'The proxy closed the connection.'))
  socket.once('error', reject)
  socket.once('close', closed)
  return {
    promise,
    release: () => {
      socket.off('error', reject)
      socket.off('close', closed)
      // Between the handshake and whoever takes the socket over, an error must not end the process: reading tells of it.
      socket.on('error', () => {})
    },
  }
}

function translated(error: unknown, socket: Socket): MailError {
  if (error instanceof MailError) return error
  const message = error instanceof Error ? error.message : String(error)
  // An unknown name, a refused port: nobody has answered at all.
  return new MailError(socket.bytesRead > 0 ? 'proxy-refused' : 'proxy-unreachable', message, {}, error)
}
