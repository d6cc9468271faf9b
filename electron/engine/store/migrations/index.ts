import type { Migration } from '../migrate.ts'
import { migration as initialBodies } from './0010-bodies-initial.ts'
import { migration as initial } from './0010-initial.ts'

/** Steps of `index.db`, oldest first. */
export const indexMigrations: readonly Migration[] = [initial]

/** Steps of `bodies.db`, oldest first. */
export const bodyMigrations: readonly Migration[] = [initialBodies]
