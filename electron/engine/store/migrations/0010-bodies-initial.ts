import type { Migration } from '../migrate.ts'

export const migration: Migration = {
  version: 10,
  name: 'bodies initial',
  up(db) {
    db.exec(`
CREATE TABLE body (
  id        INTEGER PRIMARY KEY,
  hash      BLOB    NOT NULL,
  size      INTEGER NOT NULL,
  -- 0 plain, 1 zstd
  encoding  INTEGER NOT NULL,
  content   BLOB    NOT NULL
) STRICT;
CREATE UNIQUE INDEX body_hash ON body (hash);

-- The index that these bodies belong to, and how far it had come when the last of them was put.
CREATE TABLE body_owner (
  id        INTEGER PRIMARY KEY CHECK (id = 1),
  store_id  TEXT    NOT NULL,
  seq       INTEGER NOT NULL
) STRICT;
`)
  },
}
