import type { ErrorInfo } from '../errors/mail-error.ts'
import type { AccountSettings } from './account.ts'
import type { AccountId } from './ids.ts'
import type { Settings } from './settings.ts'

/** What the organization has laid down on this computer (A18), as far as a window must know it. */
export interface PolicyState {
  /** Its name; '' when there is no policy. */
  readonly organization: string
  /** Why the policy file could not be used; null: it could, or there is none. */
  readonly error: ErrorInfo | null
  /** Accounts that wait for a name, an address or a password; placeholders are still in them. */
  readonly waiting: readonly AccountSettings[]
  readonly lockedSettings: readonly (keyof Settings)[]
  readonly locks: readonly AccountLocks[]
}

export interface AccountLocks {
  readonly account: AccountId
  /** Parts of the account's settings: `incoming`, `outgoing.host`. */
  readonly paths: readonly string[]
}

/** Whether a lock holds a part: by itself, or because it holds what the part belongs to. */
export function isLocked(paths: readonly string[], path: string): boolean {
  return paths.some((lock) => lock === path || path.startsWith(`${lock}.`))
}
