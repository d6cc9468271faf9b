import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { ChangeBatch } from '../../../shared/changes/change-batch.ts'
import type { FolderId, MessageId } from '../../../shared/domain/ids.ts'
import { MailError } from '../../../shared/errors/mail-error.ts'
import { ChangeFeed, toBatch } from '../feed/change-feed.ts'
import type { RecordedChanges } from '../feed/change-recorder.ts'
import type { Logger } from '../log.ts'
import type { Clock } from '../ports.ts'
import { AccountsTable } from './accounts-table.ts'
import { BodyFiles } from './body-files.ts'
import { sweepBodies } from './body-sweep.ts'
import { checkFile, type DatabaseFile, lockFolder, openDatabase } from './connection.ts'
import { DraftsTable } from './drafts-table.ts'
import { FoldersTable } from './folders-table.ts'
import { ImapAccountsTable } from './imap-accounts-table.ts'
import { MessageBodies } from './message-bodies.ts'
import { MessagesTable } from './messages-table.ts'
import { bodyMigrations, indexMigrations } from './migrations/index.ts'
import { OperationsTable } from './operations-table.ts'
import { OutboxTable } from './outbox-table.ts'
import { PlacesTable } from './places-table.ts'
import { Pop3AccountsTable } from './pop3-accounts-table.ts'
import { SettingsTable } from './settings-table.ts'
import { type Sql, sql } from './sql.ts'
import { toStoreError } from './sqlite-errors.ts'
import { type Committed, type Durability, Transactions } from './transactions.ts'
import { UidlsTable } from './uidls-table.ts'
import { Views } from './views.ts'

export interface StoreOptions {
  /** The data folder; made when missing, for its owner only. */
  readonly folder: string
  readonly clock: Clock
  readonly log: Logger
  /** A limit for each database, in pages of 4 or 8 KiB: how a test gets a full disk. */
  readonly mostPages?: number
}

/** A while after the start, when nobody waits for anything any more. */
const sweepAfterMs = 60_000

interface OpenFiles {
  readonly index: Sql
  readonly bodies: Sql
  readonly unlock: () => void
}

/** Opens or makes the store in a folder. Throws `store-in-use`, `store-newer`, `store-damaged` or `store-not-writable`. */
export function openStore(options: StoreOptions): Store {
  const { folder } = options
  makeFolder(folder)
  const unlock = lockFolder(join(folder, 'lock.db'), folder)
  const opened: Sql[] = []
  try {
    const files = [indexFile(options), bodiesFile(options)]
    // Both are looked at before either is touched.
    for (const file of files) checkFile(file)
    const [index, bodies] = files.map((file) => {
      const database = openDatabase(file)
      opened.push(database)
      return database
    })
    if (!index || !bodies) throw new MailError('bug', 'A database was not opened.')
    return new Store(options, { index, bodies, unlock })
  } catch (error) {
    for (const database of opened) database.close()
    unlock()
    throw error
  }
}

/** All mail of this user, and the one way to change it. */
export class Store {
  /** Random, made with the store. */
  readonly id: string
  readonly accounts: AccountsTable
  readonly settings: SettingsTable
  readonly folders: FoldersTable
  readonly messages: MessagesTable
  readonly places: PlacesTable
  readonly bodies: MessageBodies
  readonly uidls: UidlsTable
  readonly pop3Accounts: Pop3AccountsTable
  readonly imapAccounts: ImapAccountsTable
  readonly outbox: OutboxTable
  readonly drafts: DraftsTable
  readonly operations: OperationsTable
  readonly views: Views
  readonly #files: OpenFiles
  readonly #log: Logger
  readonly #transactions: Transactions
  readonly #feed: ChangeFeed
  readonly #sweepTimer: NodeJS.Timeout
  readonly #closed = new AbortController()

