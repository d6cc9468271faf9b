import type { Account } from '../../../shared/domain/account.ts'
import type { FolderId } from '../../../shared/domain/ids.ts'
import { MailError, toErrorInfo } from '../../../shared/errors/mail-error.ts'
import { arrivedAt } from '../mime/arrived-at.ts'
import { messageFacts } from '../mime/facts.ts'
import { parseMessage } from '../mime/parse-message.ts'
import type { Clock } from '../ports.ts'
import type { Pop3Session } from '../protocol/pop3/pop3-session.ts'
import type { Store } from '../store/store.ts'
import { headerFingerprint, planPop3, type WantedMessage } from './pop3-plan.ts'
import type { ReceiveProgress } from './progress.ts'

/** One commit of the bodies database costs one wait for the disk, so messages are committed in batches of this many bytes. */
const batchBytes = 4_000_000
const batchMessages = 200

export interface Pop3SyncContext {
  readonly account: Account
  readonly store: Store
  readonly clock: Clock
  readonly session: Pop3Session
  readonly progress: ReceiveProgress
}

/** One receiving pass over a POP3 maildrop. Deletes nothing on the server (P3). */
export async function syncPop3(context: Pop3SyncContext): Promise<void> {
  const { session, store, account, clock, progress } = context
  const inbox = store.folders.byRole(null, 'inbox')
  if (!inbox) throw new MailError('store-damaged', 'The local Inbox is missing.')
  progress.say('Receiving list of messages from server...')
  const wanted = await listWanted(context)
  progress.expect(
    wanted.length,
    wanted.reduce((sum, message) => sum + message.size, 0),
  )
  if (wanted.length > 0) await receive(context, inbox.id, wanted)
  await sayGoodbye(session)
  store.transaction(() => store.folders.setChecked(inbox.id, clock.now()))
}

/** Nothing was deleted, so nothing hangs on the answer: a server that hangs up instead of answering has done no harm. */
async function sayGoodbye(session: Pop3Session): Promise<void> {
  try {
    await session.quit()
  } catch (error) {
    if (toErrorInfo(error).code !== 'connection-lost') throw error
  }
}

async function listWanted({ session, store, account }: Pop3SyncContext): Promise<readonly WantedMessage[]> {
  const [list, uidls] = await Promise.all([session.list(), session.uidl()])
  const known = store.uidls.known(account.id)
  const fingerprints = uidls ? undefined : await readFingerprints(session, list)
  return planPop3({ list, uidls, ...(fingerprints && { fingerprints }), isKnown: (uidl) => known.has(uidl) })
}

async function readFingerprints(
  session: Pop3Session,
  list: readonly { number: number; size: number }[],
): Promise<ReadonlyMap<number, string>> {
  const sizes = new Map(list.map((entry) => [entry.number, entry.size]))
  const found = new Map<number, string>()
  await session.topAll([...sizes.keys()], (number, header) => {
    found.set(number, headerFingerprint(header, sizes.get(number) ?? 0))
  })
  return found
}

async function receive(context: Pop3SyncContext, inbox: FolderId, wanted: readonly WantedMessage[]): Promise<void> {
  const byNumber = new Map(wanted.map((message) => [message.number, message]))
  let batch: Arrived[] = []
  let bytes = 0
  const flush = () => {
    const arrived = batch
    batch = []
    bytes = 0
    if (arrived.length > 0) commit(context, inbox, arrived)
  }
  try {
    await context.session.retrieveAll([...byNumber.keys()], (number, raw) => {
      const message = byNumber.get(number)
      if (!message) throw new MailError('server-misbehaved', `The server sent message ${number}, which was not asked for.`)
      batch.push({ ...message, raw })
      bytes += raw.length
      context.progress.got(1, raw.length)
      if (bytes >= batchBytes || batch.length >= batchMessages) flush()
    })
  } finally {
    // P4: also when the line broke or the user pressed Stop. Each of these had arrived whole.
    flush()
  }
}

interface Arrived extends WantedMessage {
  readonly raw: Buffer
}

/** P2: bodies first, each flushed to the disk; then rows and UIDLs in one transaction. */
function commit({ store, account, clock }: Pop3SyncContext, inbox: FolderId, arrived: readonly Arrived[]): void {
  const bodies = store.bodies.putMany(arrived.map((message) => message.raw))
  const now = clock.now()
  const parsed = arrived.map((message) => parseMessage(message.raw))
  store.transaction(() => {
    const ids = store.messages.addMany(
      parsed.map((message, index) => ({
        folder: inbox,
        account: account.id,
        facts: messageFacts(message),
        flags: {},
        size: message.raw.length,
        receivedAt: arrivedAt(message, now),
        body: bodies[index] ?? null,
        uidl: arrived[index]?.uidl ?? '',
      })),
    )
    store.uidls.record(
      account.id,
      arrived.map((message, index) => ({
        uidl: message.uidl,
        message: ids[index] ?? null,
        state: 'downloaded' as const,
        downloadedAt: now,
      })),
    )
  })
}
