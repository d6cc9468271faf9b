import type { FolderId, MessageId } from '../../../shared/domain/ids.ts'
import { MailError } from '../../../shared/errors/mail-error.ts'
import { messageFacts } from '../mime/facts.ts'
import { parseMessage } from '../mime/parse-message.ts'
import type { ImapSession } from '../protocol/imap/imap-session.ts'
import type { Store } from '../store/store.ts'
import { recordVanished } from './landing.ts'

export interface BodiesWanted {
  /** In the folder that is open. */
  readonly uids: ReadonlyMap<MessageId, number>
  readonly rows: readonly MessageId[]
  /** Where the rows stand. */
  readonly folder: FolderId
  /** The row that gets the body of each message; left out: its own. */
  readonly rowOf?: ReadonlyMap<MessageId, MessageId>
}

/** Messages that leave a server come here whole before anything is deleted there. Rows whose message is gone there go. */
export async function fetchBodies(session: ImapSession, store: Store, { uids, rows, folder, rowOf }: BodiesWanted): Promise<void> {
  const wanted = new Map<number, MessageId>()
  const vanished: MessageId[] = []
  for (const message of rows) {
    const row = rowOf?.get(message) ?? message
    const uid = uids.get(message)
    if (!store.messages.find(row) || store.messages.details(row).body) continue
    if (uid === undefined) vanished.push(row)
    else wanted.set(uid, row)
  }
  const sizes = new Map([...wanted].map(([uid, row]) => [uid, store.messages.get(row).size]))
  await session.fetchRawMany(sizes, (uid, raw) => {
    const row = wanted.get(uid)
    wanted.delete(uid)
    if (row === undefined || !store.messages.find(row)) return
    const body = store.bodies.put(raw)
    store.transaction(() => store.messages.recordBody(row, body, messageFacts(parseMessage(raw))), 'full')
  })
  const left = await session.changes.existing([...wanted.keys()])
  if (left.size > 0) throw new MailError('server-misbehaved', 'The server does not hand out a message that it has.')
  store.transaction(() => {
    for (const row of [...vanished, ...wanted.values()]) recordVanished(store, folder, row)
  })
}

/** Here, or deleted by the user after all. */
export function isBodyHere(store: Store, message: MessageId): boolean {
  return !store.messages.find(message) || store.messages.details(message).body !== null
}
