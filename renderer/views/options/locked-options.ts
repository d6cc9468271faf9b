import type { Settings } from '../../../shared/domain/settings.ts'

const none: ReadonlySet<keyof Settings> = new Set()

/** What a policy of the organization has set. There are no policies yet. */
export const lockedOptions = (): ReadonlySet<keyof Settings> => none
