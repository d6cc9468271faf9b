import type { FolderId, MessageId } from '../../../shared/domain/ids.ts'
import type { Account } from '../../../shared/domain/account.ts'
import type { Folder } from '../../../shared/domain/folder.ts'
import { MailError, withDetail } from '../../../shared/errors/mail-error.ts'
import type { Passwords } from '../accounts/passwords.ts'
import type { OAuthTokens } from '../accounts/oauth/oauth-tokens.ts'
import type { PracticeAccounts } from '../accounts/practice-accounts.ts'
import type { Routes } from '../accounts/routes.ts'
import { outgoingSignIn, signIn, type Credentials } from '../accounts/sign-in.ts'
import type { Logger } from '../log.ts'
import { sendOutbox } from '../operations/send-outbox.ts'
import type { Policy } from '../policy/policy.ts'
import type { Clock } from '../ports.ts'
import type { ImapSession, News, WatchOptions } from '../protocol/imap/imap-session.ts'
import { openPop3Session } from '../protocol/pop3/pop3-session.ts'
import { openImapSession, sendMessage } from '../protocol/sessions-on-demand.ts'
import type { ProtocolLog } from '../support/protocol-log.ts'
import type { Store } from '../store/store.ts'
import { ImapConnections, type Lane } from './imap-connections.ts'
import { ImapWork, type ImapJob } from './imap-work.ts'
import { AccountPauses } from './account-pause.ts'
import { connectPop3 } from './pop3-connection.ts'
import type { Forecasts } from './forecasts.ts'
import type { Pop3Job } from './pop3-job.ts'
import type { TrustRequests } from './trust-requests.ts'
import { silentProgress, type ReceiveProgress } from './progress.ts'

export interface AccountWorkParts {
  readonly store: Store
  readonly clock: Clock
  readonly log: Logger
  readonly passwords: Passwords
  readonly tokens: OAuthTokens
  readonly practice: PracticeAccounts
  readonly forecasts: Forecasts
  readonly protocolLog: ProtocolLog
  readonly routes: Routes
  readonly trust: TrustRequests
  readonly policy: Policy
}

export interface WorkContext {
  readonly account: Account
  readonly signal: AbortSignal
  /** Only what the user started may ask for a password. */
  readonly isForeground: boolean
}

export interface PassContext extends WorkContext {
  readonly progress: ReceiveProgress
}

/** What there is to do for one account: send, receive, look into a folder, fetch a body. */
export class AccountWork {
  readonly #parts: AccountWorkParts
  readonly connections = new ImapConnections()
  readonly #pauses = new AccountPauses()
  readonly imap: ImapWork

  constructor(parts: AccountWorkParts) {
    this.#parts = parts
    this.imap = new ImapWork(parts)
  }

