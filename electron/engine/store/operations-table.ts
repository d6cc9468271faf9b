import type { AccountId, OperationId } from '../../../shared/domain/ids.ts'
import type { ErrorInfo } from '../../../shared/errors/mail-error.ts'
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
}

interface Row {
  readonly id: number
  readonly account_id: number
  readonly kind: string
  readonly payload: string
  readonly error: string | null
}

/** Changes of the user that a server has yet to hear of, in the order in which they were made. */
export class OperationsTable {
  readonly #index: IndexAccess

  constructor(index: IndexAccess) {
    this.#index = index
  }

  add({ account, kind, payload }: NewOperation): OperationId {
    return this.#index.transactions.run(
      () =>
        this.#index.sql.run(sql`
          INSERT INTO operation (account_id, kind, payload) VALUES (${account}, ${kind}, ${JSON.stringify(payload)})`) as OperationId,
    )
  }

  list(account: AccountId): OperationRow[] {
    return this.#index.sql
      .all<Row>(sql`SELECT id, account_id, kind, payload, error FROM operation WHERE account_id = ${account} ORDER BY id`)
      .map(toOperation)
  }

  setFailed(id: OperationId, error: ErrorInfo): void {
    this.#index.transactions.run(() => this.#index.sql.run(sql`UPDATE operation SET error = ${JSON.stringify(error)} WHERE id = ${id}`))
  }

  remove(id: OperationId): void {
    this.#index.transactions.run(() => this.#index.sql.run(sql`DELETE FROM operation WHERE id = ${id}`))
  }

  removeAll(account: AccountId): void {
    this.#index.transactions.run(() => this.#index.sql.run(sql`DELETE FROM operation WHERE account_id = ${account}`))
  }
}

function toOperation(row: Row): OperationRow {
  return {
    id: row.id as OperationId,
    account: row.account_id as AccountId,
    kind: row.kind,
    payload: JSON.parse(row.payload),
    error: row.error === null ? null : (JSON.parse(row.error) as ErrorInfo),
  }
}
