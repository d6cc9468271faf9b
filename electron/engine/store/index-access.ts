import type { Sql } from './sql.ts'
import type { Transactions } from './transactions.ts'

/** What every table of the index works with. */
export interface IndexAccess {
  readonly sql: Sql
  readonly transactions: Transactions
}