  constructor({ folder, clock, log }: StoreOptions, files: OpenFiles) {
    const identity = files.index.get<{ store_id: string; seq: number }>(sql`SELECT store_id, seq FROM store`)
    if (!identity) throw new MailError('store-damaged', 'The store has lost its identity.', { path: folder })
    this.id = identity.store_id
    this.#files = files
    this.#log = log
    this.#feed = new ChangeFeed(log)
    this.#transactions = new Transactions(files.index, identity.seq, (committed) => this.#afterCommit(committed))
    const index = { sql: files.index, transactions: this.#transactions }
    this.bodies = new MessageBodies(files.bodies, new BodyFiles(join(folder, 'bodies')), () => this.seq)
    this.messages = new MessagesTable(index, this.bodies)
    this.places = new PlacesTable(index)
    this.folders = new FoldersTable(index, this.messages)
    this.accounts = new AccountsTable(index, this.folders, this.messages)
    this.settings = new SettingsTable(index)
    this.uidls = new UidlsTable(index)
    this.pop3Accounts = new Pop3AccountsTable(index)
    this.imapAccounts = new ImapAccountsTable(index)
    this.outbox = new OutboxTable(index)
    this.drafts = new DraftsTable(index)
    this.operations = new OperationsTable(index, clock)
    this.views = new Views({ sql: files.index, log, listMessages: (ids) => this.messages.getMany(ids) })
    if (!this.bodies.adopt(this.id, this.seq)) log.warn('the bodies know more than the index: none of them will be cleaned up')
    this.#sweepTimer = setTimeout(() => void this.sweep(), sweepAfterMs)
    this.#sweepTimer.unref()
  }

  /** The number of the last change batch; survives restarts. */
  get seq(): number {
    return this.#transactions.seq
  }

  /**
   * All writes happen inside; nested calls join the outer one. One ChangeBatch per outermost transaction, sent after its
   * commit. `full` is for whatever permits a deletion on a server.
   */
  transaction<T>(work: () => T, durability: Durability = 'normal'): T {
    return this.#transactions.run(work, durability)
  }

  onChange(listener: (batch: ChangeBatch) => void): () => void {
    return this.#feed.onChange(listener)
  }

  /** All that changed since as one batch, as long as it is still remembered. */
  changesSince(position: { readonly storeId: string; readonly seq: number }): ChangeBatch | 'start-over' {
    return position.storeId === this.id ? this.#feed.since(position.seq, { storeId: this.id, seq: this.seq }) : 'start-over'
  }

  /** Takes away bodies that a crash has left without a message; happens by itself some time after the start. */
  async sweep(): Promise<number> {
    try {
      return await sweepBodies(this.bodies, this.messages, this.#closed.signal)
    } catch (error) {
      this.#log.warn('the clean-up of bodies was given up', { error: String(error) })
      return 0
    }
  }

  close(): void {
    if (this.#closed.signal.aborted) return
    this.#closed.abort()
    clearTimeout(this.#sweepTimer)
    this.views.closeAll()
    this.#files.index.close()
    this.#files.bodies.close()
    this.#files.unlock()
  }

  #afterCommit({ changes, seq, later }: Committed): void {
    for (const work of later) this.#safely(work)
    if (!changes) return
    this.#safely(() => this.views.apply(changes))
    this.#safely(() => this.#feed.publish(this.#toBatch(changes, seq)))
  }

  #toBatch(changes: RecordedChanges, seq: number): ChangeBatch {
    const rows = {
      findFolder: (id: FolderId) => this.folders.findById(id),
      listMessages: (ids: readonly MessageId[]) => this.messages.getMany(ids),
    }
    return toBatch(changes, { storeId: this.id, seq }, rows)
  }

  /** The commit has happened: what goes wrong from here on must not look as if it had not. */
  #safely(work: () => void): void {
    try {
      work()
    } catch (error) {
      this.#log.error('something failed after a commit', { seq: this.seq, error: String(error) })
    }
  }
}

function makeFolder(folder: string): void {
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 })
  } catch (error) {
    throw toStoreError(error, folder)
  }
}

function indexFile({ folder, mostPages }: StoreOptions): DatabaseFile {
  return { path: join(folder, 'index.db'), migrations: indexMigrations, pragmas: limit(mostPages) }
}

/** A body permits the deletion on the server, so each commit of bodies reaches the disk before it returns. */
function bodiesFile({ folder, mostPages }: StoreOptions): DatabaseFile {
  const pragmas = `PRAGMA page_size = 8192; PRAGMA synchronous = full; ${limit(mostPages)}`
  return { path: join(folder, 'bodies.db'), migrations: bodyMigrations, pragmas }
}

function limit(mostPages: number | undefined): string {
  return mostPages === undefined ? '' : `PRAGMA max_page_count = ${mostPages};`
}
