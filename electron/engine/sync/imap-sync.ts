import type { Account } from '../../../shared/domain/account.ts'
import type { Folder } from '../../../shared/domain/folder.ts'
import type { MessageId } from '../../../shared/domain/ids.ts'
import { headerFacts } from '../mime/facts.ts'
import type { Clock } from '../ports.ts'
import type { FetchedSummary, ImapSession } from '../protocol/imap/imap-session.ts'
import type { Store } from '../store/store.ts'
import { compareFlags, planImapSync, type Step } from './imap-plan.ts'
import type { ReceiveProgress } from './progress.ts'

export interface ImapSyncContext {
  readonly account: Account
  readonly store: Store
  readonly clock: Clock
  readonly session: ImapSession
  readonly progress: ReceiveProgress
  /** Messages with a change that the server has not got yet: the server's flags don't count for these (I6). */
  readonly pending: ReadonlySet<MessageId>
}

/** Brings one folder to what the server has now: headers and flags, no bodies. */
export async function syncFolder(context: ImapSyncContext, folder: Folder): Promise<void> {
  const { store, session, clock, progress } = context
  progress.say(`Checking for new messages in '${folder.name}'...`)
  const server = await session.select(folder.path)
  const held = { ...store.folders.syncState(folder.id), total: store.folders.get(folder.id).total }
  for (const step of planImapSync(held, server)) await applyStep(context, folder, step)
  store.transaction(() => {
    store.folders.setSyncState(folder.id, {
      uidValidity: server.uidValidity,
      uidNext: server.uidNext,
      highestModSeq: server.highestModSeq,
    })
    store.folders.setChecked(folder.id, clock.now())
  })
}

async function applyStep(context: ImapSyncContext, folder: Folder, step: Step): Promise<void> {
  const { store, session } = context
  switch (step.kind) {
    case 'forget-all':
      store.transaction(() => {
        store.messages.remove(store.messages.uidRows(folder.id).map((row) => row.id))
        store.folders.setSyncState(folder.id, { uidValidity: null, uidNext: null, highestModSeq: null })
      })
      return
    case 'compare-flags':
      applyFlags(context, folder, await session.fetchFlags({ from: 1, to: '*' }))
      return
    case 'fetch-headers':
      await session.fetchHeaders({ from: step.from, to: '*' }, (batch) => recordSummaries(context, folder, batch))
      return
  }
}

function applyFlags({ store, pending, session }: ImapSyncContext, folder: Folder, server: Parameters<typeof compareFlags>[1]): void {
  const rows = store.messages.uidRows(folder.id).filter((row) => !pending.has(row.id))
  const { gone, different } = compareFlags(rows, server, session.canStoreForwarded)
  if (gone.length + different.length === 0) return
  store.transaction(() => {
    store.messages.remove(gone.map((row) => row.id))
    for (const { row, add, remove } of different) store.messages.setFlags([row.id], add, remove)
  })
}

/** New rows. A range that is fetched again after a broken connection brings nothing twice. */
function recordSummaries({ store, account, progress }: ImapSyncContext, folder: Folder, batch: readonly FetchedSummary[]): void {
  const fresh = batch.filter((summary) => !store.messages.findByUid(folder.id, summary.uid))
  store.transaction(() => {
    store.messages.addMany(
      fresh.map((summary) => {
        const facts = headerFacts(summary.header)
        return {
          folder: folder.id,
          account: account.id,
          facts: { ...facts, hasAttachment: summary.hasAttachment },
          flags: summary.flags,
          size: summary.size,
          receivedAt: summary.receivedAt,
          body: null,
          uid: summary.uid,
        }
      }),
    )
  })
  progress.got(
    fresh.length,
    fresh.reduce((sum, summary) => sum + summary.header.length, 0),
  )
}
