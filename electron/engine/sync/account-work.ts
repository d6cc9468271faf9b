import type { MessageId } from '../../../shared/domain/ids.ts'
import type { Account } from '../../../shared/domain/account.ts'
import type { Folder } from '../../../shared/domain/folder.ts'
import { MailError, withDetail } from '../../../shared/errors/mail-error.ts'
import type { Passwords } from '../accounts/passwords.ts'
import type { PracticeAccounts } from '../accounts/practice-accounts.ts'
import { signIn, type Credentials } from '../accounts/sign-in.ts'
import type { Logger } from '../log.ts'
import { pendingMessages, replayOperations } from '../operations/queue.ts'
import { sendOutbox } from '../operations/send-outbox.ts'
import type { Clock } from '../ports.ts'
import { openImapSession, type ImapSession } from '../protocol/imap/imap-session.ts'
import { openPop3Session } from '../protocol/pop3/pop3-session.ts'
import { sendMessage } from '../protocol/smtp/smtp-session.ts'
import type { ProtocolLog } from '../support/protocol-log.ts'
import type { Store } from '../store/store.ts'
import { ImapConnections, type Lane } from './imap-connections.ts'
import { heldFolders, recordServerFolders } from './imap-folders.ts'
import { syncBodies, syncFolder, type ImapSyncContext } from './imap-sync.ts'
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

  constructor(parts: AccountWorkParts) {
    this.#parts = parts
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
            { ...account.outgoing, ...this.#common(account), auth, signIn: account.outgoing.signIn === 'spa' ? 'spa' : 'password' },
            transmission,
            raw,
            { signal: context.signal, trace: this.#parts.protocolLog.tracer(account.id, 'SMTP') },
          ),
        ),
    })
    if (account.protocol === 'imap') {
      await this.withImap({ ...context, account }, 'sync', (session) => replayOperations({ ...this.#parts, account }, session))
    }
  }

  async receive(context: PassContext & { readonly bodies: 'on-demand' | 'all'; readonly pop3: Pop3Job }): Promise<void> {
    const account = await this.#ready(context.account)
    context.progress.say(`Connecting to '${account.incoming.host}'...`)
    if (account.protocol === 'pop3') await this.#receivePop3({ ...context, account })
    else await this.withImap({ ...context, account }, 'sync', (session) => this.#receiveImap({ ...context, account }, session))
  }

  /** Opening a folder looks for what is new in it. */
  async refreshFolder(context: PassContext, folder: Folder): Promise<void> {
    const account = await this.#ready(context.account)
    await this.withImap({ ...context, account }, 'read', async (session) => {
      await replayOperations({ ...this.#parts, account }, session)
      await syncFolder(this.#syncContext({ ...context, account }, session), folder)
    })
  }

  /** Tells the server what was changed here. Does nothing when nothing waits. */
  async replay(context: WorkContext): Promise<void> {
    if (this.#parts.store.operations.list(context.account.id).length === 0) return
    await this.withImap(context, 'read', (session) => replayOperations({ ...this.#parts, account: context.account }, session))
  }

  async downloadFolders(context: WorkContext): Promise<number> {
    return this.withImap(context, 'read', async (session) => {
      recordServerFolders(this.#parts.store, context.account, await session.listFolders(context.account.imap.rootFolder))
      return heldFolders(this.#parts.store, context.account).length
    })
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

  async #receiveImap(context: PassContext & { readonly bodies: 'on-demand' | 'all' }, session: ImapSession): Promise<void> {
    const { store, log } = this.#parts
    const { account } = context
    let refused: unknown
    try {
      await replayOperations({ ...this.#parts, account }, session)
    } catch (error) {
      if (!session.isUsable) throw error
      refused = error // Told at the end: what was refused must not keep new mail away.
    }
    const listed = await session.listFolders(account.imap.rootFolder)
    recordServerFolders(store, account, listed)
    const sync = this.#syncContext(context, session)
    const status = new Map(listed.map((folder) => [folder.path, folder.status]))
    for (const folder of inboxFirst(heldFolders(store, account))) {
      if (!folder.selectable || !(folder.role === 'inbox' || account.imap.checkAllFolders || context.bodies === 'all')) continue
      if (folder.role === 'inbox' || !isUnmoved(store, folder, status.get(folder.path))) await syncFolder(sync, folder)
      if (context.bodies === 'all') await syncBodies(sync, folder)
    }
    log.debug('imap pass done', { account: account.id, folders: listed.length })
    if (refused) throw refused
  }

  #syncContext({ account, progress }: PassContext, session: ImapSession): ImapSyncContext {
    const { store, clock } = this.#parts
    return { account, store, clock, session, progress, pending: pendingMessages(store, account.id) }
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

function inboxFirst(folders: readonly Folder[]): readonly Folder[] {
  return [...folders].sort((a, b) => Number(b.role === 'inbox') - Number(a.role === 'inbox'))
}

/** I7: LIST-STATUS saves a SELECT for each folder in which nothing happened. */
function isUnmoved(
  store: Store,
  folder: Folder,
  status: { readonly messages: number; readonly unseen: number; readonly uidNext: number; readonly uidValidity: string } | undefined,
): boolean {
  if (!status) return false
  const held = store.folders.syncState(folder.id)
  return (
    held.uidValidity === status.uidValidity &&
    held.uidNext === status.uidNext &&
    folder.total === status.messages &&
    folder.unread === status.unseen
  )
}
