import type { Migration } from '../migrate.ts'

export const migration: Migration = {
  version: 40,
  name: 'search',
  up(db) {
    // When bodies come for messages whose headers were here, their words replace those. FTS5 would merge pieces of the index as soon
    // as a tenth of what is in them is gone, which takes as long as writing the new words; half is soon enough.
    db.exec(`INSERT INTO message_text (message_text, rank) VALUES ('deletemerge', 50)`)
  },
}
