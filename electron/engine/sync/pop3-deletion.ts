import { setImmediate } from 'node:timers/promises'
import { toErrorInfo } from '../../../shared/errors/mail-error.ts'
import type { UidlRecord } from '../store/uidls-table.ts'
import type { Pop3SyncContext } from './pop3-context.ts'
import type { NamedMessage } from './pop3-naming.ts'

/** So long a message that has left the server is still known by its header, should it come back. */
const rememberedMs = 60 * 24 * 3_600_000

/**
 * The one place that deletes mail on a server (P7). What it deletes is committed, flushed to the disk, and read back with the right
 * hash. Returns what the server has accepted; it does so for good only when QUIT is answered.
 */
export async function deleteOnServer(context: Pop3SyncContext, messages: readonly NamedMessage[]): Promise<readonly string[]> {
  const { store, account, session, progress } = context
  const safe = await safeToDelete(context, messages)
  if (safe.length === 0) return []
  const due = safe.filter(({ record }) => record.state === 'downloaded' && record.mark === null).map(({ record }) => record.uidl)
  // A durable commit makes all earlier ones durable too: rows and UIDLs of what is deleted now.
  store.transaction(() => store.uidls.setState(account.id, due, 'to-be-deleted'), 'full')
  progress.say(safe.length === 1 ? 'Deleting 1 message from the server...' : `Deleting ${safe.length} messages from the server...`)
  const names = new Map(safe.map(({ message, record }) => [message.number, record.uidl]))
  const refused = new Set<number>()
  await session.deleteAll([...names.keys()], (number) => refused.add(number))
  return [...names].filter(([number]) => !refused.has(number)).map(([, uidl]) => uidl)
}

interface Safe {
  readonly message: NamedMessage
  readonly record: UidlRecord
}

async function safeToDelete(context: Pop3SyncContext, messages: readonly NamedMessage[]): Promise<readonly Safe[]> {
  const { store, account, progress } = context
  const known = store.uidls.known(account.id)
  const safe: Safe[] = []
  for (const [index, message] of messages.entries()) {
    if (index % 50 === 49) {
      await setImmediate()
      context.signal.throwIfAborted()
    }
    const record = known.get(message.uidl)
    // The user may have changed his mind while the connection was open.
    if (!record || (message.record?.mark && !record.mark)) continue
    try {
      if (isSafe(context, record)) safe.push({ message, record })
    } catch (error) {
      if (toErrorInfo(error).code !== 'store-damaged') throw error
      progress.note('A message stays on the server because its copy here is damaged.')
    }
  }
  return safe
}

/** Throws when the bytes that are here are not those that came. */
function isSafe({ store }: Pop3SyncContext, record: UidlRecord): boolean {
  // Its header is looked at before it is due; should it not have been, it stays.
  if (record.isPresumed) return false
  // Never downloaded: only when the user has marked it, or a rule said so.
  if (record.state === 'header-only') return record.mark === 'delete'
  if (record.state === 'ignored') return false
  if (record.message === null) return true // It was here, and the user or a rule has deleted it.
  const { body } = store.messages.details(record.message)
  if (!body) return false
  store.bodies.verify(body)
  return true
}

/** P8: QUIT was answered, so what was accepted is deleted. */
export function settleDeletions({ store, account }: Pop3SyncContext, deleted: readonly string[]): void {
  if (deleted.length === 0) return
  store.transaction(() => {
    const known = store.uidls.known(account.id)
    const rows = deleted.flatMap((uidl) => {
      const record = known.get(uidl)
      return record?.state === 'header-only' && record.message !== null ? record.message : []
    })
    store.uidls.settleDeleted(account.id, deleted)
    store.messages.remove(rows)
  })
}

/** What is known and not in the server's list any more (P14). */
export function settleMissing(context: Pop3SyncContext, missing: readonly UidlRecord[]): void {
  const { store, account, clock, progress, job } = context
  const now = clock.now()
  const isGone = ({ state, goneAt }: UidlRecord) =>
    state === 'to-be-deleted' || state === 'deleted' || state === 'ignored' || (goneAt !== null && goneAt < now - rememberedMs)
  const lost = missing.filter(({ mark, state, goneAt }) => goneAt === null && state === 'header-only' && mark !== null && mark !== 'delete')
  const unlisted = missing.filter(
    ({ mark, state, goneAt }) =>
      goneAt === null && state === 'header-only' && (mark === 'delete' || (mark === null && job.newMail !== 'leave')),
  )
  const forgotten = [...unlisted, ...missing.filter(isGone)].map(({ uidl }) => uidl)
  const fresh = missing.filter((record) => record.goneAt === null && !unlisted.includes(record) && !isGone(record))
  if (forgotten.length + fresh.length === 0) return
  for (const { message } of lost) {
    const subject = message === null ? '' : (store.messages.find(message)?.subject ?? '')
    progress.note(`"${subject}" is no longer on the server, so it can't be retrieved. Its mark was taken back.`)
  }
  store.transaction(() => {
    store.uidls.setMark(
      missing.flatMap(({ message, mark }) => (message !== null && mark !== null ? message : [])),
      null,
    )
    store.uidls.setGone(
      account.id,
      fresh.map(({ uidl }) => uidl),
      now,
    )
    store.uidls.forget(account.id, forgotten)
    store.messages.remove(unlisted.flatMap(({ message }) => message ?? []))
  })
}
