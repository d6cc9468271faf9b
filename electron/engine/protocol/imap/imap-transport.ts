import { connect as connectPlain } from 'node:net'
import { connect as connectTls, type TLSSocket } from 'node:tls'
import type { Duplex } from 'node:stream'
import { guardPeer, tlsOptions } from '../connect-tls.ts'
import type { ImapTarget } from './imap-types.ts'

/** The shape of imapflow's ImapTransport, so that sockets are made and guarded by our own rules. */
export interface SocketMaker {
  connect(options: { readonly secure: boolean }, onConnect: () => void): TimedDuplex
  upgrade(socket: TimedDuplex, options: unknown, onSecure: () => void): TimedDuplex
}

type TimedDuplex = Duplex & { setTimeout(ms: number): unknown }

export function socketMaker({ host, port, trust, tunnel }: ImapTarget): SocketMaker {
  const secured = (socket: TLSSocket, onSecure: () => void): TLSSocket => {
    guardPeer(socket, trust)
    socket.setNoDelay()
    // The guard may have destroyed it just before; the error is on its way.
    socket.once('secureConnect', () => {
      if (!socket.destroyed) onSecure()
    })
    return socket
  }
  return {
    connect({ secure }, onConnect) {
      if (secure) return secured(connectTls({ ...tlsOptions(host, trust), ...(tunnel ? { socket: tunnel } : { port }) }), onConnect)
      if (tunnel) {
        // As a connection would tell of it: once whoever asked has the socket.
        setImmediate(() => {
          if (tunnel.destroyed) return
          onConnect()
          tunnel.resume()
        })
        return tunnel
      }
      return connectPlain({ host, port }, onConnect).setNoDelay()
    },
    upgrade(socket, _options, onSecure) {
      return secured(connectTls({ ...tlsOptions(host, trust), socket }), onSecure)
    },
  }
}
