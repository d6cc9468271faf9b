import { defaultImapOptions, type Account, type AccountSettings } from '../../../shared/domain/account.ts'
import type { PinnedCertificate } from '../../../shared/domain/certificate.ts'
import { defaultConnection } from '../../../shared/domain/connection.ts'
import type { AccountId, FolderId } from '../../../shared/domain/ids.ts'
import { MailError } from '../../../shared/errors/mail-error.ts'
import type { FoldersTable } from './folders-table.ts'
import type { IndexAccess } from './index-access.ts'
import type { MessagesTable } from './messages-table.ts'
import { type Query, sql } from './sql.ts'

interface AccountRow {
  readonly id: number
  readonly name: string
  readonly is_default: number
  readonly settings: string
}

/** Accounts without their passwords, which the host's secret port keeps. As long as there is one, one is the default. */
export class AccountsTable {
  readonly #index: IndexAccess
  readonly #folders: FoldersTable
  readonly #messages: MessagesTable

  constructor(index: IndexAccess, folders: FoldersTable, messages: MessagesTable) {
    this.#index = index
    this.#folders = folders
    this.#messages = messages
  }

  list(): Account[] {
    return this.#select(sql`TRUE`)
  }

  get(id: AccountId): Account {
    const account = this.find(id)
    if (!account) throw new MailError('bad-input', `There is no account ${id}.`)
    return account
  }

  find(id: AccountId): Account | undefined {
    return this.#select(sql`id = ${id}`)[0]
  }

  findByName(name: string): Account | undefined {
    return this.#select(sql`name = ${name}`)[0]
  }

  /** The first account becomes the default one; a name that is taken gets " (1)" and so on. */
  add(settings: AccountSettings): Account {
    return this.#write((db) => {
      const isFirst = this.list().length === 0
      const name = this.#freeName(settings.name, null)
      const id = db.run(sql`
        INSERT INTO account (name, is_default, settings) VALUES (${name}, ${isFirst}, ${toJson(settings)})`) as AccountId
      return this.get(id)
    })
  }

  update(id: AccountId, settings: AccountSettings): Account {
    return this.#write((db) => {
      this.get(id)
      const name = this.#freeName(settings.name, id)
      db.run(sql`UPDATE account SET name = ${name}, settings = ${toJson(settings)} WHERE id = ${id}`)
      return this.get(id)
    })
  }

  /** Its server folders go with their messages; what it brought into Local Folders stays there, without an account. */
  remove(id: AccountId): void {
    this.#write((db) => {
      const wasDefault = this.get(id).isDefault
      for (const folder of db.all<{ id: FolderId }>(sql`SELECT id FROM folder WHERE account_id = ${id}`)) this.#folders.remove(folder.id)
      this.#messages.forgetAccount(id)
      db.run(sql`DELETE FROM account WHERE id = ${id}`)
      if (wasDefault) db.run(sql`UPDATE account SET is_default = 1 WHERE id = (SELECT min(id) FROM account)`)
    })
  }

  setDefault(id: AccountId): void {
    this.#write((db) => {
      this.get(id)
      db.run(sql`UPDATE account SET is_default = (id = ${id})`)
    })
  }

  #write<T>(work: (db: IndexAccess['sql']) => T): T {
    return this.#index.transactions.run(() => {
      this.#index.transactions.changes.accountsChanged()
      return work(this.#index.sql)
    })
  }

  #select(condition: Query): Account[] {
    return this.#index.sql
      .all<AccountRow>(sql`SELECT id, name, is_default, settings FROM account WHERE ${condition} ORDER BY id`)
      .map(toAccount)
  }

  #freeName(wanted: string, self: AccountId | null): string {
    const taken = new Set(this.list().flatMap((account) => (account.id === self ? [] : account.name)))
    let name = wanted
    for (let number = 1; taken.has(name); number++) name = `${wanted} (${number})`
    return name
  }
}

function toAccount(row: AccountRow): Account {
  const settings = JSON.parse(row.settings) as Omit<AccountSettings, 'name'>
  // Options that came with a later version have their defaults in accounts of earlier ones.
  const imap = { ...defaultImapOptions, ...settings.imap }
  const connection = { ...defaultConnection, ...settings.connection }
  const trust = { ...settings.trust, certificates: settings.trust.certificates.map(toPin) }
  return { ...settings, imap, connection, trust, name: row.name, id: row.id as AccountId, isDefault: row.is_default === 1 }
}

/** Earlier versions kept the bare fingerprint, good for any server of the account. */
function toPin(kept: PinnedCertificate | string): PinnedCertificate {
  return typeof kept === 'string' ? { fingerprint: kept, server: '', since: null, facts: null } : kept
}

/** An `Account` is also taken: its id and default mark have columns of their own. */
function toJson(settings: AccountSettings | Account): string {
  return JSON.stringify({ ...settings, name: undefined, id: undefined, isDefault: undefined })
}
