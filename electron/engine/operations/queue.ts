import type { AccountId, OperationId } from '../../../shared/domain/ids.ts'
import { MailError, toErrorInfo, withDetail } from '../../../shared/errors/mail-error.ts'
import { errorRegistry } from '../../../shared/errors/registry.ts'
import type { ImapSession } from '../protocol/imap/imap-session.ts'
import type { OperationRow } from '../store/operations-table.ts'
import type { Store } from '../store/store.ts'
import { add, known, makes, needs, overlaps, reachSets, withDependants } from './kinds.ts'
import { nothing, type OperationContext } from './operation.ts'
import { tidySent } from './self-filing.ts'

/** Two connections must not tell the same server the same things. */
const turns = new WeakMap<Store, Map<AccountId, Promise<unknown>>>()
/** What can't be undone just now: a command may be on its way. */
const underWay = new WeakMap<Store, Set<OperationId>>()

/**
 * Tells the server, in order, what the user did. A broken connection leaves the rest for the next time; a refusal is
 * backed out here, with what depends on it, and thrown at the end, after all others had their turn.
 */
export async function replayOperations(context: OperationContext, session: ImapSession): Promise<void> {
  const { store, account } = context
  const ofStore = turns.get(store) ?? new Map<AccountId, Promise<unknown>>()
  turns.set(store, ofStore)
  const before = ofStore.get(account.id) ?? Promise.resolve()
  const own = before.then(() => replayAll(context, session))
  const settled = own.catch(() => {}) // Its caller has the failure; the next in line must not get it.
  ofStore.set(account.id, settled)
  try {
    await own
  } finally {
    if (ofStore.get(account.id) === settled) ofStore.delete(account.id)
  }
}

export function isUnderWay(store: Store, operation: OperationId): boolean {
  return underWay.get(store)?.has(operation) === true
}

async function replayAll(context: OperationContext, session: ImapSession): Promise<void> {
  const { store, account } = context
  const seen = new Set<OperationId>()
  // What waits for something else keeps back what comes after it for the same messages and folders.
  const held = reachSets(nothing)
  let refused: unknown
  await tidySent(context, session)
  for (;;) {
    // Read anew: operations come, and are taken back, while the server is being told.
    const waiting = store.operations.list(account.id).filter(({ id }) => !seen.has(id))
    if (waiting.length === 0) break
    for (const { id } of waiting) {
      seen.add(id)
      const row = store.operations.find(id)
      if (!row) continue
      const isHeld = overlaps(needs(row), held)
      const outcome = isHeld ? 'waits' : await replayOne(row, context, session)
      if (outcome === 'waits') add(held, makes(store.operations.find(id) ?? row))
      else if (outcome !== 'done') refused ??= outcome.refusal
    }
  }
  if (refused) throw refused
}

type Outcome = 'done' | 'waits' | { readonly refusal: unknown }

async function replayOne(row: OperationRow, context: OperationContext, session: ImapSession): Promise<Outcome> {
  const { store } = context
  const merged = withFollowing(store, row)
  const { kind, operation } = known(merged)
  const busy = underWay.get(store) ?? new Set()
  underWay.set(store, busy.add(row.id))
  try {
    const outcome = await kind.replayRemotely(operation, context, session)
    if (outcome === 'done') store.transaction(() => store.operations.remove(row.id))
    return outcome
  } catch (error) {
    const info = toErrorInfo(error)
    if (info.code === 'cancelled') throw error
    const action = kind.describe(operation.payload, store)
    if (isTemporary(error, session)) {
      store.operations.setFailed(row.id, info)
      throw error
    }
    backOut(store, row.id)
    return { refusal: withDetail(new MailError(info.code, info.message, { ...info.detail, action, takenBack: action }, error), {}) }
  } finally {
    busy.delete(row.id)
  }
}

/** A connection that is gone says nothing about what was asked for. */
function isTemporary(error: unknown, session: ImapSession): boolean {
  return !session.isUsable || errorRegistry[toErrorInfo(error).code].remedy === 'retry'
}

/** The same thing done to many messages one after the other is one command. */
function withFollowing(store: Store, first: OperationRow): OperationRow {
  const { kind } = known(first)
  if (!kind.merge) return first
  const following = store.operations.list(first.account).filter(({ id }) => id > first.id)
  let payload = first.payload
  const merged: OperationId[] = []
  for (const next of following) {
    const both = next.kind === first.kind ? kind.merge(payload as never, next.payload as never) : undefined
    if (!both) break
    payload = both
    merged.push(next.id)
  }
  if (merged.length === 0) return first
  store.transaction(() => {
    store.operations.setPayload(first.id, payload)
    for (const id of merged) store.operations.remove(id)
  })
  return { ...first, payload }
}

/** Undoes the local half of an operation and of all that depend on it, the last one first. */
export function backOut(store: Store, id: OperationId): void {
  store.transaction(() => {
    const row = store.operations.find(id)
    if (!row) return
    for (const each of [...withDependants(store, row)].reverse()) {
      // Backing out another one may have taken it along.
      const current = store.operations.find(each.id)
      if (!current) continue
      const { kind, operation } = known(current)
      kind.backOut(operation, store)
      store.operations.remove(each.id)
    }
  })
}
