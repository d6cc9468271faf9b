import { connect, type LookupFunction, type Socket } from 'node:net'
import type { TLSSocket } from 'node:tls'
import { MailError } from '../../../shared/errors/mail-error.ts'
import { type PeerTrust, upgradeToTls } from '../protocol/connect-tls.ts'
import { LineReader } from '../protocol/line/line-reader.ts'
import type { Address } from './find-server.ts'
import type { Proxy } from '../protocol/proxy.ts'
import { openTunnel } from '../protocol/tunnel.ts'
import { within } from './time-limit.ts'

export interface ProbeTarget {
  readonly host: string
  readonly port: number
  /** Not looked at when a proxy looks the name up. */
  readonly addresses: readonly Address[]
  readonly proxy?: Proxy | undefined
}

/** No server needs more of them to say what it can. */
const mostLines = 500
/** The doctor's own signal ends everything much earlier. */
const longestMs = 60_000

/** Lines over one socket, asked for one at a time: all that the doctor needs to hear what a server says before anybody logs on. */
export class ProbeLine {
  #socket: Socket
  #reader = new LineReader()
  #lines: string[] = []
  #failure: unknown
  #heard = 0
  #wake: () => void = () => {}

  private constructor(socket: Socket) {
    this.#socket = socket
    this.#listen(socket)
  }

  /** Rejects with Node's error, or with the signal's reason. */
  static async open({ host, port, addresses, proxy }: ProbeTarget, signal: AbortSignal): Promise<ProbeLine> {
    const tunnel = await openTunnel({ host, port, proxy, timeoutMs: longestMs }, {}, signal)
    if (tunnel) {
      const line = new ProbeLine(tunnel)
      tunnel.resume()
      return line
    }
    const socket = connect({ host, port, lookup: knownAddresses(addresses) })
    const line = new ProbeLine(socket)
    const connected = new Promise<void>((resolve, reject) => {
      socket.once('connect', resolve)
      socket.once('error', reject)
    })
    try {
      await within(signal, connected)
      return line
    } catch (error) {
      line.close()
      throw error
    }
  }

  get remoteAddress(): string | undefined {
    return this.#socket.remoteAddress
  }

  async read(signal: AbortSignal): Promise<string> {
    for (;;) {
      const line = this.#lines.shift()
      if (line !== undefined) return line
      if (this.#failure) throw this.#failure
      await within(signal, new Promise<void>((resolve) => (this.#wake = resolve)))
    }
  }

  write(line: string): void {
    this.#socket.write(`${line}\r\n`)
  }

  /** From now on TLS. What the server said before that and nobody read might be somebody else's: it is an error. */
  async secure(host: string, trust: PeerTrust, signal: AbortSignal): Promise<TLSSocket> {
    if (this.#lines.length > 0 || this.#reader.isInside) {
      throw new MailError('server-misbehaved', 'The server went on talking before the encryption began.')
    }
    const plain = this.#socket
    for (const event of ['data', 'error', 'close']) plain.removeAllListeners(event)
    plain.on('error', () => {}) // The socket on top tells of it.
    const secure = await upgradeToTls({ socket: plain, host, trust, timeoutMs: longestMs, signal })
    this.#socket = secure
    this.#listen(secure)
    return secure
  }

  close(): void {
    this.#socket.destroy()
  }

  #listen(socket: Socket): void {
    socket.on('data', (chunk: Buffer) => this.#take(chunk))
    socket.on('error', (error) => this.#fail(error))
    socket.on('close', () => this.#fail(new MailError('connection-lost', 'The server closed the connection.')))
  }

  #take(chunk: Buffer): void {
    try {
      for (let at = 0; at < chunk.length; ) {
        const { line, next } = this.#reader.read(chunk, at)
        at = next
        if (line === undefined) continue
        if (++this.#heard > mostLines) throw new MailError('server-misbehaved', 'The server does not stop talking.')
        this.#lines.push(line)
      }
    } catch (error) {
      this.#fail(error)
      this.close()
    }
    this.#wake()
  }

  #fail(error: unknown): void {
    this.#failure ??= error
    this.#wake()
  }
}

/** The addresses that were found a moment ago: looking the name up twice could give two answers. */
function knownAddresses(addresses: readonly Address[]): LookupFunction {
  return (_host, options, callback) => {
    const [first] = addresses
    if (options.all) callback(null, [...addresses])
    else callback(null, first?.address ?? '', first?.family)
  }
}
