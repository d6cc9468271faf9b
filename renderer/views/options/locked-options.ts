import type { Settings } from '../../../shared/domain/settings.ts'
import { usePolicy } from '../../live/use-policy.ts'

/** What the policy of the organization has set. */
export function useLockedOptions(): ReadonlySet<keyof Settings> {
  return new Set(usePolicy()?.lockedSettings)
}
