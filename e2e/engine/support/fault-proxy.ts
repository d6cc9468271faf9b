// A way to a server on this machine on which things happen to the bytes.
import { connect, createServer, type AddressInfo, type Socket } from 'node:net'

/** Offsets count the server's bytes on one connection; lines count from 0. */
export type WireFault =
  | { readonly kind: 'refuse' }
  /** Another server answers on this port. */
  | { readonly kind: 'elsewhere'; readonly port: number }
  | { readonly kind: 'cut'; readonly from: 'server' | 'client'; readonly at: number; readonly how: 'end' | 'reset' }
  | { readonly kind: 'insert' | 'overwrite'; readonly at: number; readonly bytes: Buffer }
  | { readonly kind: 'stall'; readonly at: number }
  | { readonly kind: 'delay'; readonly ms: number }
  /** A line of the server says something else; `#` stands for its first word. */
  | { readonly kind: 'reply'; readonly line: number; readonly text: string }

export interface FaultProxy {
  readonly port: number
  /** For every connection from now on; undefined: they are left alone. */
  fault: WireFault | undefined
  close(): Promise<void>
}

export async function startFaultProxy(target: number): Promise<FaultProxy> {
  const sockets = new Set<Socket>()
  const server = createServer((client) => {
    const { fault } = proxy
    if (fault?.kind === 'refuse') return void client.resetAndDestroy()
    const upstream = connect(fault?.kind === 'elsewhere' ? fault.port : target, '127.0.0.1')
    for (const [source, sink] of [[client, upstream] as const, [upstream, client] as const]) {
      sockets.add(source)
      source.setNoDelay(true)
      source.on('error', () => {}) // Breaking is what it is for; 'close' follows.
      source.on('end', () => sink.end())
      source.on('close', () => {
        sockets.delete(source)
        sink.destroy()
      })
    }
    passClient(client, upstream, fault)
    passServer(upstream, client, fault)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const proxy: FaultProxy = {
    port: (server.address() as AddressInfo).port,
    fault: undefined,
    close: () => {
      for (const socket of sockets) socket.destroy()
      return new Promise((resolve) => server.close(() => resolve()))
    },
  }
  return proxy
}

function passClient(client: Socket, upstream: Socket, fault: WireFault | undefined): void {
  let passed = 0
  client.on('data', (bytes) => {
    const left = fault?.kind === 'cut' && fault.from === 'client' ? fault.at - passed : bytes.length + 1
    passed += bytes.length
    if (bytes.length < left) return void upstream.write(bytes)
    client.resetAndDestroy()
    upstream.destroy()
  })
}

function passServer(upstream: Socket, client: Socket, fault: WireFault | undefined): void {
  let passed = 0
  let lines = 0
  const after = { bytes: (chunk: Buffer, at: number) => Math.max(0, Math.min(chunk.length, at - passed)) }
  const changed = (chunk: Buffer): Buffer => {
    if (fault?.kind === 'stall') return chunk.subarray(0, after.bytes(chunk, fault.at))
    if (fault?.kind === 'insert' || fault?.kind === 'overwrite') {
      if (fault.at < passed || fault.at >= passed + chunk.length) return chunk
      const at = fault.at - passed
      const rest = chunk.subarray(fault.kind === 'insert' ? at : Math.min(chunk.length, at + fault.bytes.length))
      return Buffer.concat([chunk.subarray(0, at), fault.bytes, rest])
    }
    if (fault?.kind !== 'reply') return chunk
    const pieces = chunk.toString('latin1').split(/(?<=\n)/)
    return Buffer.from(
      pieces.map((line) => (lines++ === fault.line ? `${fault.text.replaceAll('#', line.split(' ')[0] ?? '')}\r\n` : line)).join(''),
      'latin1',
    )
  }
  const write = (bytes: Buffer) => {
    if (client.destroyed || bytes.length === 0) return
    if (fault?.kind === 'delay') setTimeout(() => client.destroyed || client.write(bytes), fault.ms)
    else client.write(bytes)
  }
  upstream.on('data', (chunk) => {
    const left = fault?.kind === 'cut' && fault.from === 'server' ? fault.at - passed : chunk.length + 1
    if (chunk.length < left) write(changed(chunk))
    else if (fault?.kind === 'cut') {
      client.write(chunk.subarray(0, Math.max(0, left)), () => (fault.how === 'end' ? client.end() : client.resetAndDestroy()))
      upstream.destroy()
    }
    passed += chunk.length
  })
}
