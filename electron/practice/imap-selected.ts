import { fetchItem } from './imap-fetch.ts'
import type { FolderChange, ImapStore, StoredFolder, StoredMessage } from './imap-mailboxes.ts'
import { inSet } from './imap-syntax.ts'

export interface PlacedMessage {
  /** Sequence number as this connection counts, from 1. */
  readonly position: number
  readonly message: StoredMessage
}

/** The folder that a connection has open, numbered as this connection was told. */
export class SelectedMailbox {
  readonly path: string
  readonly isReadOnly: boolean
  readonly #store: ImapStore
  readonly #uids: number[]
  /** Flags that others changed and this connection has not heard of. */
  readonly #changed = new Set<number>()
  readonly #stopListening: () => void

  constructor(store: ImapStore, folder: StoredFolder, isReadOnly: boolean) {
    this.path = folder.path
    this.isReadOnly = isReadOnly
    this.#store = store
    this.#uids = folder.messages.map((message) => message.uid)
    this.#stopListening = store.onChange((change) => this.#note(change))
  }

  close(): void {
    this.#stopListening()
  }

  get lastPosition(): number {
    return this.#uids.length
  }

  get lastUid(): number {
    return this.#uids.at(-1) ?? 0
  }

  positionOf(uid: number): number {
    return this.#uids.indexOf(uid) + 1
  }

  /** Those that are still there. */
  all(): readonly PlacedMessage[] {
    const byUid = new Map(this.#store.find(this.path)?.messages.map((message) => [message.uid, message]))
    return this.#uids.flatMap((uid, index) => {
      const message = byUid.get(uid)
      return message ? [{ position: index + 1, message }] : []
    })
  }

  find(set: string, byUid: boolean): readonly PlacedMessage[] {
    const isIn = inSet(set, byUid ? this.lastUid : this.lastPosition)
    return this.all().filter(({ position, message }) => isIn(byUid ? message.uid : position))
  }

  /** The connection is being told by other means. */
  heardOf(uid: number): void {
    this.#changed.delete(uid)
  }

  /** Lines that tell what has happened since. Expunges only where sequence numbers may change (RFC 3501 7.4.1). */
  news({ mayExpunge, byUid = false }: { readonly mayExpunge: boolean; readonly byUid?: boolean }): readonly string[] {
    const folder = this.#store.find(this.path)
    if (!folder) return []
    const present = new Map(folder.messages.map((message) => [message.uid, message]))
    const lines = mayExpunge ? this.#expunges(present, byUid) : []
    const known = new Set(this.#uids)
    const fresh = folder.messages.filter((message) => !known.has(message.uid))
    this.#uids.push(...fresh.map((message) => message.uid))
    if (fresh.length > 0) lines.push(`* ${this.#uids.length} EXISTS`)
    for (const uid of this.#changed) {
      const message = present.get(uid)
      if (message) lines.push(`* ${this.positionOf(uid)} FETCH (UID ${uid} ${fetchItem(message, 'FLAGS')})`)
    }
    this.#changed.clear()
    return lines
  }

  /** With QRESYNC by UID (RFC 7162 3.2.10). */
  #expunges(present: ReadonlyMap<number, StoredMessage>, byUid: boolean): string[] {
    const lines: string[] = []
    for (let index = this.#uids.length - 1; index >= 0; index--) {
      if (present.has(this.#uids[index] ?? 0)) continue
      const [uid] = this.#uids.splice(index, 1)
      lines.push(byUid ? `* VANISHED ${uid}` : `* ${index + 1} EXPUNGE`)
    }
    return lines
  }

  #note({ kind, path, uid }: FolderChange): void {
    if (kind === 'flags' && path === this.path) this.#changed.add(uid)
  }
}
