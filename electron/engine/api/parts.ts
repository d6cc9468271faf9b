import type { SignIns } from '../accounts/oauth/sign-ins.ts'
import type { Passwords } from '../accounts/passwords.ts'
import type { Routes } from '../accounts/routes.ts'
import type { PracticeAccounts } from '../accounts/practice-accounts.ts'
import type { Content } from '../content/content.ts'
import type { Composer } from '../operations/composer.ts'
import type { Uploads } from '../operations/uploads.ts'
import type { EventBus } from '../event-bus.ts'
import type { Policy } from '../policy/policy.ts'
import type { EnginePorts } from '../ports.ts'
import type { Forecasts } from '../sync/forecasts.ts'
import type { Store } from '../store/store.ts'
import type { ProtocolLog } from '../support/protocol-log.ts'
import type { AccountWork } from '../sync/account-work.ts'
import type { ImapWatch } from '../sync/imap-watch.ts'
import type { Runs } from '../sync/runs.ts'
import type { TrustRequests } from '../sync/trust-requests.ts'
import type { Replayer } from '../sync/replayer.ts'

/** Everything that handlers call, wired once in engine.ts. */
export interface EngineParts {
  readonly ports: EnginePorts
  readonly store: Store
  readonly events: EventBus
  readonly passwords: Passwords
  readonly signIns: SignIns
  readonly practice: PracticeAccounts
  readonly forecasts: Forecasts
  readonly routes: Routes
  readonly trust: TrustRequests
  readonly policy: Policy
  readonly protocolLog: ProtocolLog
  readonly work: AccountWork
  readonly watch: ImapWatch
  readonly runs: Runs
  readonly replayer: Replayer
  readonly composer: Composer
  readonly uploads: Uploads
  readonly content: Content
}
