// A SOCKS5 and HTTP proxy for tests: leads everybody to one server, or refuses as told.
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'

export interface ProxyScript {
  /** The name and password that it wants; left out: none. */
  readonly logOn?: readonly [user: string, password: string]
  /** Where every connection leads, whatever was asked for; left out: nowhere. */
  readonly leadsTo?: number
  /** The SOCKS5 answer or HTTP status instead of a connection. */
  readonly refuse?: number
  /** Takes connections and never answers. */
  readonly isSilent?: boolean
}

export interface ScriptedProxy {
  readonly port: number
  /** `host:port` of each connection that was asked for. */
  readonly asked: readonly string[]
  close(): Promise<void>
}

export async function startProxy(kind: 'socks5' | 'http', script: ProxyScript): Promise<ScriptedProxy> {
  const asked: string[] = []
  const sockets = new Set<Socket>()
  const server = createServer((client) => {
    sockets.add(client)
    client.on('error', () => {}) // The client may hang up at any time.
    if (script.isSilent) return
    const answer = kind === 'http' ? serveHttp : serveSocks
    void answer(client, script, asked).catch(() => client.destroy())
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    port: (server.address() as AddressInfo).port,
    asked,
    close: () => {
      for (const socket of sockets) socket.destroy()
      return new Promise((resolve) => server.close(() => resolve()))
    },
  }
}

async function serveHttp(client: Socket, { logOn, leadsTo, refuse }: ProxyScript, asked: string[]): Promise<void> {
  const head = (await take(client, (seen) => seen.indexOf('\r\n\r\n') + 4)).toString()
  asked.push(/^CONNECT (\S+) HTTP\/1\.1\r\n/.exec(head)?.[1] ?? head)
  const wanted = logOn && `Proxy-Authorization: Basic ${Buffer.from(logOn.join(':')).toString('base64')}\r\n`
  if (wanted && !head.includes(wanted)) return void client.end('HTTP/1.1 407 Proxy Authentication Required\r\n\r\n')
  if (refuse) return void client.end(`HTTP/1.1 ${refuse} Not for you\r\n\r\n`)
  await lead(client, leadsTo, 'HTTP/1.1 200 Connection established\r\nVia: test\r\n\r\n')
}

async function serveSocks(client: Socket, { logOn, leadsTo, refuse }: ProxyScript, asked: string[]): Promise<void> {
  const methods = await take(client, (seen) => 2 + (seen[1] ?? 255))
  if (logOn) {
    if (!methods.subarray(2).includes(2)) return void client.end(Buffer.from([5, 255]))
    client.write(Buffer.from([5, 2]))
    const given = await take(client, (seen) => 3 + (seen[1] ?? 255) + (seen[2 + (seen[1] ?? 255)] ?? 255))
    const expected = Buffer.from(`\u0001${lengthAnd(logOn[0])}${lengthAnd(logOn[1])}`, 'latin1')
    if (!given.equals(expected)) return void client.end(Buffer.from([1, 1]))
    client.write(Buffer.from([1, 0]))
  } else client.write(Buffer.from([5, 0]))
  const request = await take(client, (seen) => (seen[3] === 1 ? 10 : 7 + (seen[4] ?? 255)))
  const host = request[3] === 1 ? request.subarray(4, 8).join('.') : request.subarray(5, -2).toString()
  asked.push(`${host}:${request.readUInt16BE(request.length - 2)}`)
  if (refuse) return void client.end(Buffer.from([5, refuse, 0, 1, 0, 0, 0, 0, 0, 0]))
  await lead(client, leadsTo, Buffer.from([5, 0, 0, 1, 0, 0, 0, 0, 0, 0]))
}

const lengthAnd = (text: string): string => String.fromCharCode(text.length) + text

/** What the server says first leaves together with the answer, as it happens with quick ones. */
async function lead(client: Socket, port: number | undefined, answer: Buffer | string): Promise<void> {
  if (port === undefined) return void client.destroy()
  const server = connect(port, '127.0.0.1')
  server.on('error', () => client.destroy())
  await new Promise((resolve) => server.once('connect', resolve))
  client.cork()
  client.write(answer)
  const uncork = () => client.uncork()
  server.once('data', () => setImmediate(uncork))
  // A server that waits for the client to speak first, as with TLS.
  setTimeout(uncork, 20).unref()
  client.on('close', () => server.destroy())
  server.pipe(client).pipe(server)
}

/** So many bytes as `end` finds to be enough: 3 or less, or more than there are, means: wait for more. */
function take(client: Socket, end: (seen: Buffer) => number): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    let seen = Buffer.alloc(0)
    const onData = (chunk: Buffer) => {
      seen = Buffer.concat([seen, chunk])
      const size = end(seen)
      if (size < 3 || seen.length < size) return
      client.off('data', onData)
      resolve(seen)
    }
    client.on('data', onData)
    client.once('close', () => reject(new Error('The client has gone.')))
  })
}