  async send(context: PassContext & { readonly only?: readonly MessageId[] | undefined }): Promise<void> {
    const { store } = this.#parts
    const account = await this.#ready(context.account)
    await sendOutbox({
      account,
      store,
      signal: context.signal,
      progress: context.progress,
      retryRefused: context.isForeground,
      only: context.only,
      send: (transmission, raw) =>
        this.#withOutgoing({ ...context, account }, async (auth) =>
          sendMessage(
            { ...account.outgoing, ...(await this.#way(account, 'outgoing')), auth, signIn: outgoingWay(account) },
            transmission,
            raw,
            { signal: context.signal, trace: this.#parts.protocolLog.tracer(account.id, 'SMTP') },
          ),
        ),
    })
    if (account.protocol === 'imap') {
      await this.withImap({ ...context, account }, 'sync', (session) => this.imap.replay({ account, session }))
    }
  }

  async receive(context: PassContext & { readonly bodies: 'on-demand' | 'all'; readonly pop3: Pop3Job }): Promise<void> {
    const account = await this.#ready(context.account)
    if (await this.#rests({ ...context, account })) {
      context.progress.note(`'${account.name}' was not checked: the network is metered.`)
      return
    }
    context.progress.say(`Connecting to '${account.incoming.host}'...`)
    if (account.protocol === 'pop3') await this.#receivePop3({ ...context, account })
    else {
      const job: ImapJob = context.bodies === 'all' ? { kind: 'everything' } : { kind: 'receive' }
      await this.withImap({ ...context, account }, 'sync', (session) => this.imap.receive({ ...context, account, session }, job))
    }
  }

  /** Opening a folder looks for what is new in it. */
  async refreshFolder(context: PassContext, folder: Folder, lane: Lane = 'read'): Promise<void> {
    const account = await this.#ready(context.account)
    await this.withImap({ ...context, account }, lane, async (session) => {
      await this.imap.replay({ account, session })
      await this.imap.refresh({ ...context, account, session }, folder)
    })
  }

  /** Waits for the word of the server, until the connection ends; false: it has no IDLE, or the network is metered. */
  async watch(context: WorkContext, { onReady, onNews }: Pick<WatchOptions, 'onReady' | 'onNews'>): Promise<boolean> {
    const { imap, id } = context.account
    if (await this.#rests(context)) return false
    return this.withImap(context, 'watch', async (session) => {
      if (!session.capabilities.has('IDLE')) return false
      const path = this.#parts.store.folders.byRole(id, 'inbox')?.path ?? 'INBOX'
      const others = imap.checkAllFolders && session.capabilities.has('NOTIFY') && !imap.switchedOff.includes('NOTIFY')
      return session.watch({ path, others, onReady, onNews })
    })
  }

  /** After word of news: the Inbox while a long pass may be under way, or all that is to be looked at. */
  async look(context: WorkContext, where: News): Promise<void> {
    const inbox = this.#parts.store.folders.byRole(context.account.id, 'inbox')
    const pass = { ...context, progress: silentProgress }
    const lane = this.connections.isBusy(context.account.id, 'sync') ? 'read' : 'sync'
    if (where === 'here' && inbox) return this.refreshFolder(pass, inbox, lane)
    const account = await this.#ready(context.account)
    await this.withImap({ ...context, account }, 'sync', (session) => this.imap.receive({ ...pass, account, session }, { kind: 'receive' }))
  }

  /** Fetches what Synchronize promises: headers and bodies by the folders' settings, or (given) of one folder. */
  async synchronize(context: PassContext, folder: FolderId | undefined): Promise<void> {
    const account = await this.#ready(context.account)
    context.progress.say(`Connecting to '${account.incoming.host}'...`)
    const job: ImapJob = { kind: 'synchronize', folder }
    await this.withImap({ ...context, account }, 'sync', (session) => this.imap.receive({ ...context, account, session }, job))
  }

  /** Tells the server what was changed here. Does nothing when nothing waits. */
  async replay(context: WorkContext): Promise<void> {
    if (this.#parts.store.operations.list(context.account.id).length === 0) return
    await this.withImap(context, 'read', (session) => this.imap.replay({ account: context.account, session }))
  }

  async downloadFolders(context: WorkContext): Promise<number> {
    return this.withImap(context, 'read', (session) => this.imap.downloadFolders({ account: context.account, session }))
  }

  async withImap<T>(context: WorkContext, lane: Lane, work: (session: ImapSession) => Promise<T>): Promise<T> {
    if (this.#parts.store.settings.get().offline) throw new MailError('offline', 'Working offline.')
    const account = await this.#ready(context.account)
    const open = (signal: AbortSignal) =>
      this.#signIn({ ...context, account, signal }, 'incoming', async (credentials) =>
        openImapSession(
          { ...account.incoming, ...credentials, ...(await this.#way(account, 'incoming')), switchedOff: account.imap.switchedOff },
          signal,
          this.#parts.protocolLog.tracer(account.id, 'IMAP'),
        ),
      )
    return this.connections.use({ account, lane, signal: context.signal, open }, work)
  }

  async #receivePop3({ account, signal, progress, isForeground, pop3 }: PassContext & { readonly pop3: Pop3Job }): Promise<void> {
    const { store, clock, forecasts } = this.#parts
    const open = (mayPipeline: boolean) =>
      this.#signIn({ account, signal, isForeground }, 'incoming', async (credentials) =>
        openPop3Session(
          { ...account.incoming, ...credentials, ...(await this.#way(account, 'incoming')), mayPipeline },
          signal,
          this.#parts.protocolLog.tracer(account.id, 'POP3'),
        ),
      )
    const asking = { isForeground, forecasts: isForeground ? forecasts : undefined, pauses: this.#pauses }
    await connectPop3({ account, store, clock, progress, signal, job: pop3, ...asking, open })
  }

  async #withOutgoing<T>(context: WorkContext, send: (auth: Credentials | null) => Promise<T>): Promise<T> {
    if (context.account.outgoing.signIn === 'none') return this.#trusting(context, () => send(null))
    return this.#signIn(context, 'outgoing', send)
  }

  async #signIn<T>(context: WorkContext, direction: 'incoming' | 'outgoing', open: (credentials: Credentials) => Promise<T>): Promise<T> {
    const { store, passwords, tokens, policy } = this.#parts
    try {
      return await signIn(
        context.account,
        direction,
        { store, passwords, tokens, policy, mayAsk: context.isForeground, signal: context.signal },
        (credentials) => this.#trusting(context, () => open(credentials)),
      )
    } catch (error) {
      context.signal.throwIfAborted()
      throw withDetail(error, { account: context.account.name })
    }
  }

  /** Checks that nobody asked for are left out on metered networks, where the user wants that. */
  async #rests({ account, isForeground }: WorkContext): Promise<boolean> {
    return !isForeground && account.connection.notOnMetered && (await this.#parts.routes.isMetered()) === true
  }

  #trusting<T>({ account, signal, isForeground }: WorkContext, connect: () => Promise<T>): Promise<T> {
    return this.#parts.trust.during({ account, signal, mayAsk: isForeground }, connect)
  }

  /** Read anew for each connection: the user may just have accepted a certificate. */
  async #way(account: Account, side: 'incoming' | 'outgoing') {
    const { store, routes } = this.#parts
    const { trust, connection } = store.accounts.find(account.id) ?? account
    const route = await routes.to(account[side], { ...account, trust, connection }, account.id)
    return { ...route, timeoutMs: account.timeoutSeconds * 1000, accountName: account.name }
  }

  /** Practice accounts need their servers first, whose ports are new with each start. */
  async #ready(account: Account): Promise<Account> {
    return account.practice ? this.#parts.practice.ready(account) : account
  }
}

/** Where nobody logs on, it does not matter how. */
function outgoingWay(account: Account): 'password' | 'spa' | 'oauth2' {
  const way = outgoingSignIn(account)
  return way === 'none' ? 'password' : way
}
