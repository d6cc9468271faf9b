import { TLSSocket } from 'node:tls'
import SMTPConnection from 'nodemailer/lib/smtp-connection'
import { guardPeer, type PeerTrust } from '../connect-tls.ts'

/** The two places where nodemailer makes its sockets. Not public: the tests on certificates fail when they change. */
interface SocketMakers {
  _connectToHost(options: object, secure: boolean): void
  _upgradeConnection(callback: (error: Error | null, secured?: boolean) => void): void
}

const Base = SMTPConnection as unknown as new (options: SMTPConnection.Options) => SMTPConnection & SocketMakers

/** nodemailer's connection, with our rules about certificates applied to each TLS socket in the tick that makes it. */
export class GuardedConnection extends Base {
  readonly #trust: PeerTrust

  constructor(options: SMTPConnection.Options, trust: PeerTrust) {
    super(options)
    this.#trust = trust
  }

  override _connectToHost(options: object, secure: boolean): void {
    super._connectToHost(options, secure)
    this.#guard()
  }

  override _upgradeConnection(callback: (error: Error | null, secured?: boolean) => void): void {
    super._upgradeConnection(callback)
    this.#guard()
  }

  #guard(): void {
    const socket = this._socket
    if (!(socket instanceof TLSSocket)) return
    guardPeer(socket, this.#trust)
    // A certificate refused by the guard makes nodemailer let go of the socket before it hears why.
    socket.on('error', (error) => this.emit('error', error))
  }
}
