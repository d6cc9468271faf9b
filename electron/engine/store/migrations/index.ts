import type { Migration } from '../migrate.ts'
import { migration as initialBodies } from './0010-bodies-initial.ts'
import { migration as initial } from './0010-initial.ts'
import { migration as imap } from './0020-imap.ts'
import { migration as imapAccounts } from './0060-imap-accounts.ts'
import { migration as marks } from './0050-marks.ts'
import { migration as pop3 } from './0030-pop3.ts'
import { migration as search } from './0040-search.ts'
import { migration as searchMerges } from './0070-search-merges.ts'

/** Steps of `index.db`, oldest first. */
export const indexMigrations: readonly Migration[] = [initial, imap, pop3, search, marks, imapAccounts, searchMerges]

/** Steps of `bodies.db`, oldest first. */
export const bodyMigrations: readonly Migration[] = [initialBodies]
