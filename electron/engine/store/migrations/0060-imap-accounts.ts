import type { Migration } from '../migrate.ts'

const tables = `
CREATE TABLE imap_account (
  account_id  INTEGER PRIMARY KEY REFERENCES account (id) ON DELETE CASCADE,
  -- How often a sent message was in the server's Sent Items without our doing; below 0: the provider is said to do that, and does not.
  self_filed  INTEGER NOT NULL DEFAULT 0,
  -- The sent message that was stored last, until it is sure that the server has not stored it as well.
  last_filed  TEXT
) STRICT;
`

/** What is learned of IMAP servers beside what they say. */
export const migration: Migration = {
  version: 60,
  name: 'imap accounts',
  up(db) {
    db.exec(tables)
  },
}
