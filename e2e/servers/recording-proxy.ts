import { connect, createServer, type AddressInfo, type Socket } from 'node:net'

export interface RecordingProxy {
  readonly port: number
  /** All that clients have sent since the last call, line by line. */
  takeSent(): readonly string[]
  /** How many bytes the server has sent. */
  receivedBytes(): number
  close(): Promise<void>
}

/** Writes down what goes to a server of this machine, as it is on the wire: no program's own log can hide a password from it. */
export async function startRecordingProxy(target: number): Promise<RecordingProxy> {
  const sockets = new Set<Socket>()
  let sent: Buffer[] = []
  let receivedBytes = 0
  const server = createServer((client) => {
    const upstream = connect(target, '127.0.0.1')
    for (const [source, sink] of [
      [client, upstream],
      [upstream, client],
    ] as const) {
      sockets.add(source)
      source.setNoDelay(true)
      source.on('error', () => sink.destroy())
      source.on('close', () => sockets.delete(source))
      source.pipe(sink)
    }
    client.on('data', (bytes) => sent.push(bytes))
    upstream.on('data', ({ length }) => {
      receivedBytes += length
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    port: (server.address() as AddressInfo).port,
    receivedBytes: () => receivedBytes,
    takeSent: () => {
      const lines = Buffer.concat(sent).toString('latin1').split('\r\n').filter(Boolean)
      sent = []
      return lines
    },
    close: () => {
      for (const socket of sockets) socket.destroy()
      return new Promise((resolve) => server.close(() => resolve()))
    },
  }
}
