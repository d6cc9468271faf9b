import * as v from 'valibot'
import { imapExtensions, type AccountSettings, type Pop3Options } from '../domain/account.ts'
import type { PinnedCertificate } from '../domain/certificate.ts'
import type { ConnectionSettings } from '../domain/connection.ts'
import type { Draft } from '../domain/draft.ts'
import type { AccountId, FolderId, MessageId, OperationId, RunId, ViewId } from '../domain/ids.ts'
import { practiceFaults } from '../domain/practice.ts'
import type { Settings } from '../domain/settings.ts'
import type { ViewRequest } from '../domain/view.ts'

const id = <Id extends number>() =>
  v.pipe(
    v.number(),
    v.safeInteger(),
    v.minValue(1),
    v.transform((n) => n as Id),
  )
const count = (max: number) => v.pipe(v.number(), v.safeInteger(), v.minValue(0), v.maxValue(max))
/** One line of text: what goes into a header or a protocol command must not carry a line break. */
const line = (max: number) =>
  v.pipe(
    v.string(),
    v.maxLength(max),
    // oxlint-disable-next-line no-control-regex -- control characters are exactly what is looked for
    v.regex(/^[^\u0000\r\n]*$/, 'must be one line'),
  )
const text = (max: number) => v.pipe(v.string(), v.maxLength(max))

export const accountId = id<AccountId>()
export const folderId = id<FolderId>()
export const messageId = id<MessageId>()
const operationId = id<OperationId>()
export const viewId = id<ViewId>()
export const runId = id<RunId>()
export const nothing = v.strictObject({})

const host = v.pipe(
  line(255),
  v.trim(),
  v.regex(/^(?:[\p{L}\p{N}_](?:[\p{L}\p{N}_.-]*[\p{L}\p{N}_.])?|\[?[0-9a-fA-F:.]+\]?)$/u, 'is not a server name'),
)
const port = v.pipe(count(65535), v.minValue(1))
const security = v.picklist(['tls', 'starttls', 'none'])

const incoming = v.strictObject({
  host,
  port,
  security,
  user: v.pipe(line(512), v.minLength(1)),
  signIn: v.picklist(['password', 'spa', 'oauth2', 'none']),
  rememberPassword: v.boolean(),
})
const outgoing = v.strictObject({
  host,
  port,
  security,
  signIn: v.picklist(['none', 'same', 'password', 'spa']),
  user: line(512),
  rememberPassword: v.boolean(),
})
const identity = v.strictObject({
  name: line(256),
  organization: line(256),
  address: v.pipe(line(320), v.regex(/^[^\s@<>]+@[^\s@<>]+$/, 'is not an e-mail address')),
  replyTo: line(320),
})

const pop3Options: v.GenericSchema<unknown, Pop3Options> = v.strictObject({
  leaveOnServer: v.boolean(),
  removeAfterDays: v.nullable(v.pipe(count(100), v.minValue(1))),
  removeWhenDeleted: v.boolean(),
  headersOnly: v.boolean(),
  maxDownloadKb: v.nullable(v.pipe(count(1_000_000), v.minValue(1))),
})

const fingerprint = v.pipe(v.string(), v.regex(/^sha256:[0-9a-f]{64}$/))
const pin: v.GenericSchema<unknown, PinnedCertificate> = v.strictObject({
  fingerprint,
  server: line(300),
  since: v.nullable(count(Number.MAX_SAFE_INTEGER)),
  facts: v.nullable(
    v.strictObject({
      fingerprint,
      ...{ subject: line(1000), issuer: line(1000), validFrom: line(10), validTo: line(10) },
      names: v.pipe(v.array(line(300)), v.maxLength(1000)),
    }),
  ),
})
const connection: v.GenericSchema<unknown, ConnectionSettings> = v.strictObject({
  proxy: v.strictObject({
    kind: v.picklist(['system', 'none', 'socks5', 'http']),
    host: v.union([v.literal(''), host]),
    port,
    user: line(255),
  }),
  notOnMetered: v.boolean(),
})

