import type { Folder, FolderSync } from '../../../shared/domain/folder.ts'
import type { MessageId } from '../../../shared/domain/ids.ts'
import { messageFacts } from '../mime/facts.ts'
import { parseMessage } from '../mime/parse-message.ts'
import type { MessageDetails } from '../store/message-rows.ts'
import type { ImapSyncContext } from './imap-sync.ts'

export interface BodyChoice {
  /** `new`: what is unread. */
  readonly extent: FolderSync
  /** Marked for offline: fetched whatever the extent. */
  readonly wanted: ReadonlySet<MessageId>
}

/** Bodies of a folder that are to be here and are not yet. */
export async function syncBodies(context: ImapSyncContext, folder: Folder, choice: BodyChoice): Promise<void> {
  const { store, session, progress } = context
  const missing = new Map(
    store.messages
      .idsInFolder(folder.id)
      .map((id) => store.messages.details(id))
      .filter((details) => details.body === null && details.uid !== null && isChosen(details, choice))
      .map((details) => [details.uid as number, details.summary.id]),
  )
  if (missing.size === 0) return
  progress.say(`Downloading messages in '${folder.name}'...`)
  progress.expect(missing.size, 0)
  await session.select(folder.path)
  let batch: { readonly id: MessageId; readonly raw: Buffer }[] = []
  let bytes = 0
  const flush = () => {
    const bodies = store.bodies.putMany(batch.map((entry) => entry.raw))
    store.messages.recordBodies(
      batch.flatMap(({ id, raw }, index) => {
        const body = bodies[index]
        return body ? { id, body, facts: messageFacts(parseMessage(raw)) } : []
      }),
    )
    batch = []
    bytes = 0
  }
  try {
    await session.fetchRawMany([...missing.keys()], (uid, raw) => {
      const id = missing.get(uid)
      if (id === undefined) return
      batch.push({ id, raw })
      bytes += raw.length
      progress.got(1, raw.length)
      if (bytes > 4_000_000) flush()
    })
  } finally {
    flush()
  }
}

function isChosen({ summary }: MessageDetails, { extent, wanted }: BodyChoice): boolean {
  return extent === 'all' || wanted.has(summary.id) || (extent === 'new' && !summary.flags.seen)
}
