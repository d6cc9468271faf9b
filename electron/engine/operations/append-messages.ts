import type { MessageId, OperationId } from '../../../shared/domain/ids.ts'
import type { FlagName } from '../../../shared/domain/message.ts'
import { MailError } from '../../../shared/errors/mail-error.ts'
import { withCrlf } from '../mime/line-ends.ts'
import type { ImapSession } from '../protocol/imap/imap-session.ts'
import type { Store } from '../store/store.ts'
import { beginTry, type Destination, findLanded, type Home, recordLanded, returnHome, type Tried } from './landing.ts'
import { messagesText, type Operation, type OperationContext, type OperationKind } from './operation.ts'

/** A row that stands in a folder of a server which has not got its message yet. */
export interface Uploading {
  readonly message: MessageId
  readonly header: string
  readonly size: number
  readonly receivedAt: number
  /** null: it is a copy, and simply goes when the server does not want it. */
  readonly home: Home | null
}

export interface AppendPayload {
  readonly to: Destination
  readonly messages: readonly Uploading[]
  readonly tried?: Tried | undefined
}

type Step = { readonly operation: Operation<AppendPayload>; readonly context: OperationContext; readonly session: ImapSession }

/** From Local Folders or another account to a server. The body may still have to come from the other account. */
export const appendMessages: OperationKind<AppendPayload> = {
  kind: 'append',

  async replayRemotely(operation, context, session) {
    const step = { operation, context, session }
    const found = await landedBefore(step)
    let { payload } = operation
    for (const entry of payload.messages) {
      if (!hasCome(context.store, operation.id, entry)) continue
      payload = await storeOne({ ...step, operation: { ...operation, payload } }, entry, found.get(entry))
    }
    return payload.messages.length === 0 ? 'done' : 'waits'
  },

  backOut(operation, store) {
    const { messages } = operation.payload
    for (const { message, home } of messages) {
      if (home) returnHome(store, message, home)
      else if (store.messages.find(message)) store.messages.remove([message])
    }
    keepAtSource(store, operation.id, new Set(messages.map(({ message }) => message)))
  },

  describe: ({ to, messages }) => `Store ${messagesText(messages.length)} in '${to.name}'`,
  folderOf: ({ to }) => to.folder,
  makes: ({ messages }) => ({ messages: messages.map(({ message }) => message), folders: [] }),
  needs: ({ to, messages }) => ({ messages: messages.map(({ message }) => message), folders: [to.folder] }),
  canUndo: ({ tried }) => !tried,
}

/** Whether it is time for this message: it is here whole, or the user has deleted it meanwhile. */
function hasCome(store: Store, id: OperationId, { message }: Uploading): boolean {
  if (!store.messages.find(message) || store.messages.details(message).body) return true
  const isOnItsWay = store.operations.listAll().some(({ payload }) => (payload as { readonly upload?: unknown }).upload === id)
  if (!isOnItsWay) throw new MailError('body-not-here', 'The text of a message that is to be stored on a server is not here.')
  return false
}

async function landedBefore({ operation: { payload }, session }: Step): Promise<ReadonlyMap<Uploading, number>> {
  if (!payload.tried) return new Map()
  return findLanded(session, payload.to.path, { tried: payload.tried, messages: payload.messages })
}

/** Returns what is left to do. */
async function storeOne(step: Step, entry: Uploading, landed: number | undefined): Promise<AppendPayload> {
  const { operation, context, session } = step
  const { store } = context
  const tried = operation.payload.tried ?? (await beginTry(session, operation.payload.to.path))
  const payload = { ...operation.payload, tried }
  store.operations.setPayload(operation.id, payload)
  const row = store.messages.find(entry.message)
  const uid = row ? (landed ?? (await appendNow({ ...step, operation: { ...operation, payload } }, entry))) : undefined
  const messages = payload.messages.filter(({ message }) => message !== entry.message)
  const taken = uid === undefined ? tried.taken : [...tried.taken, uid]
  const rest: AppendPayload = { ...payload, messages, tried: { ...tried, taken } }
  store.transaction(() => {
    const { folder } = payload.to
    if (uid !== undefined)
      recordLanded(store, { account: operation.account, folder, uidValidity: tried.uidValidity, message: entry.message, uid })
    store.operations.setPayload(operation.id, rest)
  }, 'full')
  return rest
}

const kept: readonly FlagName[] = ['seen', 'answered', 'forwarded', 'flagged', 'draft', 'deleted']

async function appendNow({ operation, context: { store }, session }: Step, entry: Uploading): Promise<number> {
  const { body, summary } = store.messages.details(entry.message)
  if (!body) throw new MailError('body-not-here', 'The text of a message that is to be stored on a server is not here.')
  const raw = withCrlf(store.bodies.read(body))
  const flags = kept.filter((name) => summary.flags[name])
  const { path } = operation.payload.to
  const { uid } = await session.append(path, raw, flags, summary.receivedAt)
  if (uid !== null) return uid
  const { tried } = operation.payload
  const found = tried && (await findLanded(session, path, { tried, messages: [{ ...entry, size: raw.length }] }))
  const [landed] = found ? [...found.values()] : []
  if (landed !== undefined) return landed
  throw new MailError('server-misbehaved', 'The server says that it has stored a message which can not be found there.')
}

/** What could not be stored stays where it was: the operation that waits to delete it there must not. */
function keepAtSource(store: Store, upload: OperationId, left: ReadonlySet<MessageId>): void {
  for (const operation of store.operations.listAll()) {
    const payload = operation.payload as {
      readonly upload?: OperationId
      readonly messages?: readonly { readonly message: MessageId; readonly row?: MessageId }[]
    }
    if (payload.upload !== upload || !payload.messages) continue
    const messages = payload.messages.filter(({ message, row }) => !left.has(row ?? message))
    if (messages.length === 0) store.operations.remove(operation.id)
    else store.operations.setPayload(operation.id, { ...payload, messages })
  }
}
