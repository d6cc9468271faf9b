import type { MessageId, OperationId } from '../../../shared/domain/ids.ts'
import type { ImapSession } from '../protocol/imap/imap-session.ts'
import { fetchBodies } from './fetch-bodies.ts'
import { beginTry, type Destination, findLanded, isWaiting, placeText, recordLanded, recordVanished, type Tried } from './landing.ts'
import { messagesText, type Operation, type OperationContext, type OperationKind } from './operation.ts'
import { findOnServer, type MessageRef, type Place } from './server-place.ts'

const atOnce = 500

/** `message` is the original, `row` its copy. */
export interface Copying extends MessageRef {
  readonly row: MessageId
}

export interface CopyPayload {
  readonly from: Place
  readonly to: Destination
  /** false: the bodies are fetched for copies in Local Folders or another account. */
  readonly isSameServer: boolean
  readonly upload: OperationId | null
  readonly messages: readonly Copying[]
  readonly tried?: Tried | undefined
}

type Step = { readonly operation: Operation<CopyPayload>; readonly context: OperationContext; readonly session: ImapSession }

export const copyMessages: OperationKind<CopyPayload> = {
  kind: 'copy',

  async replayRemotely(operation, context, session) {
    if (!operation.payload.isSameServer) {
      await fetchForCopies({ operation, context, session })
      return 'done'
    }
    for (let { payload } = operation; payload.messages.length > 0; ) {
      payload = await copySome({ operation: { ...operation, payload }, context, session })
    }
    return 'done'
  },

  backOut({ payload: { messages } }, store) {
    store.messages.remove(messages.map(({ row }) => row).filter((row) => store.messages.find(row)))
  },

  describe: ({ from, to, messages, isSameServer }, store) =>
    `Copy ${messagesText(messages.length)} from '${from.name}' to ${placeText(store, to, isSameServer)}`,
  folderOf: ({ to }) => to.folder,
  makes: ({ messages }) => ({ messages: messages.map(({ row }) => row), folders: [] }),
  needs: ({ from, to, messages }) => ({ messages: messages.map(({ message }) => message), folders: [from.folder, to.folder] }),
  canUndo: ({ tried, isSameServer, upload }, store) => !tried && (isSameServer || upload === null || isWaiting(store, upload)),

  merge(payload, next) {
    const isAlike = payload.from.path === next.from.path && payload.from.uidValidity === next.from.uidValidity
    if (!isAlike || payload.to.path !== next.to.path || !payload.isSameServer || !next.isSameServer) return undefined
    if (payload.tried || next.tried) return undefined
    // The same message twice in one command would be one copy.
    const originals = new Set(payload.messages.map(({ message }) => message))
    if (next.messages.some(({ message }) => originals.has(message))) return undefined
    return { ...payload, messages: [...payload.messages, ...next.messages] }
  },
}

/** One command's worth. Returns what is left to do. */
async function copySome(step: Step): Promise<CopyPayload> {
  const { session, operation, context } = step
  const { store } = context
  const { payload } = operation
  const chunk = payload.messages.slice(0, atOnce)
  const before = payload.tried
    ? await findLanded(session, payload.to.path, { tried: payload.tried, messages: chunk })
    : new Map<Copying, number>()
  const { uids } = await findOnServer(session, store, { from: payload.from, messages: chunk })
  const tried = payload.tried ?? (await beginTry(session, payload.to.path))
  store.operations.setPayload(operation.id, { ...payload, tried })
  const waiting = chunk.filter((ref) => uids.has(ref.message) && !before.has(ref))
  const landed = new Map([...before, ...(await copyNow(step, { tried, waiting, uids }))])
  const rest: CopyPayload = { ...payload, messages: payload.messages.slice(atOnce), tried: undefined }
  store.transaction(() => {
    for (const ref of chunk) settle(step, { ref, uid: landed.get(ref), uidValidity: tried.uidValidity })
    store.operations.setPayload(operation.id, rest)
  })
  return rest
}

interface Sending {
  readonly tried: Tried
  readonly waiting: readonly Copying[]
  readonly uids: ReadonlyMap<MessageId, number>
}

async function copyNow({ session, operation }: Step, { tried, waiting, uids }: Sending): Promise<readonly (readonly [Copying, number])[]> {
  if (waiting.length === 0) return []
  const { path } = operation.payload.to
  const told = await session.changes.copy(
    waiting.flatMap(({ message }) => uids.get(message) ?? []),
    path,
  )
  if (!told) return [...(await findLanded(session, path, { tried, messages: waiting }))]
  return waiting.flatMap((ref) => {
    const uid = told.get(uids.get(ref.message) ?? 0)
    return uid === undefined ? [] : [[ref, uid] as const]
  })
}

interface Settling {
  readonly ref: Copying
  readonly uid: number | undefined
  readonly uidValidity: string
}

function settle({ context: { store }, operation: { account, payload } }: Step, { ref, uid, uidValidity }: Settling): void {
  const { folder } = payload.to
  if (uid === undefined) recordVanished(store, folder, ref.row)
  else recordLanded(store, { account, folder, uidValidity, message: ref.row, uid })
}

async function fetchForCopies({ operation: { payload }, context: { store }, session }: Step): Promise<void> {
  const { uids } = await findOnServer(session, store, payload)
  await fetchBodies(session, store, {
    uids,
    rows: payload.messages.map(({ message }) => message),
    rowOf: new Map(payload.messages.map(({ message, row }) => [message, row])),
    folder: payload.to.folder,
  })
}
