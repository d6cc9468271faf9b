import type { EngineClient } from '../../../shared/contract/engine-contract.ts'
import type { Account, IncomingProtocol, Pop3Options, Security } from '../../../shared/domain/account.ts'
import { newAccountSettings } from '../../../shared/domain/new-account.ts'

export interface TestAccount {
  readonly protocol: IncomingProtocol
  readonly port: number
  readonly host?: string
  readonly security?: Security
  /** Default: the address; the practice servers of a test know whom it likes. */
  readonly user?: string
  /** null: the server has to ask. */
  readonly password?: string | null
  readonly name?: string
  readonly smtpPort?: number
  readonly timeoutSeconds?: number
  /** PEM of an authority that this account trusts. */
  readonly ca?: string
  /** Where they differ from those of a new account. */
  readonly pop3?: Partial<Pop3Options>
}

export const testAddress = 'alice@example.org'
export const testPassword = 'practice'

/** An account as the wizard would make it, for a server of the test. */
export function addAccount(engine: EngineClient, account: TestAccount): Promise<Account> {
  const { protocol, port, host = '127.0.0.1', security = 'none', user = testAddress, password = testPassword } = account
  const settings = newAccountSettings({
    name: 'Alice Smith',
    address: testAddress,
    protocol,
    incoming: { host, port, security },
    outgoing: { host: '127.0.0.1', port: account.smtpPort ?? 25, security: 'none' },
    user,
    rememberPassword: password !== null,
  })
  const { name = settings.name, timeoutSeconds = settings.timeoutSeconds, ca = null } = account
  return engine.call('accounts.add', {
    settings: { ...settings, name, timeoutSeconds, trust: { certificates: [], ca }, pop3: { ...settings.pop3, ...account.pop3 } },
    password,
    outgoingPassword: null,
  })
}
