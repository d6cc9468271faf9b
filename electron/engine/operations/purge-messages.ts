import type { ImapSession } from '../protocol/imap/imap-session.ts'
import { compareAnew } from './landing.ts'
import { messagesText, type OperationKind } from './operation.ts'
import { findOnServer, type MessageRef, type Place } from './server-place.ts'

export interface PurgePayload {
  readonly from: Place
  readonly messages: readonly MessageRef[]
  /** Purge of a whole folder: only what is still marked goes. Else these messages are marked first. */
  readonly isWhole: boolean
}

/** Messages leave the server for ever. Their rows are gone already. */
export const purgeMessages: OperationKind<PurgePayload> = {
  kind: 'purge',

  async replayRemotely({ payload }, { store }, session) {
    const uids = [...(await findOnServer(session, store, { ...payload, isForEver: true })).uids.values()]
    if (uids.length === 0) return 'done'
    if (!payload.isWhole) await session.setFlags(uids, ['deleted'], [])
    await expunge(session, uids, payload.isWhole)
    return 'done'
  },

  // The rows come back from the server.
  backOut({ payload }, store) {
    compareAnew(store, payload.from.folder)
  },

  describe: ({ from, messages }) => `Remove ${messagesText(messages.length)} from '${from.name}' for ever`,
  folderOf: ({ from }) => from.folder,
  makes: () => ({ messages: [], folders: [] }),
  needs: ({ from, messages }) => ({ messages: messages.map(({ message }) => message), folders: [from.folder] }),
  canUndo: () => true,

  merge(payload, next) {
    const isAlike = payload.from.path === next.from.path && payload.from.uidValidity === next.from.uidValidity
    if (!isAlike || payload.isWhole || next.isWhole) return undefined
    return { ...payload, messages: [...payload.messages, ...next.messages] }
  },
}

/** Without UIDPLUS only EXPUNGE is there, which takes all that is marked: right for a whole folder, else only when nothing else is. */
async function expunge(session: ImapSession, uids: readonly number[], isWhole: boolean): Promise<void> {
  if (session.changes.canExpungeSome) return session.changes.expunge(uids)
  const own = new Set(uids)
  if (isWhole || (await session.changes.markedAsDeleted()).every((uid) => own.has(uid))) await session.changes.expungeAll()
}
