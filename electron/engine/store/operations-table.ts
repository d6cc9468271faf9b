import type { AccountId, OperationId } from '../../../shared/domain/ids.ts'
import type { ErrorInfo } from '../../../shared/errors/mail-error.ts'
import type { Clock } from '../ports.ts'
import type { IndexAccess } from './index-access.ts'
import { sql } from './sql.ts'

export interface NewOperation {
  readonly account: AccountId
  readonly kind: string
  /** Plain data; its shape belongs to the kind. */
  readonly payload: unknown
}

export interface OperationRow extends NewOperation {
  readonly id: OperationId
  /** Why the last try failed; null: not tried, or never failed. */
  readonly error: ErrorInfo | null
  /** Epoch ms; 0 for those of the first version. */
  readonly createdAt: number
}

interface Row {
  readonly id: number
  readonly account_id: number
  readonly kind: string
  readonly payload: string
  readonly error: string | null
  readonly created_at: number
}

const columns = sql`id, account_id, kind, payload, error, created_at`

/** Changes of the user that a server has yet to hear of, in the order in which they were made. */
export class OperationsTable {
  readonly #index: IndexAccess
  readonly #clock: Clock
  #revision = 0

  constructor(index: IndexAccess, clock: Clock) {
    this.#index = index
    this.#clock = clock
  }

  add({ account, kind, payload }: NewOperation): OperationId {
    return this.#write(
      (db) =>
        db.run(sql`
          INSERT INTO operation (account_id, kind, payload, created_at)
          VALUES (${account}, ${kind}, ${JSON.stringify(payload)}, ${Math.trunc(this.#clock.now())})`) as OperationId,
    )
  }

  /** Rises with every change: as long as it is the same, so are the operations. */
  get revision(): number {
    return this.#revision
  }

  /** Of all accounts, in the order in which they were made. */
  listAll(): OperationRow[] {
    return this.#index.sql.all<Row>(sql`SELECT ${columns} FROM operation ORDER BY id`).map(toOperation)
  }

  find(id: OperationId): OperationRow | undefined {
    const row = this.#index.sql.get<Row>(sql`SELECT ${columns} FROM operation WHERE id = ${id}`)
    return row && toOperation(row)
  }

  /** What has been carried out in part keeps only the rest. */
  setPayload(id: OperationId, payload: unknown): void {
    this.#write((db) => db.run(sql`UPDATE operation SET payload = ${JSON.stringify(payload)} WHERE id = ${id}`))
  }

  list(account: AccountId): OperationRow[] {
    return this.#index.sql.all<Row>(sql`SELECT ${columns} FROM operation WHERE account_id = ${account} ORDER BY id`).map(toOperation)
  }

  setFailed(id: OperationId, error: ErrorInfo): void {
    this.#write((db) => db.run(sql`UPDATE operation SET error = ${JSON.stringify(error)} WHERE id = ${id}`))
  }

  remove(id: OperationId): void {
    this.#write((db) => db.run(sql`DELETE FROM operation WHERE id = ${id}`))
  }

  removeAll(account: AccountId): void {
    this.#write((db) => db.run(sql`DELETE FROM operation WHERE account_id = ${account}`))
  }

  #write<T>(work: (db: IndexAccess['sql']) => T): T {
    return this.#index.transactions.run(() => {
      this.#index.transactions.changes.operationsChanged()
      this.#revision += 1
      return work(this.#index.sql)
    })
  }
}

function toOperation(row: Row): OperationRow {
  return {
    id: row.id as OperationId,
    account: row.account_id as AccountId,
    kind: row.kind,
    payload: JSON.parse(row.payload),
    error: row.error === null ? null : (JSON.parse(row.error) as ErrorInfo),
    createdAt: row.created_at,
  }
}
