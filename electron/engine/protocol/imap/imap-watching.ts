import { MailError } from '../../../../shared/errors/mail-error.ts'
import type { ImapConnection } from './imap-connection.ts'

/** `here`: in the folder that is open; `elsewhere`: in another one that is subscribed. */
export type News = 'here' | 'elsewhere'

export interface WatchOptions {
  readonly path: string
  /** Ask for word about the other subscribed folders as well (NOTIFY, RFC 5465). */
  readonly others: boolean
  /** From here on nothing is missed. */
  readonly onReady: () => void
  /** Only a hint to look: servers say too little and too much. */
  readonly onNews: (where: News) => void
}

const waiting = { action: 'wait for new mail' }
/** A server that ends IDLE faster than this, again and again, does not do it at all. */
const soonMs = 2000
const mostSoonEnds = 5

/** Waits in the open folder (IDLE, RFC 2177) until the connection ends, which it does by throwing. */
export async function watchOpenFolder(connection: ImapConnection, options: WatchOptions): Promise<never> {
  const { client } = connection
  const here = () => options.onNews('here')
  for (const event of ['exists', 'expunge', 'flags'] as const) client.on(event, here)
  const stop = client.onStatus(() => options.onNews('elsewhere'))
  try {
    if (options.others) await connection.run({ action: 'ask for word of changes' }, (each) => each.notifySubscribed())
    options.onReady()
    return await idleForEver(connection, options.path)
  } finally {
    stop()
    for (const event of ['exists', 'expunge', 'flags'] as const) client.off(event, here)
  }
}

async function idleForEver(connection: ImapConnection, path: string): Promise<never> {
  for (let soonEnds = 0; ; ) {
    const began = performance.now()
    // Ends when the library asks a silent server for a sign of life.
    await connection.run({ ...waiting, path }, (client) => client.idle())
    soonEnds = performance.now() - began < soonMs ? soonEnds + 1 : 0
    if (soonEnds > mostSoonEnds) throw connection.fail(new MailError('server-misbehaved', 'The server does not wait with us.'), waiting)
  }
}