const oauth = v.strictObject({
  provider: v.pipe(line(64), v.minLength(1)),
  // A provider on this computer is a test, or the help desk's own.
  issuer: v.union([
    v.literal(''),
    v.pipe(line(2048), v.regex(/^(?:https:\/\/|http:\/\/(?:127\.0\.0\.1|localhost)(?::|\/|$))/, 'must begin with https://')),
  ]),
  scope: line(2048),
  clientId: line(512),
  tenant: line(256),
})

export const accountSettings: v.GenericSchema<unknown, AccountSettings> = v.strictObject({
  name: v.pipe(line(256), v.minLength(1)),
  protocol: v.picklist(['pop3', 'imap']),
  identity,
  includeInReceive: v.boolean(),
  incoming,
  outgoing,
  oauth: v.exactOptional(oauth),
  timeoutSeconds: v.pipe(count(300), v.minValue(10)),
  pop3: pop3Options,
  imap: v.strictObject({
    rootFolder: line(512),
    checkAllFolders: v.boolean(),
    storeSpecialFolders: v.boolean(),
    sentFolder: v.nullable(line(512)),
    draftsFolder: v.nullable(line(512)),
    deletedFolder: v.nullable(line(512)),
    junkFolder: v.nullable(line(512)),
    archiveFolder: v.nullable(line(512)),
    moveDeleted: v.boolean(),
    switchedOff: v.pipe(v.array(v.picklist(imapExtensions)), v.maxLength(imapExtensions.length)),
  }),
  trust: v.strictObject({
    certificates: v.pipe(v.array(pin), v.maxLength(100)),
    ca: v.nullable(text(200_000)),
    clientCertificate: v.optional(v.strictObject({ fingerprint, subject: line(1000), issuer: line(1000), validTo: line(10) })),
  }),
  connection,
  policy: v.optional(v.strictObject({ id: line(100), version: count(Number.MAX_SAFE_INTEGER) })),
  practice: v.boolean(),
})

const password = v.nullable(v.pipe(text(4096), v.regex(/^[^\r\n]*$/, 'must be one line')))

/** null leaves the stored password as it is. */
/** The result of `oauth.signIn` for an account that is not there yet. */
const oauthTicket = v.exactOptional(v.pipe(v.string(), v.maxLength(64)))
/** A .p12, .pfx or .pem file of at most 1 MiB. */
export const clientCertificate = v.strictObject({ base64: text(1_400_000), passphrase: text(4096) })
/** Left out: as it is. `proxyPassword` '' and `clientCertificate` null are forgotten. */
const routeSecrets = v.optional(
  v.strictObject({ proxyPassword: v.optional(password), clientCertificate: v.optional(v.nullable(clientCertificate)) }),
)
export const pinning = v.strictObject({ id: accountId, pin })
export const serverChoice = v.strictObject({ host, port })

