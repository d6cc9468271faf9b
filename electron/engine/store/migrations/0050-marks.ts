import type { Migration } from '../migrate.ts'

export const migration: Migration = {
  version: 50,
  name: 'marks',
  up(db) {
    // Marks are few among many messages, and windows count them.
    db.exec('CREATE INDEX uidl_marked ON uidl (account_id, mark) WHERE mark IS NOT NULL')
  },
}
