import type { Folder, FolderSync } from '../../../shared/domain/folder.ts'
import type { MessageId } from '../../../shared/domain/ids.ts'
import { messageFacts } from '../mime/facts.ts'
import { parseMessage } from '../mime/parse-message.ts'
import type { BodilessRow } from '../store/places-table.ts'
import type { Store } from '../store/store.ts'
import type { ImapSyncContext } from './imap-sync-context.ts'

/** As many bytes are committed together: a loss of power costs no more, and others get their turn in between. */
const batchBytes = 1_000_000

/** Bodies of a folder that are to be here and are not yet: by `extent` (`new` is what is unread), and those marked for offline. */
export async function syncBodies(context: ImapSyncContext, folder: Folder, extent: FolderSync): Promise<void> {
  const { store, session, progress } = context
  const missing = store.places.bodiless(folder.id).filter((row) => isChosen(row, extent))
  if (missing.length === 0) return
  progress.say(`Downloading messages in '${folder.name}'...`)
  progress.expect(
    missing.length,
    missing.reduce((sum, { size }) => sum + size, 0),
  )
  const { uidValidity } = await session.select(folder.path)
  // The numbers would name other messages now: the next pass begins with that.
  if (uidValidity !== store.folders.syncState(folder.id).uidValidity) return
  const ids = new Map(missing.map(({ uid, id }) => [uid, id]))
  let batch: Arrived[] = []
  let bytes = 0
  const flush = () => {
    record(store, batch)
    batch = []
    bytes = 0
  }
  try {
    await session.fetchRawMany(new Map(missing.map(({ uid, size }) => [uid, size])), async (uid, raw) => {
      const id = ids.get(uid)
      if (id === undefined) return
      batch.push({ id, raw })
      bytes += raw.length
      progress.got(1, raw.length)
      if (bytes < batchBytes) return
      flush()
      await new Promise((resolve) => setImmediate(resolve))
    })
  } finally {
    flush()
  }
}

interface Arrived {
  readonly id: MessageId
  readonly raw: Buffer
}

function record(store: Store, batch: readonly Arrived[]): void {
  const bodies = store.bodies.putMany(batch.map(({ raw }) => raw))
  store.messages.recordBodies(
    batch.flatMap(({ id, raw }, index) => {
      const body = bodies[index]
      return body ? { id, body, facts: messageFacts(parseMessage(raw)) } : []
    }),
  )
}

function isChosen({ isSeen, isWanted }: BodilessRow, extent: FolderSync): boolean {
  return extent === 'all' || isWanted || (extent === 'new' && !isSeen)
}