export const newAccount = v.strictObject({
  settings: accountSettings,
  password,
  outgoingPassword: password,
  oauthTicket,
  route: routeSecrets,
})
export const changedAccount = v.strictObject({
  ...{ id: accountId, settings: accountSettings, password, outgoingPassword: password, route: routeSecrets },
})
/** `account`: whose stored passwords are used where none is given. `run` is the caller's own mark on the `doctorStep` events. */
export const checkup = v.strictObject({
  run: v.pipe(v.string(), v.minLength(1), v.maxLength(64)),
  account: v.nullable(accountId),
  /** null: as they are stored. */
  settings: v.nullable(accountSettings),
  password,
  outgoingPassword: password,
  oauthTicket,
  route: routeSecrets,
  /** Also sends a message to the account's own address: only when the user has asked for it. */
  testMessage: v.optional(v.boolean()),
})
export const accountChoice = v.strictObject({ id: accountId })
export const faultChoice = v.strictObject({ fault: v.picklist(practiceFaults) })
/** `run` is the caller's own mark on the `oauthStep` events. `account` null: the wizard is still making it. */
export const browserSignIn = v.strictObject({
  run: v.pipe(v.string(), v.minLength(1), v.maxLength(64)),
  account: v.nullable(accountId),
  oauth,
  protocol: v.picklist(['pop3', 'imap']),
  user: line(512),
  way: v.picklist(['browser', 'code']),
})
/** `secret`: null leaves the one that is kept for this client id, '' forgets it. */
export const oauthClient = v.strictObject({
  provider: v.pipe(line(64), v.minLength(1)),
  clientId: line(512),
  tenant: line(256),
  secret: v.nullable(line(512)),
})
/** Found settings are only shown: nothing is stored and nobody logs on. */
export const addressChoice = v.strictObject({ address: identity.entries.address })
/** A preset file of at most 1 MiB. */
export const presetFile = v.strictObject({ base64: text(1_400_000) })
export const presetWriting = v.strictObject({ id: accountId, format: v.picklist(['json', 'autoconfig']) })
export const logonAnswer = v.strictObject({
  request: count(Number.MAX_SAFE_INTEGER),
  /** null: cancelled. */
  answer: v.nullable(v.strictObject({ user: v.pipe(line(512), v.minLength(1)), password: text(4096), remember: v.boolean() })),
})

export const settingsChange: v.GenericSchema<unknown, Partial<Settings>> = v.partial(
  v.strictObject({
    offline: v.boolean(),
    sendImmediately: v.boolean(),
    markReadAfterSeconds: v.nullable(count(3600)),
    quoteInReply: v.boolean(),
    checkAtStartup: v.boolean(),
    checkEveryMinutes: v.nullable(v.pipe(count(480), v.minValue(1))),
    logPop3: v.boolean(),
    logImap: v.boolean(),
    logSmtp: v.boolean(),
    showDeleted: v.boolean(),
    purgeOnLeave: v.boolean(),
    oauthClients: v.record(line(64), v.strictObject({ clientId: line(512), tenant: line(256) })),
  }),
) as v.GenericSchema<unknown, Partial<Settings>>

export const feedPosition = v.strictObject({ storeId: text(100), seq: count(Number.MAX_SAFE_INTEGER) })

const viewRequest: v.GenericSchema<unknown, ViewRequest> = v.strictObject({
  folder: v.nullable(folderId),
  sort: v.picklist(['priority', 'attachment', 'flag', 'from', 'to', 'subject', 'received', 'sent', 'size', 'account']),
  descending: v.boolean(),
  search: v.nullable(text(1000)),
  hideDeleted: v.optional(v.boolean(), false),
})
/** The first window comes with the answer: rows around `near` if that message is in the view, else the first rows. */
export const viewOpening = v.strictObject({ request: viewRequest, count: count(500), near: v.nullable(messageId) })
export const viewRange = v.strictObject({ view: viewId, from: count(100_000_000), count: count(500) })
export const viewChoice = v.strictObject({ view: viewId })
export const viewMember = v.strictObject({ view: viewId, message: messageId })

export const messageChoice = v.strictObject({ id: messageId })
const messageIds = v.pipe(v.array(messageId), v.minLength(1), v.maxLength(100_000))
const flagNames = v.array(v.picklist(['seen', 'answered', 'forwarded', 'flagged', 'draft', 'deleted']))
export const flagChange = v.strictObject({ ids: messageIds, add: flagNames, remove: flagNames })
/** `permanently` skips Deleted Items; the program asks the user before it sends that. */
export const deletion = v.strictObject({ ids: messageIds, permanently: v.boolean() })
export const folderChoice = v.strictObject({ folder: folderId })
const folderIds = v.pipe(v.array(folderId), v.maxLength(100_000))
const folderName = v.pipe(line(255), v.trim(), v.minLength(1))
export const shownChange = v.strictObject({ show: folderIds, hide: folderIds })
export const syncChange = v.strictObject({ folders: folderIds, sync: v.picklist(['none', 'headers', 'new', 'all']) })
/** `account` null: in Local Folders. `parent` null: at the top. */
export const newFolder = v.strictObject({ account: v.nullable(accountId), parent: v.nullable(folderId), name: folderName })
export const folderNaming = v.strictObject({ folder: folderId, name: folderName })
export const folderPlacing = v.strictObject({ folder: folderId, parent: v.nullable(folderId) })
export const folderForOffline = v.strictObject({ folder: folderId, wanted: v.boolean() })
export const messagePlacing = v.strictObject({ ids: messageIds, folder: folderId })
export const messagesForOffline = v.strictObject({ ids: messageIds, wanted: v.boolean() })
export const operationChoice = v.strictObject({ id: operationId })
export const operationScope = v.strictObject({ id: v.nullable(operationId) })

