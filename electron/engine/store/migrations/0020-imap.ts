import type { Migration } from '../migrate.ts'

const columns = `
ALTER TABLE folder ADD COLUMN content TEXT NOT NULL DEFAULT 'mail';
ALTER TABLE folder ADD COLUMN is_shown INTEGER NOT NULL DEFAULT 1;
-- none, headers, new, all
ALTER TABLE folder ADD COLUMN sync TEXT NOT NULL DEFAULT 'none';

-- RFC 8474: by it a message is known again when its folder has got another UIDVALIDITY.
ALTER TABLE message ADD COLUMN email_id TEXT;
-- Marked for offline.
ALTER TABLE message ADD COLUMN wanted INTEGER NOT NULL DEFAULT 0;

ALTER TABLE operation ADD COLUMN created_at INTEGER NOT NULL DEFAULT 0;

CREATE INDEX message_wanted ON message (folder_id) WHERE wanted = 1;
`

/** Folders as the IMAP server's user wants them, and what is to be fetched of them. */
export const migration: Migration = {
  version: 20,
  name: 'imap',
  up(db) {
    db.exec(columns)
    // What a new account gets as well: the Inbox and the special folders keep what is new at hand.
    db.exec(`UPDATE folder SET sync = 'new' WHERE account_id IS NOT NULL AND role IN ('inbox', 'sent', 'drafts')`)
  },
}
