import type { ChangeBatch } from '../changes/change-batch.ts'
import type { DoctorReport, DoctorStep } from '../doctor/doctor.ts'
import type { Account, AccountSettings } from '../domain/account.ts'
import type { Draft, OutboxState } from '../domain/draft.ts'
import type { ClientCertificateFacts } from '../domain/certificate.ts'
import type { NetworkFacts } from '../domain/connection.ts'
import type { Discovery } from '../domain/finding.ts'
import type { Folder, OfflineState } from '../domain/folder.ts'
import type { AccountId, FolderId, MessageId, RunId } from '../domain/ids.ts'
import type { Message } from '../domain/message.ts'
import type { OAuthProvider, OAuthStep } from '../domain/oauth.ts'
import type { WaitingOperation } from '../domain/operation.ts'
import type { PolicyState } from '../domain/policy.ts'
import type { ForecastRequest, MarkCount, OptionsForecast } from '../domain/pop3.ts'
import type { PracticeFault } from '../domain/practice.ts'
import type { AccountStatus, LogonRequest, RunProgress } from '../domain/run.ts'
import type { Settings } from '../domain/settings.ts'
import type { TrustRequest } from '../domain/trust-request.ts'
import type { ViewChange, ViewWindow } from '../domain/view.ts'
import type { ErrorInfo } from '../errors/mail-error.ts'
import * as check from './checks.ts'
import { action, event, query, type Client, type Handlers } from './define.ts'

export interface EngineInfo {
  readonly storeId: string
  readonly seq: number
  readonly version: string
  readonly node: string
  readonly sqlite: string
}

export interface OutboxItem {
  readonly message: MessageId
  readonly state: OutboxState
  readonly error: ErrorInfo | null
}

