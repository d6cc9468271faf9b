import type { AccountId, FolderId } from '../../../shared/domain/ids.ts'
import type { IndexAccess } from './index-access.ts'
import { sql } from './sql.ts'

/** A sent message that we have stored on the server. */
export interface LastFiled {
  readonly folder: FolderId
  readonly uidValidity: string
  readonly uid: number
  /** Message-ID with angle brackets. */
  readonly header: string
  /** Epoch ms. */
  readonly at: number
}

interface Row {
  readonly self_filed: number
  readonly last_filed: string | null
}

/** What we have learned about IMAP accounts beside their settings. */
export class ImapAccountsTable {
  readonly #index: IndexAccess

  constructor(index: IndexAccess) {
    this.#index = index
  }

  /** How often a sent message was in the server's Sent Items without our doing; -1: it was waited for in vain. */
  selfFiled(account: AccountId): number {
    return this.#row(account)?.self_filed ?? 0
  }

  setSelfFiled(account: AccountId, times: number): void {
    this.#index.transactions.run(() =>
      this.#index.sql.run(sql`
        INSERT INTO imap_account (account_id, self_filed) VALUES (${account}, ${times})
        ON CONFLICT (account_id) DO UPDATE SET self_filed = excluded.self_filed`),
    )
  }

  /** undefined: there is none, or it was looked after. */
  lastFiled(account: AccountId): LastFiled | undefined {
    const text = this.#row(account)?.last_filed
    return text ? (JSON.parse(text) as LastFiled) : undefined
  }

  setLastFiled(account: AccountId, filed: LastFiled | undefined): void {
    const text = filed === undefined ? null : JSON.stringify(filed)
    this.#index.transactions.run(() =>
      this.#index.sql.run(sql`
        INSERT INTO imap_account (account_id, last_filed) VALUES (${account}, ${text})
        ON CONFLICT (account_id) DO UPDATE SET last_filed = excluded.last_filed`),
    )
  }

  #row(account: AccountId): Row | undefined {
    return this.#index.sql.get<Row>(sql`SELECT self_filed, last_filed FROM imap_account WHERE account_id = ${account}`)
  }
}
