import { setTimeout } from 'node:timers/promises'
import { toErrorInfo } from '../../../shared/errors/mail-error.ts'
import type { Pop3Session } from '../protocol/pop3/pop3-session.ts'
import type { AccountPauses } from './account-pause.ts'
import type { Pop3SyncContext } from './pop3-context.ts'
import { syncPop3 } from './pop3-sync.ts'

export interface Pop3Connection extends Omit<Pop3SyncContext, 'session'> {
  readonly pauses?: AccountPauses
  readonly isForeground?: boolean
  readonly open: (mayPipeline: boolean) => Promise<Pop3Session>
  /** How long to wait before a locked maildrop is tried again, each time once. */
  readonly retryAfterMs?: readonly number[]
}

/** Our own last connection may hold the lock for a moment after a line broke; another program rarely needs longer. */
const usualRetries = [2000, 5000]

/** Connects, does the job, and learns from what goes wrong. */
export async function connectPop3(connection: Pop3Connection): Promise<void> {
  const { store, account, progress, clock, pauses, isForeground = true } = connection
  // P15: it would be refused, and some servers count that, too.
  if (!isForeground && (pauses?.notBefore(account.id, clock.now()) ?? 0) > clock.now()) return
  const server = `${account.incoming.host}:${account.incoming.port}`
  const session = await openUnlocked(connection, store.pop3Accounts.slowServer(account.id) !== server)
  pauses?.visited(account.id, session.capabilities, clock.now())
  let arrived = 0
  const counting = {
    ...progress,
    got: (messages: number, bytes: number) => {
      arrived += messages
      progress.got(messages, bytes)
    },
  }
  try {
    await syncPop3({ ...connection, session, progress: counting })
  } catch (error) {
    connection.signal.throwIfAborted()
    if (session.isPipelining && isPipelinesFault(error, arrived)) {
      store.transaction(() => store.pop3Accounts.setSlowServer(account.id, server))
      progress.note(`${account.incoming.host} failed with several commands on their way. From now on it gets one at a time.`)
    }
    throw error
  } finally {
    session.destroy()
  }
}

async function openUnlocked(
  { open, retryAfterMs = usualRetries, progress, signal }: Pop3Connection,
  mayPipeline: boolean,
): Promise<Pop3Session> {
  for (const wait of retryAfterMs) {
    try {
      return await open(mayPipeline)
    } catch (error) {
      if (toErrorInfo(error).code !== 'mailbox-locked') throw error
      progress.say('Another program is using this mailbox. Trying again in a moment...')
      await setTimeout(wait, undefined, { signal })
    }
  }
  return open(mayPipeline)
}

/** P16: it answers what nobody can understand, or goes silent before a single message came through. */
function isPipelinesFault(error: unknown, arrived: number): boolean {
  const { code } = toErrorInfo(error)
  return code === 'server-misbehaved' || (arrived === 0 && code === 'timed-out')
}