/** THE list of what a window can ask of the engine. */
export const engineCalls = {
  'engine.info': query<EngineInfo>()(check.nothing),
  /** All that changed after a position, or word that the mirror must begin again. */
  'changes.since': query<ChangeBatch | 'start-over'>()(check.feedPosition),

  'settings.get': query<Settings>()(check.nothing),
  'settings.set': action<Settings>()(check.settingsChange),

  'accounts.list': query<readonly Account[]>()(check.nothing),
  'accounts.add': action<Account>()(check.newAccount),
  'accounts.update': action<Account>()(check.changedAccount),
  /** Mail of a POP3 account stays in Local Folders; folders of an IMAP account go with their local copies. */
  'accounts.remove': action<null>()(check.accountChoice),
  'accounts.setDefault': action<null>()(check.accountChoice),
  /** Whether a password is there for each server of an account: kept, or typed since the start. */
  'accounts.storedPasswords': query<{ readonly incoming: boolean; readonly outgoing: boolean }>()(check.accountChoice),
  /**
   * The connection doctor: checks an account, saved or not, and changes nothing. Takes less than 15 s, with a test message up to a
   * minute; cancelling ends it.
   */
  'doctor.run': action<DoctorReport>()(check.checkup),
  /** Looks for the settings of an address for three seconds at most; asks nobody else while offline. */
  'accounts.discover': query<Discovery>()(check.addressChoice),
  /** What a preset file of any kind says, with placeholders as in it; its passwords are not read. */
  'presets.read': query<AccountSettings>()(check.presetFile),
  /** An account as a file to give away, without passwords. */
  'presets.write': query<{ readonly name: string; readonly text: string }>()(check.presetWriting),
  /** Versions, settings, errors and protocol lines as one text for somebody who helps; without secrets and mail. */
  'support.information': query<{ readonly text: string }>()(check.nothing),
  /** Providers that sign people in with the browser, and which of them this program has a client id for. */
  'oauth.providers': query<readonly OAuthProvider[]>()(check.nothing),
  'oauth.setClient': action<null>()(check.oauthClient),
  /**
   * Lets the user sign in, with `oauthStep` events on the way; ends when that is done. The tokens stay in the engine: kept for `account`,
   * whose waiting log-ons go on, or behind the ticket that `accounts.add` and `doctor.run` take. Cancelling ends it.
   */
  'oauth.signIn': action<{ readonly ticket: string | null }>()(check.browserSignIn),
  /** What the organization has laid down: locks, and accounts that wait for their person. */
  'policy.get': query<PolicyState>()(check.nothing),
  /** Certificates that no window has decided on yet. */
  'trust.pending': query<readonly TrustRequest[]>()(check.nothing),
  /** Accepting pins exactly this certificate, for this account and server. */
  'trust.answer': action<null>()(check.forecastAnswer),
  /** The same after a check with the doctor. */
  'trust.pin': action<null>()(check.pinning),
  /** Whether file and passphrase go together, and what the certificate says; nothing is kept. */
  'trust.readClientCertificate': query<ClientCertificateFacts>()(check.clientCertificate),
  /** What the system says about the way to a server. */
  'network.facts': query<NetworkFacts>()(check.serverChoice),
  /** Requests that no window has answered yet. */
  'logon.pending': query<readonly LogonRequest[]>()(check.nothing),
  'logon.answer': action<null>()(check.logonAnswer),
  /** Starts the practice servers and makes one POP3 and one IMAP account for them, once. */
  'practice.start': action<{ readonly accounts: readonly AccountId[] }>()(check.nothing),
  /** What goes wrong on the practice servers, for training. */
  'practice.fault': query<{ readonly fault: PracticeFault }>()(check.nothing),
  'practice.choose': action<null>()(check.faultChoice),

  'folders.list': query<readonly Folder[]>()(check.nothing),
  /** Asks an IMAP server for its folders; the folders themselves come by the change feed. */
  'folders.download': action<{ readonly count: number }>()(check.accountChoice),
  /** Opens an IMAP folder: fetches what is new in it. Nothing happens for a local folder or when offline. */
  'folders.refresh': action<null>()(check.folderChoice),
  /** Deletes all of Deleted Items for ever, the local one or a server's. */
  'folders.empty': action<null>()(check.folderChoice),
  'folders.markAllRead': action<null>()(check.folderChoice),
  /** Shows and hides IMAP folders; on the server that is SUBSCRIBE and UNSUBSCRIBE. */
  'folders.setShown': action<null>()(check.shownChange),
  'folders.setSync': action<null>()(check.syncChange),
  /** The folder is there at once, also offline; its server hears of it later. */
  'folders.create': action<{ readonly id: FolderId }>()(check.newFolder),
  'folders.rename': action<null>()(check.folderNaming),
  /** Puts a folder with all below it under another one of the same account, or (null) at the top. */
  'folders.move': action<null>()(check.folderPlacing),
  /**
   * The folder, all below it and their messages go, on the server too; a local folder goes to Deleted Items first, and from there for
   * ever. The program asks the user before it sends that.
   */
  'folders.delete': action<null>()(check.folderChoice),
  /** Removes for ever what is marked as deleted in an IMAP folder. */
  'folders.purge': action<null>()(check.folderChoice),
  /** What is here of each folder of an account. */
  'folders.offlineStates': query<readonly OfflineState[]>()(check.accountChoice),
  /** Marks every header-only message of a folder for offline, or takes the marks back. */
  'folders.setForOffline': action<null>()(check.folderForOffline),

  'views.open': query<ViewWindow>()(check.viewOpening),
  'views.rows': query<ViewWindow>()(check.viewRange),
  /** Where a message stands in a view, or -1. */
  'views.position': query<number>()(check.viewMember),
  'views.close': query<null>()(check.viewChoice),

  /** Everything about one message; fetches the body of a header-only one, if the server can be asked. */
  'messages.open': query<Message>()(check.messageChoice),
  'messages.setFlags': action<null>()(check.flagChange),
  /** Moves to Deleted Items, the local one or the server's; IMAP mail is only marked as deleted where the account wants it so. */
  'messages.delete': action<null>()(check.deletion),
  /** Between any two folders and accounts, local ones included. Shown at once; servers hear of it later. */
  'messages.move': action<null>()(check.messagePlacing),
  'messages.copy': action<null>()(check.messagePlacing),
  /** Mark for Offline: the next connection fetches the bodies. */
  'messages.setForOffline': action<null>()(check.messagesForOffline),

  /** What servers must still learn of, oldest first. */
  'operations.list': query<readonly WaitingOperation[]>()(check.nothing),
  /** Tries now; null: all. */
  'operations.retry': action<null>()(check.operationScope),
  /** Takes back what an operation did here, and forgets it. */
  'operations.undo': action<null>()(check.operationChoice),

  /** A draft with recipients, subject and quoted text filled in. */
  'compose.start': query<Draft>()(check.composeStart),
  /** A stored draft or Outbox message, ready to be edited again. */
  'compose.reopen': query<Draft>()(check.messageChoice),
  'compose.upload': action<{ readonly upload: string; readonly size: number }>()(check.uploadPiece),
  'drafts.save': action<{ readonly id: MessageId }>()(check.draftSaving),
  'drafts.discard': action<null>()(check.messageChoice),
  /** Puts the message into the Outbox; with `now` and online it also starts sending. */
  'outbox.queue': action<{ readonly id: MessageId; readonly run: RunId | null }>()(check.draftSending),
  'outbox.list': query<readonly OutboxItem[]>()(check.nothing),
  /** Sends an item again whose fate is not known; only the user may decide that. */
  'outbox.retry': action<null>()(check.messageChoice),

  /** Marks are carried out by the next connection that is told to. null takes them back. */
  'pop3.setMarks': action<null>()(check.markChange),
  'pop3.unmarkAll': action<null>()(check.markScope),
  /** Accounts without marks are left out. */
  'pop3.marks': query<readonly MarkCount[]>()(check.nothing),
  /** Downloads header-only messages now; without `keepCopy` they are deleted on the server afterwards. */
  'pop3.fetch': action<{ readonly run: RunId }>()(check.bodyFetch),
  /** The next connection deletes them on the server, with or without a download before. */
  'pop3.deleteOnServer': action<null>()(check.messageList),
  /** The Remote Connection Wizard: just these jobs, whatever the accounts' options say. */
  'pop3.connect': action<{ readonly run: RunId }>()(check.remoteConnection),
  'pop3.forecastOptions': query<OptionsForecast>()(check.optionsChoice),
  /** Forecasts that no window has answered yet. */
  'forecast.pending': query<readonly ForecastRequest[]>()(check.nothing),
  'forecast.answer': action<null>()(check.forecastAnswer),

  'runs.start': action<{ readonly run: RunId }>()(check.runStart),
  /** Fetches what the folders' settings and marks say: of one folder, some accounts, or (null) all. */
  'runs.synchronize': action<{ readonly run: RunId }>()(check.synchronizing),
  'runs.stop': action<null>()(check.runChoice),
  /** Runs under way, and the last finished one: what a window that has just opened needs. */
  'runs.current': query<readonly RunProgress[]>()(check.nothing),
} as const

export const engineEvents = {
  changes: event<ChangeBatch>(),
  viewChanged: event<ViewChange>(),
  runProgress: event<RunProgress>(),
  /** A step of a `doctor.run` under way, for whoever started that one. */
  doctorStep: event<{ readonly run: string; readonly step: DoctorStep }>(),
  /** Where an `oauth.signIn` stands, for whoever started that one. */
  oauthStep: event<{ readonly run: string; readonly step: OAuthStep }>(),
  accountStatus: event<AccountStatus>(),
  logonNeeded: event<LogonRequest>(),
  /** A server showed a certificate that nothing vouches for. */
  trustNeeded: event<TrustRequest>(),
  trustClosed: event<{ readonly request: number }>(),
  /** A logon request was answered, perhaps in another window. */
  logonClosed: event<{ readonly request: number }>(),
  /** A connection waits for a yes or no before it deletes anything on a server. */
  forecastNeeded: event<ForecastRequest>(),
  forecastClosed: event<{ readonly request: number }>(),
} as const

export type EngineCalls = typeof engineCalls
export type EngineEvents = typeof engineEvents
export type EngineClient = Client<EngineCalls, EngineEvents>
export type EngineHandlers = Handlers<EngineCalls>
