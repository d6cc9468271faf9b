import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { ChangeBatch } from '../../../shared/changes/change-batch.ts'
import { MailError } from '../../../shared/errors/mail-error.ts'
import { ChangeFeed, toBatch } from '../feed/change-feed.ts'
import type { Logger } from '../log.ts'
import type { Clock } from '../ports.ts'
import { AccountsTable } from './accounts-table.ts'
import { BodyFiles } from './body-files.ts'
import { checkFile, type DatabaseFile, lockFolder, openDatabase } from './connection.ts'
import { DraftsTable } from './drafts-table.ts'
import { FoldersTable } from './folders-table.ts'
import { MessageBodies } from './message-bodies.ts'
import { MessagesTable } from './messages-table.ts'
import { bodyMigrations, indexMigrations } from './migrations/index.ts'
import { OperationsTable } from './operations-table.ts'
import { OutboxTable } from './outbox-table.ts'
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
}

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
    const files = [indexFile(folder), bodiesFile(folder)] as const
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
  readonly bodies: MessageBodies
  readonly uidls: UidlsTable
  readonly outbox: OutboxTable
  readonly drafts: DraftsTable
  readonly operations: OperationsTable
  readonly views: Views
  readonly #files: OpenFiles
  readonly #log: Logger
  readonly #transactions: Transactions
  readonly #feed: ChangeFeed

  constructor({ folder, log }: StoreOptions, files: OpenFiles) {
    const identity = files.index.get<{ store_id: string; seq: number }>(sql`SELECT store_id, seq FROM store`)
    if (!identity) throw new MailError('store-damaged', 'The store has lost its identity.', { path: folder })
    this.id = identity.store_id
    this.#files = files
    this.#log = log
    this.#feed = new ChangeFeed(log)
    this.#transactions = new Transactions(files.index, identity.seq, (committed) => this.#tell(committed))
    const index = { sql: files.index, transactions: this.#transactions }
    this.bodies = new MessageBodies(files.bodies, new BodyFiles(join(folder, 'bodies')), () => this.seq)
    this.messages = new MessagesTable(index, this.bodies)
    this.folders = new FoldersTable(index, this.messages)
    this.accounts = new AccountsTable(index, this.folders, this.messages)
    this.settings = new SettingsTable(index)
    this.uidls = new UidlsTable(index)
    this.outbox = new OutboxTable(index)
    this.drafts = new DraftsTable(index)
    this.operations = new OperationsTable(index)
    this.views = new Views({ sql: files.index, log, listMessages: (ids) => this.messages.getMany(ids) })
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

  close(): void {
    this.views.closeAll()
    this.#files.index.close()
    this.#files.bodies.close()
    this.#files.unlock()
  }

  /** The commit has happened: whatever goes wrong from here must not look as if it had not. */
  #tell({ changes, seq }: Committed): void {
    try {
      this.views.apply(changes)
      this.#feed.publish(
        toBatch(
          changes,
          { storeId: this.id, seq },
          {
            findFolder: (id) => this.folders.findById(id),
            listMessages: (ids) => this.messages.getMany(ids),
          },
        ),
      )
    } catch (error) {
      this.#log.error('a change could not be told', { seq, error: String(error) })
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

function indexFile(folder: string): DatabaseFile {
  return { path: join(folder, 'index.db'), migrations: indexMigrations, pragmas: 'PRAGMA synchronous = normal' }
}

/** A body permits the deletion on the server, so each commit of bodies reaches the disk before it returns. */
function bodiesFile(folder: string): DatabaseFile {
  return { path: join(folder, 'bodies.db'), migrations: bodyMigrations, pragmas: 'PRAGMA page_size = 8192; PRAGMA synchronous = full' }
}
