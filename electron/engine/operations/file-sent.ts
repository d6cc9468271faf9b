import type { MessageId } from '../../../shared/domain/ids.ts'
import { MailError } from '../../../shared/errors/mail-error.ts'
import { messageFacts } from '../mime/facts.ts'
import { parseMessage } from '../mime/parse-message.ts'
import { syncFolder } from '../sync/imap-sync.ts'
import { silentProgress } from '../sync/progress.ts'
import type { ImapSession } from '../protocol/imap/imap-session.ts'
import { nothing, type OperationContext, type OperationKind } from './operation.ts'

interface FileSentPayload {
  /** The copy that stands in the local Sent Items until the server has it. */
  readonly message: MessageId
}

/** T6: appends a sent message to the server's Sent Items once, then lets the local copy go. */
export const fileSent: OperationKind<FileSentPayload> = {
  kind: 'file-sent',

  async replayRemotely({ payload: { message } }, context, session) {
    const { store, account } = context
    if (!store.messages.find(message)) return 'done'
    const details = store.messages.details(message)
    if (!details.body) return 'done'
    const path = await sentPath(context, session)
    const folder = store.folders.find(account.id, path)
    if (!folder) throw new MailError('folder-missing', 'The Sent Items folder is missing.', { path, account: account.name })
    // The connection may have died after the last APPEND had arrived, and some servers file sent mail themselves.
    await syncFolder({ ...context, session, progress: silentProgress, pending: new Set() }, folder)
    if (store.messages.findByMessageIdHeader(folder.id, details.messageIdHeader).length === 0) {
      await session.append(path, store.bodies.read(details.body), ['seen'], details.summary.sentAt)
      await syncFolder({ ...context, session, progress: silentProgress, pending: new Set() }, folder)
    }
    const [filed] = store.messages.findByMessageIdHeader(folder.id, details.messageIdHeader)
    store.transaction(() => {
      if (filed !== undefined && details.body)
        store.messages.recordBody(filed, details.body, messageFacts(parseMessage(store.bodies.read(details.body))))
      store.messages.remove([message])
    })
    return 'done'
  },

  // The copy simply stays in the local Sent Items: nothing is lost.
  backOut() {},

  describe: () => "Store a sent message in 'Sent Items'",
  folderOf: () => null,
  makes: () => nothing,
  needs: () => nothing,
  canUndo: () => true,
}

/** The path that the user chose, else the server's own Sent folder, else one that we make (reference 4.6). */
async function sentPath({ store, account }: OperationContext, session: ImapSession): Promise<string> {
  const chosen = account.imap.sentFolder
  const own = chosen === null ? store.folders.byRole(account.id, 'sent')?.path : store.folders.find(account.id, chosen)?.path
  if (own !== undefined) return own
  const path = chosen ?? 'Sent Items'
  await session.createFolder(path)
  const made = { account: account.id, parent: null, name: path, path, role: 'sent', selectable: true } as const
  if (!store.folders.find(account.id, path)) store.folders.add(made)
  return path
}
