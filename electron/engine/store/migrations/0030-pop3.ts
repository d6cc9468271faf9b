import type { Migration } from '../migrate.ts'

export const migration: Migration = {
  version: 30,
  name: 'pop3',
  up(db) {
    // Under its present UIDL known by size and place alone: the header was not looked at again.
    db.exec('ALTER TABLE uidl ADD COLUMN is_presumed INTEGER NOT NULL DEFAULT 0')
  },
}
