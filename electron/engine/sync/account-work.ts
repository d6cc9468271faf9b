import type { MessageId } from '../../../shared/domain/ids.ts'
import type { Account } from '../../../shared/domain/account.ts'
import type { Folder } from '../../../shared/domain/folder.ts'
import { MailError, withDetail } from '../../../shared/errors/mail-error.ts'
import type { Passwords } from '../accounts/passwords.ts'
import type { PracticeAccounts } from '../accounts/practice-accounts.ts'
import { outgoingSignIn, signIn, type Credentials } from '../accounts/sign-in.ts'
import type { Logger } from '../log.ts'
import { sendOutbox } from '../operations/send-outbox.ts'
import type { Clock } from '../ports.ts'
import { openImapSession, type ImapSession } from '../protocol/imap/imap-session.ts'
import { openPop3Session } from '../protocol/pop3/pop3-session.ts'
import { sendMessage } from '../protocol/smtp/smtp-session.ts'
import type { ProtocolLog } from '../support/protocol-log.ts'
import type { Store } from '../store/store.ts'
import { ImapConnections, type Lane } from './imap-connections.ts'
import { ImapWork, type ImapJob } from './imap-work.ts'
import { connectPop3 } from './pop3-connection.ts'
import type { Forecasts } from './forecasts.ts'
import type { Pop3Job } from './pop3-job.ts'
import type { ReceiveProgress } from './progress.ts'

export interface AccountWorkParts {
  readonly store: Store
  readonly clock: Clock
  readonly log: Logger
  readonly passwords: Passwords
  readonly practice: PracticeAccounts
  readonly forecasts: Forecasts
  readonly protocolLog: ProtocolLog
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
        this.#withOutgoing({ ...context, account }, (auth) =>
          sendMessage(
            { ...account.outgoing, ...this.#common(account), auth, signIn: outgoingSignIn(account) === 'spa' ? 'spa' : 'password' },
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
    context.progress.say(`Connecting to '${account.incoming.host}'...`)
    if (account.protocol === 'pop3') await this.#receivePop3({ ...context, account })
    else {
      const job: ImapJob = context.bodies === 'all' ? { kind: 'everything' } : { kind: 'receive' }
      await this.withImap({ ...context, account }, 'sync', (session) => this.imap.receive({ ...context, account, session }, job))
    }
  }

  /** Opening a folder looks for what is new in it. */
  async refreshFolder(context: PassContext, folder: Folder): Promise<void> {
    const account = await this.#ready(context.account)
    await this.withImap({ ...context, account }, 'read', async (session) => {
      await this.imap.replay({ account, session })
      await this.imap.refresh({ ...context, account, session }, folder)
    })
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
      this.#signIn({ ...context, account, signal }, 'incoming', (credentials) =>
        openImapSession(
          { ...account.incoming, ...credentials, ...this.#common(account) },
          signal,
          this.#parts.protocolLog.tracer(account.id, 'IMAP'),
        ),
      )
    return this.connections.use({ account, lane, signal: context.signal, open }, work)
  }

  async #receivePop3({ account, signal, progress, isForeground, pop3 }: PassContext & { readonly pop3: Pop3Job }): Promise<void> {
    const { store, clock, forecasts } = this.#parts
    const open = (mayPipeline: boolean) =>
      this.#signIn({ account, signal, isForeground }, 'incoming', (credentials) =>
        openPop3Session(
          { ...account.incoming, ...credentials, ...this.#common(account), mayPipeline },
          signal,
          this.#parts.protocolLog.tracer(account.id, 'POP3'),
        ),
      )
    await connectPop3({ account, store, clock, progress, signal, job: pop3, forecasts: isForeground ? forecasts : undefined, open })
  }

  async #withOutgoing<T>(context: WorkContext, send: (auth: Credentials | null) => Promise<T>): Promise<T> {
    if (context.account.outgoing.signIn === 'none') return send(null)
    return this.#signIn(context, 'outgoing', send)
  }

  async #signIn<T>(context: WorkContext, direction: 'incoming' | 'outgoing', open: (credentials: Credentials) => Promise<T>): Promise<T> {
    const { store, passwords } = this.#parts
    try {
      return await signIn(context.account, direction, { store, passwords, mayAsk: context.isForeground, signal: context.signal }, open)
    } catch (error) {
      context.signal.throwIfAborted()
      throw withDetail(error, { account: context.account.name })
    }
  }

  #common(account: Account) {
    return { trust: account.trust, timeoutMs: account.timeoutSeconds * 1000, accountName: account.name }
  }

  /** Practice accounts need their servers first, whose ports are new with each start. */
  async #ready(account: Account): Promise<Account> {
    return account.practice ? this.#parts.practice.ready(account) : account
  }
}
