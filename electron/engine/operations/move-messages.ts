import type { MessageId, OperationId } from '../../../shared/domain/ids.ts'
import { MailError } from '../../../shared/errors/mail-error.ts'
import type { ImapSession } from '../protocol/imap/imap-session.ts'
import type { Store } from '../store/store.ts'
import { fetchBodies, isBodyHere } from './fetch-bodies.ts'
import {
  beginTry,
  type Destination,
  findLanded,
  isWaiting,
  placeText,
  recordLanded,
  recordVanished,
  returnHome,
  type Tried,
} from './landing.ts'
import { messagesText, type Operation, type OperationContext, type OperationKind, type Outcome } from './operation.ts'
import { findOnServer, type MessageRef, type Place } from './server-place.ts'

/** As many as one command carries; what is done is stored after each. */
const atOnce = 500

interface Moving extends MessageRef {
  /** Copied to the target, not yet deleted at the source. */
  readonly landed?: number
}

export interface MovePayload {
  readonly from: Place
  readonly to: Destination
  /** false: to Local Folders or another account. Then the bodies come here first, and only the source is this operation's to change. */
  readonly isSameServer: boolean
  /** The operation that stores the messages in another account; nothing is deleted before it is done. */
  readonly upload: OperationId | null
  readonly messages: readonly Moving[]
  readonly tried?: Tried | undefined
}

type Step = { readonly operation: Operation<MovePayload>; readonly context: OperationContext; readonly session: ImapSession }

/** Moving on the server, or away from it. Without MOVE it is copy, make sure, delete; never delete first. */
export const moveMessages: OperationKind<MovePayload> = {
  kind: 'move',

  async replayRemotely(operation, context, session) {
    if (!operation.payload.isSameServer) return moveAway({ operation, context, session })
    for (let { payload } = operation; payload.messages.length > 0; ) {
      payload = await moveSome({ operation: { ...operation, payload }, context, session })
    }
    return 'done'
  },

  backOut({ payload: { from, messages } }, store) {
    for (const { message, uid, landed } of messages) {
      if (landed === undefined) returnHome(store, message, { folder: from.folder, uidValidity: from.uidValidity, uid })
    }
  },

  describe: ({ from, to, messages, isSameServer }, store) =>
    `Move ${messagesText(messages.length)} from '${from.name}' to ${placeText(store, to, isSameServer)}`,
  folderOf: ({ to }) => to.folder,
  makes: (payload) => ({ messages: idsOf(payload), folders: [] }),
  needs: (payload) => ({ messages: idsOf(payload), folders: [payload.from.folder, payload.to.folder] }),
  canUndo: ({ tried, messages, isSameServer, upload }, store) =>
    !tried && messages.every(({ landed }) => landed === undefined) && (isSameServer || upload === null || isWaiting(store, upload)),

  merge(payload, next) {
    const isAlike = payload.from.path === next.from.path && payload.from.uidValidity === next.from.uidValidity
    if (!isAlike || payload.to.path !== next.to.path || !payload.isSameServer || !next.isSameServer) return undefined
    if (payload.tried || next.tried) return undefined
    return { ...payload, messages: [...payload.messages, ...next.messages] }
  },
}

function idsOf({ messages }: MovePayload): readonly MessageId[] {
  return messages.map(({ message }) => message)
}

/** One command's worth. Returns what is left to do. */
async function moveSome(step: Step): Promise<MovePayload> {
  const { store } = step.context
  const { session } = step
  const all = step.operation.payload.messages
  const chunk = all.slice(0, atOnce)
  const { payload, landed, uids } = session.changes.canMove ? await moveAtOnce(step, chunk) : await copyThenDelete(step, chunk)
  await makeSureTheyAreGone(session, payload.from, {
    uids: chunk.flatMap((ref) => (landed.has(ref.message) ? [] : (uids.get(ref.message) ?? []))),
  })
  const rest: MovePayload = { ...payload, messages: all.slice(atOnce), tried: undefined }
  store.transaction(() => {
    settle(store, step.operation, { chunk, landed, uidValidity: payload.tried?.uidValidity ?? '' })
    store.operations.setPayload(step.operation.id, rest)
  })
  return rest
}

interface Brought {
  readonly payload: MovePayload
  /** The new UID of each message that has arrived. */
  readonly landed: ReadonlyMap<MessageId, number>
  /** The UIDs of those that were still at the source. */
  readonly uids: ReadonlyMap<MessageId, number>
}

async function moveAtOnce(step: Step, chunk: readonly Moving[]): Promise<Brought> {
  const { session, context, operation } = step
  const before = await landedBefore(step, chunk)
  const { uids } = await findOnServer(session, context.store, { from: operation.payload.from, messages: chunk })
  const payload = await withTry(step)
  const waiting = chunk.filter((ref) => uids.has(ref.message) && !before.has(ref.message))
  const landed = new Map(before)
  if (waiting.length > 0) {
    const told = await session.changes.move(uidsOf(uids, waiting), payload.to.path)
    for (const [message, uid] of await whereTo(step, { payload, told, uids, waiting })) landed.set(message, uid)
  }
  return { payload, landed, uids: new Map(waiting.map(({ message }) => [message, uids.get(message) ?? 0])) }
}

