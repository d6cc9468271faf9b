import type { Account } from '../../../shared/domain/account.ts'
import type { Folder } from '../../../shared/domain/folder.ts'
import type { FolderId, MessageId } from '../../../shared/domain/ids.ts'
import type { Clock } from '../ports.ts'
import type { ImapSession, KnownState } from '../protocol/imap/imap-session.ts'
import type { ImapSyncState } from '../store/folders-table.ts'
import type { Store } from '../store/store.ts'
import { FolderSync } from './imap-folder-sync.ts'
import { planImapSync } from './imap-plan.ts'
import type { ReceiveProgress } from './progress.ts'

export interface ImapSyncContext {
  readonly account: Account
  readonly store: Store
  readonly clock: Clock
  readonly session: ImapSession
  readonly progress: ReceiveProgress
  /** What is new comes with its body at once. */
  readonly wantsWhole?: boolean
  /** Messages with a change that the server has not got yet: its flags don't count for these (I6), and they don't go (I8). */
  readonly pending: ReadonlySet<MessageId>
  /** UIDs of messages that were moved away or removed here, and that the server has in their old folder still. */
  readonly leaving?: ReadonlyMap<FolderId, ReadonlySet<number>>
}

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
  store.transaction(() => {
    store.folders.setSyncState(folder.id, { uidValidity, uidNext, highestModSeq })
    store.folders.setChecked(folder.id, clock.now())
  })
}

function knownState({ uidValidity, highestModSeq }: ImapSyncState): KnownState | undefined {
  return uidValidity === null || highestModSeq === null ? undefined : { uidValidity, modSeq: highestModSeq }
}
