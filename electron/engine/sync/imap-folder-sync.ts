import { setImmediate } from 'node:timers/promises'
import type { Folder } from '../../../shared/domain/folder.ts'
import type { Flags } from '../../../shared/domain/message.ts'
import { MailError } from '../../../shared/errors/mail-error.ts'
import type { MessageFacts } from '../message-facts.ts'
import { headerFacts, messageFacts } from '../mime/facts.ts'
import { parseMessage } from '../mime/parse-message.ts'
import type { FetchedSummary, SelectedFolder } from '../protocol/imap/imap-session.ts'
import type { UidSet } from '../protocol/imap/imap-types.ts'
import { chunksOf, joined } from '../protocol/imap/uid-sets.ts'
import type { BodyRef } from '../store/message-bodies.ts'
import type { PlacedRow } from '../store/places-table.ts'
import { Adoption } from './imap-adoption.ts'
import { WholeIntake, type WholeMessage } from './imap-whole-intake.ts'
import { flagDifferences, type Step } from './imap-plan.ts'
import type { ImapSyncContext } from './imap-sync-context.ts'

/** Rows in one transaction: nobody who reads meanwhile has to wait for longer. */
const rowsAtOnce = 200
/** So few that asking which of them there are would take longer than fetching them. */
const fewMessages = 100
/** More ranges than this are compared with all that we hold instead of one by one. */
const mostRanges = 300

/** Carries out the plan for one open folder. */
export class FolderSync {
  readonly #context: ImapSyncContext
  readonly #folder: Folder
  readonly #server: SelectedFolder
  #unplaced: Adoption | undefined
  #isCompared = false
  #hasPassedOver = false

  constructor(context: ImapSyncContext, folder: Folder, server: SelectedFolder) {
    this.#context = context
    this.#folder = folder
    this.#server = server
  }

  /** Whether flags were not believed because of what waits for the server (I6): they have to be asked for once more. */
  get hasPassedOver(): boolean {
    return this.#hasPassedOver
  }

  async apply(step: Step): Promise<void> {
    switch (step.kind) {
      case 'begin':
        return this.#begin(step.forget)
      case 'apply-changes':
        return this.#applyChanges()
      case 'fetch-changes':
        return this.#updateFlags(await this.#context.session.fetchFlags({ from: 1, to: '*' }, step.since))
      case 'compare-flags':
        return this.#compare(await this.#context.session.fetchFlags({ from: 1, to: '*' }))
      case 'fetch-new':
        return this.#fetchNew(step.from)
      case 'compare-uids':
        return this.#compareUids()
    }
  }