async function copyThenDelete(step: Step, chunk: readonly Moving[]): Promise<Brought> {
  const { session, context, operation } = step
  const before = await landedBefore(step, chunk)
  const { uids, uidValidity } = await findOnServer(session, context.store, { from: operation.payload.from, messages: chunk })
  const tried = await withTry(step)
  const waiting = chunk.filter((ref) => uids.has(ref.message) && !before.has(ref.message))
  const landed = new Map(before)
  if (waiting.length > 0) {
    const told = await session.changes.copy(uidsOf(uids, waiting), tried.to.path)
    for (const [message, uid] of await whereTo(step, { payload: tried, told, uids, waiting })) landed.set(message, uid)
  }
  const payload = { ...tried, messages: tried.messages.map((ref) => withLanded(ref, landed.get(ref.message))) }
  context.store.operations.setPayload(operation.id, payload)
  const done = chunk.filter((ref) => uids.has(ref.message) && landed.has(ref.message))
  if (done.length > 0) await deleteAtSource(session, payload.from.path, { uids: uidsOf(uids, done), uidValidity })
  return { payload, landed, uids: new Map([...uids].filter(([message]) => !landed.has(message))) }
}

/** What a try that broke off has brought to the target already. */
async function landedBefore({ session, operation: { payload } }: Step, chunk: readonly Moving[]): Promise<ReadonlyMap<MessageId, number>> {
  const known = new Map(chunk.flatMap(({ message, landed }) => (landed === undefined ? [] : [[message, landed] as const])))
  if (!payload.tried) return known
  const messages = chunk.filter(({ message }) => !known.has(message))
  const found = await findLanded(session, payload.to.path, { tried: payload.tried, messages })
  return new Map([...known, ...[...found].map(([ref, uid]) => [ref.message, uid] as const)])
}

async function withTry({ session, context, operation: { id, payload } }: Step): Promise<MovePayload> {
  if (payload.tried) return payload
  const tried = { ...payload, tried: await beginTry(session, payload.to.path) }
  context.store.operations.setPayload(id, tried)
  return tried
}

interface Sent {
  readonly payload: MovePayload
  readonly told: ReadonlyMap<number, number> | undefined
  readonly uids: ReadonlyMap<MessageId, number>
  readonly waiting: readonly Moving[]
}

async function whereTo({ session }: Step, { payload, told, uids, waiting }: Sent): Promise<readonly (readonly [MessageId, number])[]> {
  if (told) {
    return waiting.flatMap(({ message }) => {
      const uid = told.get(uids.get(message) ?? 0)
      return uid === undefined ? [] : [[message, uid] as const]
    })
  }
  if (!payload.tried) return []
  const found = await findLanded(session, payload.to.path, { tried: payload.tried, messages: waiting })
  return [...found].map(([ref, uid]) => [ref.message, uid] as const)
}

/** What has not arrived must not be at the source either: else it is not moved, whatever the server said. */
async function makeSureTheyAreGone(session: ImapSession, from: Place, { uids }: { readonly uids: readonly number[] }): Promise<void> {
  if (uids.length === 0) return
  await session.select(from.path)
  const left = await session.changes.existing(uids)
  if (left.size > 0) throw new MailError('server-misbehaved', 'The server says that it has moved messages which are still there.')
}

/** Without UIDPLUS they stay marked: a plain EXPUNGE would take along what somebody else has marked. */
async function deleteAtSource(session: ImapSession, path: string, { uids, uidValidity }: Source): Promise<void> {
  if ((await session.select(path)).uidValidity !== uidValidity) {
    throw new MailError('server-busy', 'Another program has put another folder in the place of this one.', { path })
  }
  await session.setFlags(uids, ['deleted'], [])
  if (session.changes.canExpungeSome) await session.changes.expunge(uids)
}

/** What UIDs mean depends on the UIDVALIDITY of the folder that was open when they were looked up. */
interface Source {
  readonly uids: readonly number[]
  readonly uidValidity: string
}

interface Settling {
  readonly chunk: readonly Moving[]
  readonly landed: ReadonlyMap<MessageId, number>
  readonly uidValidity: string
}

function settle(store: Store, { account, payload }: Operation<MovePayload>, { chunk, landed, uidValidity }: Settling): void {
  for (const { message } of chunk) {
    const uid = landed.get(message)
    if (uid === undefined) recordVanished(store, payload.to.folder, message)
    else recordLanded(store, { account, folder: payload.to.folder, uidValidity, message, uid })
  }
}

/** To Local Folders or another account: bodies first, and the source goes last. */
async function moveAway({ operation, context, session }: Step): Promise<Outcome> {
  const { store } = context
  const { payload } = operation
  const { uids, uidValidity } = await findOnServer(session, store, payload)
  await fetchBodies(session, store, { uids, rows: payload.messages.map(({ message }) => message), folder: payload.to.folder })
  if (isWaiting(store, payload.upload)) return 'waits'
  const safe = payload.messages.filter(({ message }) => uids.has(message) && isBodyHere(store, message))
  if (safe.length > 0) await deleteAtSource(session, payload.from.path, { uids: uidsOf(uids, safe), uidValidity })
  return 'done'
}

function withLanded(ref: Moving, landed: number | undefined): Moving {
  return landed === undefined ? ref : { ...ref, landed }
}

function uidsOf(uids: ReadonlyMap<MessageId, number>, refs: readonly MessageRef[]): readonly number[] {
  return refs.flatMap(({ message }) => uids.get(message) ?? [])
}
