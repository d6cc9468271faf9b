import { isIPv6, type Socket } from 'node:net'
import { MailError } from '../../../shared/errors/mail-error.ts'
import type { Handshake } from './proxy.ts'

/** No proxy has more to say before it lets us through. */
const mostBytes = 16 * 1024

/** Asks an HTTP proxy for a tunnel (CONNECT). The name and password go as Basic: that is all that proxies agree on. */
export async function httpHandshake({ socket, proxy, host, port }: Handshake): Promise<void> {
  const target = `${isIPv6(host) ? `[${host}]` : host}:${port}`
  const { user, password } = proxy
  const logOn = user === '' ? [] : [`Proxy-Authorization: Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`]
  socket.write([`CONNECT ${target} HTTP/1.1`, `Host: ${target}`, ...logOn, '', ''].join('\r\n'))
  const head = await readHead(socket)
  const [line = ''] = head.split('\r\n')
  const status = Number(/^HTTP\/1\.[01] (\d{3})\b/.exec(line)?.[1] ?? 0)
  if (status >= 200 && status < 300) return
  const reply = line.replaceAll(/[^\x20-\x7e]/g, '').slice(0, 200)
  throw new MailError(status === 407 ? 'proxy-sign-in-refused' : 'proxy-refused', 'The proxy refused.', { reply })
}

/** Up to the empty line; what comes behind it stays in the socket, which is paused then. */
function readHead(socket: Socket): Promise<string> {
  return new Promise((resolve, reject) => {
    let seen = Buffer.alloc(0)
    const take = (chunk: Buffer) => {
      seen = Buffer.concat([seen, chunk])
      const end = seen.indexOf('\r\n\r\n')
      if (end < 0 && seen.length < mostBytes) return
      socket.off('data', take)
      socket.pause()
      if (end < 0) return reject(new MailError('proxy-refused', 'This is not how a proxy answers.'))
      const rest = seen.subarray(end + 4)
      if (rest.length > 0) socket.unshift(rest)
      resolve(seen.subarray(0, end).toString('latin1'))
    }
    socket.on('data', take)
  })
}
