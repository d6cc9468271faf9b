import { type ChangeBatch, emptyBatch, squash } from '../../../shared/changes/change-batch.ts'
import type { Folder } from '../../../shared/domain/folder.ts'
import type { FolderId, MessageId } from '../../../shared/domain/ids.ts'
import type { MessageSummary } from '../../../shared/domain/message.ts'
import type { Logger } from '../log.ts'
import type { RecordedChanges } from './change-recorder.ts'

/** More changed rows than this are not listed one by one: their folders count as reshaped. */
const mostRows = 500
/** How far back a window may lag behind before it has to begin again. */
const mostBatches = 500
/** Keeps the ring small in memory when single batches are large. */
const mostRowsInRing = 20_000

/** Where the batch looks up how things are now. */
export interface CurrentRows {
  findFolder(id: FolderId): Folder | undefined
  listMessages(ids: readonly MessageId[]): readonly MessageSummary[]
}

/** Puts a number on what a transaction changed and words it as windows need it. */
export function toBatch(changes: RecordedChanges, position: { storeId: string; seq: number }, rows: CurrentRows): ChangeBatch {
  const touched = new Set(changes.folders)
  const reshaped = new Set<FolderId>()
  const changed = new Map<MessageId, FolderId>()
  const removed: MessageId[] = []
  for (const [id, { before, after }] of changes.messages) {
    if (before !== null) touched.add(before)
    if (after !== null) touched.add(after)
    if (before !== after && before !== null) reshaped.add(before)
    if (before !== after && after !== null) reshaped.add(after)
    if (after === null) removed.push(id)
    else if (before !== null) changed.set(id, after)
  }
  if (changed.size > mostRows) for (const folder of changed.values()) reshaped.add(folder)
  return {
    ...position,
    accounts: changes.accounts,
    settings: changes.settings,
    operations: changes.operations,
    folders: [...touched].flatMap((id) => rows.findFolder(id) ?? []),
    removedFolders: [...changes.removedFolders],
    changed: changed.size > mostRows ? [] : rows.listMessages([...changed.keys()]),
    removed,
    reshaped: [...reshaped].filter((id) => !changes.removedFolders.has(id)),
  }
}

/** Tells listeners about each batch, in order, and remembers the last ones for those who were away. */
export class ChangeFeed {
  readonly #log: Logger
  readonly #listeners = new Set<(batch: ChangeBatch) => void>()
  readonly #ring: ChangeBatch[] = []
  readonly #waiting: ChangeBatch[] = []
  #rowsInRing = 0
  #isSending = false

  constructor(log: Logger) {
    this.#log = log
  }

  onChange(listener: (batch: ChangeBatch) => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  publish(batch: ChangeBatch): void {
    this.#remember(batch)
    this.#waiting.push(batch)
    // A listener may write and so publish again: its batch must not overtake this one at the next listener.
    if (this.#isSending) return
    this.#isSending = true
    for (let next = this.#waiting.shift(); next; next = this.#waiting.shift()) this.#send(next)
    this.#isSending = false
  }

  /** All that happened after `seq` as one batch. `now` is the position of the store. */
  since(seq: number, now: { storeId: string; seq: number }): ChangeBatch | 'start-over' {
    if (seq === now.seq) return emptyBatch(now.storeId, now.seq)
    const first = this.#ring[0]
    if (first === undefined || seq > now.seq || first.seq > seq + 1) return 'start-over'
    return this.#ring.filter((batch) => batch.seq > seq).reduce(squash)
  }

  #send(batch: ChangeBatch): void {
    for (const listener of [...this.#listeners]) {
      try {
        listener(batch)
      } catch (error) {
        // What is stored is stored; the others must hear of it all the same.
        this.#log.error('a listener of the change feed failed', { seq: batch.seq, error: String(error) })
      }
    }
  }

  #remember(batch: ChangeBatch): void {
    this.#ring.push(batch)
    this.#rowsInRing += weight(batch)
    while (this.#ring.length > mostBatches || (this.#rowsInRing > mostRowsInRing && this.#ring.length > 1)) {
      const oldest = this.#ring.shift()
      if (oldest) this.#rowsInRing -= weight(oldest)
    }
  }
}

function weight(batch: ChangeBatch): number {
  return batch.changed.length + batch.removed.length + batch.folders.length
}
