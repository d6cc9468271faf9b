// A way to a server on this machine that breaks after a given number of bytes, in either direction.
import { connect, createServer, type AddressInfo, type Socket } from 'node:net'

export interface Cut {
  readonly from: 'server' | 'client'
  /** Bytes that still get through. */
  readonly after: number
}

export interface CuttingProxy {
  readonly port: number
  /** For the next connection; undefined: it is left alone. */
  cut: Cut | undefined
  /** Bytes of the last connection, to know where it can be cut. */
  readonly passed: { server: number; client: number }
  /** Connections that stand. */
  open(): number
  /** Breaks them all, now. */
  breakAll(): void
  close(): Promise<void>
}

export async function startCuttingProxy(target: number): Promise<CuttingProxy> {
  const sockets = new Set<Socket>()
  const passed = { server: 0, client: 0 }
  const server = createServer((client) => {
    const upstream = connect(target, '127.0.0.1')
    const { cut } = proxy
    passed.server = passed.client = 0
    const pass = (from: Cut['from'], source: Socket, sink: Socket) => {
      sockets.add(source)
      source.setNoDelay(true)
      source.on('error', () => {}) // Breaking is what it is for; 'close' follows.
      source.on('close', () => {
        sockets.delete(source)
        sink.destroy()
      })
      source.on('end', () => sink.end())
      source.on('data', (bytes) => {
        const left = cut?.from === from ? cut.after - passed[from] : bytes.length + 1
        passed[from] += bytes.length
        if (bytes.length < left) sink.write(bytes)
        else sink.write(bytes.subarray(0, left), () => [client, upstream].forEach((socket) => socket.destroy()))
      })
    }
    pass('client', client, upstream)
    pass('server', upstream, client)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const proxy: CuttingProxy = {
    port: (server.address() as AddressInfo).port,
    cut: undefined,
    passed,
    open: () => sockets.size / 2,
    breakAll() {
      for (const socket of sockets) socket.destroy()
    },
    close: () => {
      proxy.breakAll()
      return new Promise((resolve) => server.close(() => resolve()))
    },
  }
  return proxy
}
