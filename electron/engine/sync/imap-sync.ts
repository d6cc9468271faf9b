import type { Folder } from '../../../shared/domain/folder.ts'
import type { KnownState } from '../protocol/imap/imap-session.ts'
import type { ImapSyncState } from '../store/folders-table.ts'
import { FolderSync } from './imap-folder-sync.ts'
import { planImapSync } from './imap-plan.ts'
import type { ImapSyncContext } from './imap-sync-context.ts'

/** Brings one folder to what the server has now: headers and flags, no bodies. */
export async function syncFolder(context: ImapSyncContext, folder: Folder): Promise<void> {
  const { store, session, clock, progress } = context
  progress.say(`Checking for new messages in '${folder.name}'...`)
  const before = store.folders.syncState(folder.id)
  const server = await session.select(folder.path, knownState(before))
  const count = store.places.countBelow(folder.id, Number.MAX_SAFE_INTEGER)
  const steps = planImapSync({ ...before, count }, { ...server, hasToldChanges: server.changes !== null })
  const work = new FolderSync(context, folder, server)
  for (const step of steps) await work.apply(step)
  await work.settle()
  const { uidValidity, uidNext, highestModSeq } = server
  const earlier = before.uidValidity === uidValidity ? before.highestModSeq : null
  store.transaction(() => {
    store.folders.setSyncState(folder.id, { uidValidity, uidNext, highestModSeq: work.hasPassedOver ? earlier : highestModSeq })
    store.folders.setChecked(folder.id, clock.now())
  })
}

function knownState({ uidValidity, highestModSeq }: ImapSyncState): KnownState | undefined {
  return uidValidity === null || highestModSeq === null ? undefined : { uidValidity, modSeq: highestModSeq }
}
