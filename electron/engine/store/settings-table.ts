import { defaultSettings, type Settings } from '../../../shared/domain/settings.ts'
import type { IndexAccess } from './index-access.ts'
import { sql } from './sql.ts'

/** Choices of the user, one row each; what was never chosen has its default. */
export class SettingsTable {
  readonly #index: IndexAccess

  constructor(index: IndexAccess) {
    this.#index = index
  }

  get(): Settings {
    const rows = this.#index.sql.all<{ name: string; value: string }>(sql`SELECT name, value FROM setting`)
    const known = rows.filter(({ name }) => name in defaultSettings)
    return { ...defaultSettings, ...Object.fromEntries(known.map(({ name, value }) => [name, JSON.parse(value)])) }
  }

  set(change: Partial<Settings>): void {
    const { sql: db, transactions } = this.#index
    transactions.run(() => {
      for (const [name, value] of Object.entries(change)) {
        if (value === undefined) continue
        db.run(sql`INSERT INTO setting (name, value) VALUES (${name}, ${JSON.stringify(value)})
                   ON CONFLICT (name) DO UPDATE SET value = excluded.value`)
      }
      transactions.changes.settingsChanged()
    })
  }
}