  /** MODSEQ and UIDNEXT say nothing of what is gone, and servers err: only when the numbers agree nothing is missing. */
  async settle(): Promise<void> {
    const { uidNext, exists } = this.#server
    if (this.#isCompared) return
    const leaving = [...this.#leaving()].filter((uid) => uid < uidNext).length
    if (this.#context.store.places.countBelow(this.#folder.id, uidNext) + leaving !== exists) await this.#compareUids()
  }

  /** I3: rows keep their bodies, marks and operations, and get their new UIDs as the server shows them. */
  #begin(forget: boolean): void {
    const { store } = this.#context
    const { uidValidity, highestModSeq } = this.#server
    store.transaction(() => {
      if (forget) store.places.forgetUids(this.#folder.id)
      // No UIDNEXT: until all of it is here, a broken connection is taken up where it ended.
      store.folders.setSyncState(this.#folder.id, { uidValidity, uidNext: null, highestModSeq })
    })
  }

  async #applyChanges(): Promise<void> {
    const { changes } = this.#server
    if (!changes) return
    const vanished = this.#rowsIn(changes.vanished)
    if (this.#mayVanish(vanished.length)) await this.#remove(vanished)
    else await this.#compareUids()
    await this.#updateFlags(changes.flags)
  }

  /** I9: of what we hold at least so many must be left that, with all that can be new, the server's number is reached. */
  #mayVanish(count: number): boolean {
    const { store } = this.#context
    const { uidNext } = store.folders.syncState(this.#folder.id)
    // A reading that broke off compares all UIDs in any case.
    if (uidNext === null) return count === 0
    const mostNew = Math.max(0, this.#server.uidNext - uidNext)
    return count === 0 || store.places.countBelow(this.#folder.id, uidNext) - count + mostNew >= this.#server.exists
  }

  async #fetchNew(from: number): Promise<void> {
    const { uidNext } = this.#server
    const all = { from, to: '*' } as const
    const few = uidNext - from <= fewMessages
    const listed = few ? Array.from({ length: uidNext - from }, (_, index) => from + index) : await this.#context.session.listUids(all)
    await this.#fetchMissing(listed)
  }

  async #compareUids(): Promise<void> {
    const { session } = this.#context
    const listed = await session.listUids({ from: 1, to: '*' })
    if (listed.length === session.exists) return this.#compareWith(listed)
    // One of the two numbers is wrong: then what the messages themselves say counts as well.
    return this.#compare(await session.fetchFlags({ from: 1, to: '*' }), listed)
  }

  /** I9: where fewer are shown than there are, only what is missing in the list of UIDs too is gone. */
  async #compare(flags: ReadonlyMap<number, Flags>, listed?: readonly number[]): Promise<void> {
    const { session } = this.#context
    const others = flags.size >= session.exists ? [] : (listed ?? (await session.listUids({ from: 1, to: '*' })))
    const present = [...new Set([...flags.keys(), ...others])]
    if (present.length === 0 && session.exists > 0) {
      const facts = { protocol: 'IMAP', path: this.#folder.path } as const
      throw new MailError('server-misbehaved', 'The server has messages and does not show any.', facts)
    }
    await this.#compareWith(present)
    await this.#updateFlags(flags)
  }

  async #compareWith(listed: readonly number[]): Promise<void> {
    this.#isCompared = true
    const present = new Set(listed)
    const { store } = this.#context
    const below = { from: 1, to: this.#server.uidNext - 1 }
    await this.#remove(store.places.between(this.#folder.id, below).filter((row) => !present.has(row.uid)))
    await this.#fetchMissing(listed)
    await this.#removeUnplaced()
  }

  /** Newest first. What is here already, because an earlier connection broke, is not fetched again. */
  async #fetchMissing(listed: readonly number[]): Promise<void> {
    const { session, store, progress } = this.#context
    const here = new Set(store.places.uids(this.#folder.id))
    const leaving = this.#leaving()
    const missing = listed.filter((uid) => !here.has(uid) && !leaving.has(uid))
    if (missing.length === 0) return
    progress.expect(missing.length, 0)
    this.#unplaced ??= new Adoption(store.places.unplaced(this.#folder.id))
    if (this.#context.wantsWhole) await this.#fetchWhole(missing)
    else await session.fetchHeaders(missing, (batch) => this.#record(batch))
  }

  async #fetchWhole(missing: readonly number[]): Promise<void> {
    const { session, store, clock } = this.#context
    const record = (batch: readonly (WholeMessage | FetchedSummary)[]) => this.#record(batch)
    const intake = new WholeIntake({ store, now: clock.now(), expected: missing.length, record })
    try {
      await session.fetchWhole(missing, (group) => intake.take(group))
    } finally {
      await intake.finish()
    }
  }

  #record(arrived: readonly (WholeMessage | FetchedSummary)[]): void {
    const { store, account, progress } = this.#context
    const batch = arrived.map((each) => ('summary' in each ? each : { summary: each, facts: undefined, body: undefined }))
    store.transaction(() => {
      const fresh = batch.filter(({ summary }) => store.messages.findByUid(this.#folder.id, summary.uid) === undefined)
      const parsed = fresh.map((each) => ({ ...each, facts: each.facts ?? factsOf(each.summary) }))
      store.messages.addMany(
        parsed
          .filter((each) => !this.#adopt(each))
          .map(({ summary, facts, body }) => ({
            folder: this.#folder.id,
            account: account.id,
            facts: { ...facts, hasAttachment: summary.hasAttachment ?? facts.hasAttachment },
            flags: summary.flags,
            size: summary.size,
            receivedAt: summary.receivedAt,
            body: body ?? null,
            uid: summary.uid,
            emailId: summary.emailId,
          })),
      )
    })
    progress.got(
      batch.length,
      batch.reduce((sum, { summary: { raw, header } }) => sum + (raw ?? header).length, 0),
    )
  }

  /** I8 */
  #adopt({ summary, facts, body }: Arrived): boolean {
    const { store, session, pending } = this.#context
    const row = this.#unplaced?.take({ ...summary, envelope: facts.envelope })
    if (!row || !this.#stands({ id: row.id, uid: null })) return false
    store.places.record(row.id, summary)
    if (body && store.messages.details(row.id).body === null) store.messages.recordBody(row.id, body, facts)
    if (pending.has(row.id)) {
      this.#hasPassedOver = true
      return true
    }
    const shown = new Map([[summary.uid, summary.flags]])
    for (const { add, remove } of flagDifferences([{ ...row, uid: summary.uid }], shown, session.canStoreForwarded)) {
      store.messages.setFlags([row.id], add, remove)
    }
    return true
  }

  /** After everything was shown: rows that stand here without a UID, and that no operation is about, are gone. */
  async #removeUnplaced(): Promise<void> {
    const { store } = this.#context
    const left = this.#unplaced?.left ?? store.places.unplaced(this.#folder.id)
    await this.#remove(left.map(({ id }) => ({ id, uid: null })))
  }

  /** I5. What the user has moved on meanwhile, or an operation is about, stays. */
  async #remove(rows: readonly { readonly id: PlacedRow['id']; readonly uid: number | null }[]): Promise<void> {
    const { store } = this.#context
    for (const part of chunksOf(rows, rowsAtOnce)) {
      store.transaction(() => {
        const { pending } = this.#context
        store.messages.remove(part.filter((row) => !pending.has(row.id) && this.#stands(row)).map(({ id }) => id))
      })
      await setImmediate()
    }
  }

  #stands({ id, uid }: { readonly id: PlacedRow['id']; readonly uid: number | null }): boolean {
    const { store } = this.#context
    return store.messages.find(id)?.folder === this.#folder.id && store.messages.details(id).uid === uid
  }

  async #updateFlags(flags: ReadonlyMap<number, Flags>): Promise<void> {
    const { store, pending, session } = this.#context
    const shown = this.#rowsIn(joined([...flags.keys()].map((uid) => ({ from: uid, to: uid }))))
    const rows = shown.filter(({ id }) => !pending.has(id))
    if (rows.length < shown.length) this.#hasPassedOver = true
    for (const part of chunksOf(flagDifferences(rows, flags, session.canStoreForwarded), rowsAtOnce)) {
      store.transaction(() => {
        for (const { row, add, remove } of part) store.messages.setFlags([row.id], add, remove)
      })
      await setImmediate()
    }
  }

  #rowsIn(set: UidSet): readonly PlacedRow[] {
    const { store } = this.#context
    if (set.length <= mostRanges) return set.flatMap((range) => store.places.between(this.#folder.id, range))
    const first = set[0]?.from ?? 1
    const last = set.at(-1)?.to ?? first
    const wanted = new Set<number>()
    const rows = store.places.between(this.#folder.id, { from: first, to: last })
    let at = 0
    for (const row of rows) {
      while (at < set.length && (set[at]?.to ?? 0) < row.uid) at++
      if ((set[at]?.from ?? Number.POSITIVE_INFINITY) <= row.uid) wanted.add(row.uid)
    }
    return rows.filter((row) => wanted.has(row.uid))
  }

  #leaving(): ReadonlySet<number> {
    return this.#context.leaving?.get(this.#folder.id) ?? new Set()
  }
}

interface Arrived {
  readonly summary: FetchedSummary
  readonly facts: MessageFacts
  readonly body: BodyRef | undefined
}

function factsOf({ raw, header }: FetchedSummary): MessageFacts {
  return raw ? messageFacts(parseMessage(raw)) : headerFacts(header)
}
