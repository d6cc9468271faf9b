import { Socket } from 'node:net'
import type { TlsOptions } from 'node:tls'
import { connect, TLSSocket } from 'node:tls'
import Pop3Command from 'node-pop3'
import { MailError } from '../../../../shared/errors/mail-error.ts'
import { guardPeer, tlsOptions } from '../connect-tls.ts'
import type { IncomingTarget } from '../incoming-target.ts'

/**
 * The one place that touches node-pop3, which makes the socket. The rest of it is not used: its reply reader depends on how TCP cuts the
 * bytes, and it neither times out nor reports a closed connection once it is connected.
 */
export function openSocket({ host, port, security, trust }: IncomingTarget): Socket {
  const target = { host, port, user: '', password: '' }
  // Reading the system's certificates takes 40 ms, so not in vain. It hands the options to tls.connect, although it declares a server's.
  const opener = new Pop3Command(security === 'tls' ? { ...target, tls: true, tlsOptions: tlsOptions(host, trust) as TlsOptions } : target)
  // Failures reach us through the socket; node-pop3's own reports of the same would end the process.
  opener.on('error', () => {})
  opener.connect().catch(() => {})
  const socket = opener._socket
  if (!(socket instanceof Socket)) throw new MailError('bug', 'node-pop3 no longer makes its socket at once.')
  if (socket instanceof TLSSocket) guardPeer(socket, trust)
  socket.removeAllListeners('data')
  return socket
}

/** The same inside a connection that leads through a proxy. */
export function socketIn(tunnel: Socket, { host, security, trust }: IncomingTarget): Socket {
  if (security !== 'tls') return tunnel
  const socket = connect({ ...tlsOptions(host, trust), socket: tunnel })
  guardPeer(socket, trust)
  return socket
}
