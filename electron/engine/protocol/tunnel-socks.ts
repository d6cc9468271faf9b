// The only file that knows the socks library.
import { setImmediate as nextTurn } from 'node:timers/promises'
import { SocksClient } from 'socks'
import { MailError } from '../../../shared/errors/mail-error.ts'
import type { Handshake } from './proxy.ts'

export async function socksHandshake({ socket, proxy, host, port }: Handshake): Promise<void> {
  const { user, password } = proxy
  const logOn = user === '' ? {} : { userId: user, password }
  try {
    await SocksClient.createConnection({
      command: 'connect',
      destination: { host, port },
      // The library insists on an address although the connection is there already.
      proxy: { host: proxy.host, port: proxy.port, type: 5, ...logOn },
      existing_socket: socket,
    })
  } catch (error) {
    throw socksError(error)
  }
  // What a quick server said behind the proxy's last answer, the library hands over one turn later, whoever listens then.
  const early: Buffer[] = []
  const keep = (chunk: Buffer) => void early.push(chunk)
  socket.on('data', keep)
  await nextTurn()
  socket.off('data', keep)
  socket.pause()
  if (early.length > 0) socket.unshift(Buffer.concat(early))
}

/** The library's errors have no codes, only words. */
function socksError(error: unknown): MailError {
  const message = error instanceof Error ? error.message : String(error)
  if (/authentication failed|no accepted auth|unknown auth/i.test(message)) {
    return new MailError('proxy-sign-in-refused', message, {}, error)
  }
  const reason = /rejected connection - (\w+)/.exec(message)?.[1]
  return new MailError('proxy-refused', message, reason === undefined ? {} : { reply: inWords(reason) }, error)
}

/** `HostUnreachable` as a person says it: "host unreachable". */
const inWords = (name: string): string => name.replaceAll(/(?<=[a-z])(?=[A-Z])/g, ' ').toLowerCase()
