// The part of a practice server that every line protocol needs: sockets, TLS from the start or later, lines in, bytes out,
// and the faults that have nothing to do with a protocol. Listens on 127.0.0.1 only.
import type { AddressInfo, Socket } from 'node:net'
import { createServer } from 'node:net'
import type { SecureContext } from 'node:tls'
import { createSecureContext, TLSSocket } from 'node:tls'

export interface TlsFiles {
  /** PEM. */
  readonly key: string
  readonly cert: string
}

/** May be changed while the server runs; what is sent next obeys. */
export interface LineFaults {
  /** Hang up on every new connection without a word. */
  hangUp?: boolean
  /** Hang up once this many bytes were sent over a connection. */
  dropAfterBytes?: number
  bytesPerSecond?: number
}

/** The client's end of a connection, as a protocol sees it. */
export interface LinePeer {
  readonly isEncrypted: () => boolean
  /** Sends bytes as they are, in order. */
  readonly write: (data: string | Buffer) => void
  /** Closes when everything was sent. */
  readonly end: () => void
  /** After what was written so far, speaks TLS. Lines that came before are forgotten. */
  readonly startTls: () => void
}

export interface LineHandler {
  readonly onLine: (line: string) => void
  readonly onClose: () => void
}

export interface LineServerOptions {
  readonly tls?: TlsFiles
  /** TLS from the first byte; else only when `startTls` is called. */
  readonly isImplicitTls: boolean
  readonly faults: LineFaults
  readonly onConnection: (peer: LinePeer) => LineHandler
}

export interface LineServer {
  readonly port: number
  /** The largest number of lines that arrived together: above 1, the client pipelines. */
  readonly mostLinesAtOnce: () => number
  readonly close: () => Promise<void>
}

export async function startLineServer(options: LineServerOptions): Promise<LineServer> {
  const context = options.tls && createSecureContext({ ...options.tls, minVersion: 'TLSv1.2' })
  const open = new Set<LineSocket>()
  let mostLines = 0
  const server = createServer((socket) => {
    if (options.faults.hangUp) {
      socket.destroy()
      return
    }
    const peer = new LineSocket(socket, context, options.faults)
    open.add(peer)
    if (options.isImplicitTls) peer.startTls()
    const handler = options.onConnection(peer)
    peer.listen({
      onLines: (lines) => {
        mostLines = Math.max(mostLines, lines.length)
        for (const line of lines) handler.onLine(line)
      },
      onClose: () => {
        open.delete(peer)
        handler.onClose()
      },
    })
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(0, '127.0.0.1', resolve)
  })
  return {
    port: (server.address() as AddressInfo).port,
    mostLinesAtOnce: () => mostLines,
    close: () => {
      for (const peer of open) peer.drop()
      return new Promise((resolve) => server.close(() => resolve()))
    },
  }
}

interface LineListener {
  readonly onLines: (lines: readonly string[]) => void
  readonly onClose: () => void
}

class LineSocket implements LinePeer {
  readonly #context: SecureContext | undefined
  readonly #faults: LineFaults
  #socket: Socket
  #listener: LineListener | undefined
  #unread = ''
  /** What is still to be done, in order: bytes, or a step such as hanging up. */
  #queue: (Buffer | (() => void))[] = []
  #sent = 0
  #timer: NodeJS.Timeout | undefined

  constructor(socket: Socket, context: SecureContext | undefined, faults: LineFaults) {
    this.#socket = socket
    this.#context = context
    this.#faults = faults
    socket.setNoDelay(true)
    socket.on('error', () => {}) // Clients may break off at any time; 'close' follows.
  }

  listen(listener: LineListener): void {
    this.#listener = listener
    this.#socket.on('close', () => this.#closed())
    this.#readFrom(this.#socket)
  }

  isEncrypted = (): boolean => this.#socket instanceof TLSSocket

  write = (data: string | Buffer): void => {
    this.#queue.push(Buffer.from(data))
    this.#pump()
  }

  end = (): void => {
    this.#queue.push(() => this.#socket.end())
    this.#pump()
  }

  startTls = (): void => {
    this.#queue.push(() => this.#wrap())
    this.#pump()
  }

  drop(): void {
    this.#queue = []
    clearTimeout(this.#timer)
    this.#socket.destroy()
  }

  #wrap(): void {
    if (!this.#context) throw new Error('This server has no certificate.')
    const plain = this.#socket
    plain.removeAllListeners('data')
    this.#unread = ''
    const secure = new TLSSocket(plain, { isServer: true, secureContext: this.#context })
    secure.on('error', () => {}) // A client that does not trust us says so with an alert.
    secure.on('_tlsError', () => secure.destroy())
    secure.on('close', () => plain.destroy())
    this.#socket = secure
    if (this.#listener) this.#readFrom(secure)
  }

  #readFrom(socket: Socket): void {
    socket.on('data', (chunk) => {
      this.#unread += chunk.toString('utf8')
      const lines = this.#unread.split('\n')
      this.#unread = lines.pop() ?? ''
      if (lines.length > 0) this.#listener?.onLines(lines.map((line) => line.replace(/\r$/, '')))
    })
  }

  #closed(): void {
    this.#queue = []
    clearTimeout(this.#timer)
    this.#listener?.onClose()
    this.#listener = undefined
  }

  #pump(): void {
    while (this.#queue.length > 0 && !this.#timer) {
      const next = this.#queue.shift()
      if (typeof next === 'function') next()
      else if (next) this.#send(next)
    }
  }

  #send(bytes: Buffer): void {
    const { bytesPerSecond, dropAfterBytes = Number.POSITIVE_INFINITY } = this.#faults
    const slice = bytesPerSecond ? Math.max(1, Math.ceil(bytesPerSecond / 20)) : bytes.length
    const left = dropAfterBytes - this.#sent
    const now = bytes.subarray(0, Math.min(slice, left))
    this.#sent += now.length
    if (now.length === left) {
      this.#queue = []
      this.#socket.write(now, () => this.drop())
      return
    }
    this.#socket.write(now)
    if (now.length < bytes.length) this.#queue.unshift(bytes.subarray(now.length))
    if (!bytesPerSecond) return
    this.#timer = setTimeout(() => {
      this.#timer = undefined
      this.#pump()
    }, 50)
  }
}