const attachment = v.strictObject({
  name: v.pipe(line(255), v.minLength(1)),
  type: v.pipe(line(255), v.regex(/^[\w.+-]+\/[\w.+-]+$/, 'is not a media type')),
  size: count(Number.MAX_SAFE_INTEGER),
  source: v.variant('kind', [
    v.strictObject({ kind: v.literal('upload'), upload: v.pipe(v.string(), v.regex(/^[\w-]{16,64}$/)) }),
    v.strictObject({ kind: v.literal('part'), message: messageId, part: v.pipe(v.string(), v.regex(/^\d+(\.\d+)*$/)) }),
  ]),
})
export const draft: v.GenericSchema<unknown, Draft> = v.strictObject({
  account: accountId,
  to: line(100_000),
  cc: line(100_000),
  bcc: line(100_000),
  subject: line(10_000),
  text: text(20_000_000),
  priority: v.picklist(['high', 'normal', 'low']),
  attachments: v.pipe(v.array(attachment), v.maxLength(1000)),
  related: v.nullable(v.strictObject({ message: messageId, kind: v.picklist(['reply', 'forward']) })),
  inReplyTo: line(2000),
  references: v.pipe(v.array(line(2000)), v.maxLength(200)),
})
export const composeStart = v.strictObject({
  kind: v.picklist(['new', 'reply', 'reply-all', 'forward']),
  message: v.nullable(messageId),
  folder: v.nullable(folderId),
})
/** `id` is the draft or Outbox message that this replaces; null for a new one. */
export const draftSaving = v.strictObject({ id: v.nullable(messageId), draft })
export const draftSending = v.strictObject({ id: v.nullable(messageId), draft, now: v.boolean() })
/** One piece of a file, base64, at most 512 KiB decoded; `upload` is null for the first piece. */
export const uploadPiece = v.strictObject({
  upload: v.nullable(v.pipe(v.string(), v.regex(/^[\w-]{16,64}$/))),
  base64: text(700_000),
})

export const markChange = v.strictObject({ ids: messageIds, mark: v.nullable(v.picklist(['retrieve', 'retrieve-copy', 'delete'])) })
/** null: those of every account. */
export const markScope = v.strictObject({ account: v.nullable(accountId) })
export const bodyFetch = v.strictObject({ ids: messageIds, keepCopy: v.boolean() })
export const messageList = v.strictObject({ ids: messageIds })
/** What the Remote Connection Wizard has collected. */
export const remoteConnection = v.strictObject({
  accounts: v.pipe(
    v.array(v.strictObject({ account: accountId, headers: v.boolean(), marks: v.boolean() })),
    v.minLength(1),
    v.maxLength(1000),
  ),
  outgoing: v.pipe(v.array(messageId), v.maxLength(100_000)),
})
export const optionsChoice = v.strictObject({ id: accountId, options: pop3Options })
export const forecastAnswer = v.strictObject({ request: count(Number.MAX_SAFE_INTEGER), accept: v.boolean() })

export const runStart = v.strictObject({ accounts: v.nullable(v.array(accountId)), receive: v.boolean(), send: v.boolean() })
export const synchronizing = v.strictObject({
  accounts: v.nullable(v.pipe(v.array(accountId), v.maxLength(1000))),
  folder: v.nullable(folderId),
})
export const runChoice = v.strictObject({ run: runId })
