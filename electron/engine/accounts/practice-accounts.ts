import { defaultImapOptions, type Account, type AccountSettings, type IncomingProtocol } from '../../../shared/domain/account.ts'
import { defaultConnection } from '../../../shared/domain/connection.ts'
import type { AccountId } from '../../../shared/domain/ids.ts'
import type { PracticeFault } from '../../../shared/domain/practice.ts'
import type { PracticeServer, PracticeServers } from '../../practice/start-practice.ts'
import type { Logger } from '../log.ts'
import type { Clock } from '../ports.ts'
import type { Store } from '../store/store.ts'
import type { Passwords } from './passwords.ts'

export interface PracticeParts {
  readonly store: Store
  readonly clock: Clock
  readonly log: Logger
  readonly passwords: Passwords
}

/** The practice accounts (A17): their servers start with the first use and end with the engine. */
export class PracticeAccounts {
  readonly #parts: PracticeParts
  #servers: Promise<PracticeServers> | undefined

  constructor(parts: PracticeParts) {
    this.#parts = parts
  }

  /** Makes one POP3 and one IMAP account, unless they are there already. */
  async start(): Promise<readonly AccountId[]> {
    const { store } = this.#parts
    const servers = await this.#start()
    const own = store.accounts.list().filter((account) => account.practice)
    if (own.length > 0) return own.map((account) => account.id)
    const accounts = store.transaction(() =>
      (['pop3', 'imap'] as const).map((protocol) => store.accounts.add(practiceSettings(protocol, servers))),
    )
    for (const account of accounts) await this.#tellPassword(account, servers)
    return accounts.map((account) => account.id)
  }

  /** The account as it is good for this start: ports are new each time, and the user may see them in Properties. */
  async ready(account: Account): Promise<Account> {
    const { store } = this.#parts
    const servers = await this.#start()
    await this.#tellPassword(account, servers)
    const { incoming, outgoing } = account
    const now = { incoming: servers[account.protocol], outgoing: servers.smtp }
    if (isThere(incoming, now.incoming) && isThere(outgoing, now.outgoing)) return account
    return store.transaction(() =>
      store.accounts.update(account.id, {
        ...account,
        incoming: { ...incoming, port: now.incoming.port, security: now.incoming.security },
        outgoing: { ...outgoing, port: now.outgoing.port, security: now.outgoing.security },
      }),
    )
  }

  /** What goes wrong on the servers; without servers, nothing. */
  async fault(): Promise<PracticeFault> {
    return this.#servers ? (await this.#servers).fault : 'none'
  }

  /** Lets the servers fail in a chosen way, until another choice or the end of the program. Returns the accounts that meet it. */
  async choose(fault: PracticeFault): Promise<readonly Account[]> {
    const ids = await this.start()
    await (await this.#start()).choose(fault)
    return Promise.all(ids.map((id) => this.ready(this.#parts.store.accounts.get(id))))
  }

  async close(): Promise<void> {
    if (this.#servers) await (await this.#servers).close()
  }

  #start(): Promise<PracticeServers> {
    const { clock, log } = this.#parts
    // Loaded only when somebody practises: the sample mail is no work for every start.
    this.#servers ??= import('../../practice/start-practice.ts').then(({ startPractice }) =>
      startPractice({ now: new Date(clock.now()), log }),
    )
    return this.#servers
  }

  async #tellPassword(account: Account, servers: PracticeServers): Promise<void> {
    await this.#parts.passwords.set(account.id, 'incoming', servers[account.protocol].password, false)
  }
}

type Endpoint = Pick<PracticeServer, 'port' | 'security'>

const isThere = (known: Endpoint, server: Endpoint) => known.port === server.port && known.security === server.security

function practiceSettings(protocol: IncomingProtocol, servers: PracticeServers): AccountSettings {
  const { host, port, user } = servers[protocol]
  return {
    name: protocol === 'pop3' ? 'Practice (POP3)' : 'Practice (IMAP)',
    protocol,
    identity: { name: servers.ownerName, organization: '', address: user, replyTo: '' },
    includeInReceive: true,
    incoming: { host, port, security: 'none', user, signIn: 'password', rememberPassword: true },
    outgoing: { host: servers.smtp.host, port: servers.smtp.port, security: 'none', signIn: 'same', user: '', rememberPassword: true },
    timeoutSeconds: 60,
    pop3: { leaveOnServer: true, removeAfterDays: null, removeWhenDeleted: false, headersOnly: false, maxDownloadKb: null },
    imap: defaultImapOptions,
    trust: { certificates: [], ca: null },
    connection: defaultConnection,
    practice: true,
  }
}
