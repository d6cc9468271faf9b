import type { AccountId } from '../../../shared/domain/ids.ts'
import type { IndexAccess } from './index-access.ts'
import { sql } from './sql.ts'

interface Row {
  readonly agreed: string | null
  readonly slow_server: string | null
}

/** What we have learned about POP3 accounts beside their settings. */
export class Pop3AccountsTable {
  readonly #index: IndexAccess

  constructor(index: IndexAccess) {
    this.#index = index
  }

  /** For which options the user has agreed to deletions on the server; undefined: for none. */
  agreed(account: AccountId): string | undefined {
    return this.#row(account)?.agreed ?? undefined
  }

  setAgreed(account: AccountId, options: string): void {
    this.#index.transactions.run(() =>
      this.#index.sql.run(sql`
        INSERT INTO pop3_account (account_id, agreed) VALUES (${account}, ${options})
        ON CONFLICT (account_id) DO UPDATE SET agreed = excluded.agreed`),
    )
  }

  /** The options were changed, even if they are changed back: the user is asked again. */
  forgetAgreed(account: AccountId): void {
    this.#index.transactions.run(() => this.#index.sql.run(sql`UPDATE pop3_account SET agreed = NULL WHERE account_id = ${account}`))
  }

  /** The server to which commands go one at a time, because it failed with several on their way. */
  slowServer(account: AccountId): string | undefined {
    return this.#row(account)?.slow_server ?? undefined
  }

  setSlowServer(account: AccountId, server: string): void {
    this.#index.transactions.run(() =>
      this.#index.sql.run(sql`
        INSERT INTO pop3_account (account_id, slow_server) VALUES (${account}, ${server})
        ON CONFLICT (account_id) DO UPDATE SET slow_server = excluded.slow_server`),
    )
  }

  #row(account: AccountId): Row | undefined {
    return this.#index.sql.get<Row>(sql`SELECT agreed, slow_server FROM pop3_account WHERE account_id = ${account}`)
  }
}
