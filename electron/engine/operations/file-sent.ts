import type { Folder } from '../../../shared/domain/folder.ts'
import type { MessageId } from '../../../shared/domain/ids.ts'
import type { ImapSession } from '../protocol/imap/imap-session.ts'
import { recordLanded } from './landing.ts'
import { nothing, type Operation, type OperationContext, type OperationKind } from './operation.ts'
import { filesItself, findFiled } from './self-filing.ts'

interface FileSentPayload {
  /** The copy that stands in the local Sent Items until the server has it. */
  readonly message: MessageId
  /** Until then the server is given time to store it by itself, epoch ms. */
  readonly lookUntil?: number
  /** What is found there may be what we have stored ourselves. */
  readonly isAppending?: boolean
}

/** Servers that store sent mail themselves do so within seconds. */
const patienceMs = 20_000

type Step = { readonly operation: Operation<FileSentPayload>; readonly context: OperationContext; readonly session: ImapSession }

/** T6: a sent message gets into the server's Sent Items once, whoever puts it there; then the local copy becomes the server's. */
export const fileSent: OperationKind<FileSentPayload> = {
  kind: 'file-sent',

  async replayRemotely(operation, context, session) {
    const { store } = context
    const { message } = operation.payload
    if (!store.messages.find(message) || !store.messages.details(message).body) return 'done'
    const step = { operation, context, session }
    const folder = await sentFolder(context, session)
    // The connection may have died after the last APPEND had arrived, and some servers store sent mail themselves.
    const { uidValidity } = await session.select(folder.path)
    const [found] = await findFiled(session, store.messages.details(message).messageIdHeader)
    if (found === undefined && isToWait(step)) return 'waits'
    const uid = found ?? (await append(step, folder))
    settle(step, { folder, uidValidity, uid, isOurs: found === undefined || operation.payload.isAppending === true })
    return 'done'
  },

  // The copy simply stays in the local Sent Items: nothing is lost.
  backOut() {},

  describe: () => "Store a sent message in 'Sent Items'",
  folderOf: () => null,
  makes: () => nothing,
  needs: () => nothing,
  canUndo: ({ isAppending }) => isAppending !== true,
}

/** Whether the server is to be given more time. */
function isToWait({ operation: { id, payload }, context: { store, account, clock } }: Step): boolean {
  if (payload.isAppending || !filesItself(store, account)) return false
  const now = clock.now()
  const lookUntil = payload.lookUntil ?? now + patienceMs
  if (payload.lookUntil === undefined) store.operations.setPayload(id, { ...payload, lookUntil })
  if (now < lookUntil) return true
  // It was waited for in vain: not again.
  store.imapAccounts.setSelfFiled(account.id, -1)
  return false
}

async function append({ operation: { id, payload }, context: { store }, session }: Step, { path }: Folder): Promise<number | undefined> {
  const { body, messageIdHeader, summary } = store.messages.details(payload.message)
  if (!body) return undefined
  store.operations.setPayload(id, { ...payload, isAppending: true })
  const { uid } = await session.append(path, store.bodies.read(body), ['seen'], summary.sentAt)
  return uid ?? (await findFiled(session, messageIdHeader)).at(-1)
}

interface Filed {
  readonly folder: Folder
  readonly uidValidity: string
  readonly uid: number | undefined
  readonly isOurs: boolean
}

function settle({ operation: { account, payload }, context: { store, clock } }: Step, { folder, uidValidity, uid, isOurs }: Filed): void {
  const { message } = payload
  const header = store.messages.details(message).messageIdHeader
  store.transaction(() => {
    // Without a UID the next synchronisation finds it, by its Message-ID (I8).
    store.messages.move([message], folder.id)
    if (uid !== undefined) recordLanded(store, { account, folder: folder.id, uidValidity, message, uid })
    if (!isOurs) store.imapAccounts.setSelfFiled(account, Math.max(0, store.imapAccounts.selfFiled(account)) + 1)
    else if (uid !== undefined) store.imapAccounts.setLastFiled(account, { folder: folder.id, uidValidity, uid, header, at: clock.now() })
  })
}

/** The path that the user chose, else the server's own Sent folder, else one that we make (reference 4.6). */
async function sentFolder({ store, account }: OperationContext, session: ImapSession): Promise<Folder> {
  const chosen = account.imap.sentFolder
  const own = chosen === null ? store.folders.byRole(account.id, 'sent') : store.folders.find(account.id, chosen)
  if (own) return own
  const path = chosen ?? 'Sent Items'
  await session.createFolder(path)
  const made = { account: account.id, parent: null, name: path, path, role: 'sent', selectable: true } as const
  return store.folders.find(account.id, path) ?? store.folders.add(made)
}
