import type { Settings } from '../../../shared/domain/settings.ts'

/** What every tab of Options gets. */
export interface OptionsPage {
  readonly options: Settings
  readonly change: (part: Partial<Settings>) => void
  /** Options that a policy of the organization has set: shown, but not to be changed. */
  readonly locked: ReadonlySet<keyof Settings>
}
