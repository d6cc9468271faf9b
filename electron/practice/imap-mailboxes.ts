// The mailboxes of a practice account, in memory. Other practice servers and the sending of mail work on the same ones.

export interface StoredMessage {
  readonly uid: number
  /** As on the wire: `\Seen`, `$Forwarded`. */
  readonly flags: ReadonlySet<string>
  /** Epoch ms. */
  readonly internalDate: number
  readonly raw: Buffer
  readonly modSeq: number
}

export interface StoredFolder {
  readonly path: string
  readonly uidValidity: number
  readonly uidNext: number
  readonly highestModSeq: number
  /** In the order of their UIDs. */
  readonly messages: readonly StoredMessage[]
  /** What is gone, and since which MODSEQ (RFC 7162). */
  readonly expunged: readonly { readonly uid: number; readonly modSeq: number }[]
  readonly isSelectable: boolean
  readonly isSubscribed: boolean
  /** `\Sent`, `\Drafts` ... */
  readonly specialUse: string | null
}

export interface FolderOptions {
  readonly isSelectable?: boolean
  readonly isSubscribed?: boolean
  readonly specialUse?: string
}

export interface FolderChange {
  readonly kind: 'arrived' | 'flags' | 'expunged'
  readonly path: string
  readonly uid: number
}

/** What the servers need of mailboxes. Paths are decoded; unknown ones throw, except in `find`. */
export interface ImapStore {
  /** null: no hierarchy. */
  readonly delimiter: string | null
  list(): readonly StoredFolder[]
  find(path: string): StoredFolder | undefined
  create(path: string, options?: FolderOptions): StoredFolder
  remove(path: string): void
  rename(from: string, to: string): void
  subscribe(path: string, isSubscribed: boolean): void
  deliver(path: string, raw: Buffer, flags?: readonly string[], date?: number): StoredMessage
  setFlags(path: string, uid: number, flags: Iterable<string>): StoredMessage
  expunge(path: string, uids: ReadonlySet<number>): void
  /** New UIDs and a new UIDVALIDITY, as after a server was restored from a backup. */
  renumber(path: string): void
  /** Returns how to stop listening. */
  onChange(listener: (change: FolderChange) => void): () => void
}

type Mutable<T> = { -readonly [K in keyof T]: T[K] }
type FolderState = Omit<Mutable<StoredFolder>, 'messages' | 'expunged'> & {
  messages: StoredMessage[]
  expunged: { readonly uid: number; readonly modSeq: number }[]
}

export class ImapMailboxes implements ImapStore {
  readonly delimiter: string | null
  readonly #folders = new Map<string, FolderState>()
  readonly #listeners = new Set<(change: FolderChange) => void>()
  #lastUidValidity: number

  /** INBOX is always there, with the UIDVALIDITY given here; the other folders get the numbers behind it. */
  constructor(delimiter: string | null = '/', firstUidValidity = 1_700_000_001) {
    this.delimiter = delimiter
    this.#lastUidValidity = firstUidValidity - 1
    this.create('INBOX', { isSubscribed: true })
  }

  list(): readonly StoredFolder[] {
    return [...this.#folders.values()]
  }

  find(path: string): StoredFolder | undefined {
    return this.#folders.get(canonical(path))
  }

  create(path: string, { isSelectable = true, isSubscribed = false, specialUse }: FolderOptions = {}): StoredFolder {
    if (this.find(path)) throw new Error(`There is a folder ${path} already.`)
    const folder: FolderState = {
      path: canonical(path),
      uidValidity: ++this.#lastUidValidity,
      uidNext: 1,
      highestModSeq: 1,
      messages: [],
      expunged: [],
      isSelectable,
      isSubscribed,
      specialUse: specialUse ?? null,
    }
    this.#folders.set(folder.path, folder)
    return folder
  }

  remove(path: string): void {
    this.#folders.delete(this.#get(path).path)
  }

  rename(from: string, to: string): void {
    const below = this.delimiter === null ? undefined : from + this.delimiter
    this.#get(from)
    for (const folder of [...this.#folders.values()]) {
      if (folder.path !== from && !(below && folder.path.startsWith(below))) continue
      this.#folders.delete(folder.path)
      folder.path = to + folder.path.slice(from.length)
      this.#folders.set(folder.path, folder)
    }
  }

  subscribe(path: string, isSubscribed: boolean): void {
    this.#get(path).isSubscribed = isSubscribed
  }

  deliver(path: string, raw: Buffer, flags: readonly string[] = [], date: number = Date.now()): StoredMessage {
    const folder = this.#get(path)
    const message = { uid: folder.uidNext++, flags: new Set(flags), internalDate: date, raw, modSeq: ++folder.highestModSeq }
    folder.messages.push(message)
    this.#tell({ kind: 'arrived', path: folder.path, uid: message.uid })
    return message
  }

  setFlags(path: string, uid: number, flags: Iterable<string>): StoredMessage {
    const folder = this.#get(path)
    const index = folder.messages.findIndex((message) => message.uid === uid)
    const before = folder.messages[index]
    if (!before) throw new Error(`There is no message ${uid} in ${path}.`)
    const after = { ...before, flags: new Set(flags), modSeq: ++folder.highestModSeq }
    folder.messages[index] = after
    this.#tell({ kind: 'flags', path: folder.path, uid })
    return after
  }

  expunge(path: string, uids: ReadonlySet<number>): void {
    const folder = this.#get(path)
    const gone = folder.messages.filter((message) => uids.has(message.uid))
    folder.messages = folder.messages.filter((message) => !uids.has(message.uid))
    if (gone.length > 0) folder.highestModSeq++
    folder.expunged.push(...gone.map(({ uid }) => ({ uid, modSeq: folder.highestModSeq })))
    for (const { uid } of gone) this.#tell({ kind: 'expunged', path: folder.path, uid })
  }

  renumber(path: string): void {
    const folder = this.#get(path)
    folder.uidValidity = ++this.#lastUidValidity
    folder.messages = folder.messages.map((message, index) => ({ ...message, uid: index + 1 }))
    folder.uidNext = folder.messages.length + 1
    folder.expunged = []
  }

  onChange(listener: (change: FolderChange) => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  #get(path: string): FolderState {
    const folder = this.#folders.get(canonical(path))
    if (!folder) throw new Error(`There is no folder ${path}.`)
    return folder
  }

  #tell(change: FolderChange): void {
    for (const listener of this.#listeners) listener(change)
  }
}

/** INBOX is the one name without case (RFC 3501 5.1). */
function canonical(path: string): string {
  return path.toUpperCase() === 'INBOX' ? 'INBOX' : path
}
