import type { ClientCertificateFacts, PinnedCertificate } from './certificate.ts'
import type { ConnectionSettings } from './connection.ts'
import type { AccountId } from './ids.ts'
import type { OAuthSettings } from './oauth.ts'

export type IncomingProtocol = 'pop3' | 'imap'

/** `tls` speaks TLS from the first byte, `starttls` upgrades or fails, `none` is plain text by explicit choice. */
export type Security = 'tls' | 'starttls' | 'none'

/** How to log on. `spa` is Secure Password Authentication (NTLM) and never falls back to clear text. */
export type SignIn = 'password' | 'spa' | 'oauth2' | 'none'

export interface ServerSettings {
  readonly host: string
  readonly port: number
  readonly security: Security
  /** Passed to the server unchanged: `CORP/jdoe/jdoe`, `CORP\jdoe`, spaces and UTF-8 included. */
  readonly user: string
  readonly signIn: SignIn
  readonly rememberPassword: boolean
}

export interface OutgoingSettings {
  readonly host: string
  readonly port: number
  readonly security: Security
  /** `same` uses name and password of the incoming server; `none` does not authenticate at all. */
  readonly signIn: 'none' | 'same' | 'password' | 'spa'
  /** Only used with `password` and `spa`. */
  readonly user: string
  readonly rememberPassword: boolean
}

/** Who a message is from. Empty strings mean "leave the header out". */
export interface Identity {
  readonly name: string
  readonly organization: string
  readonly address: string
  readonly replyTo: string
}

export interface Pop3Options {
  readonly leaveOnServer: boolean
  readonly removeAfterDays: number | null
  readonly removeWhenDeleted: boolean
  /** Remote mode: only headers come by themselves; bodies when they are marked. */
  readonly headersOnly: boolean
  /** A larger message arrives as its header only; null: no limit. */
  readonly maxDownloadKb: number | null
}

export interface ImapOptions {
  /** Server folder that holds all others, without a hierarchy separator at its end; empty for none. */
  readonly rootFolder: string
  readonly checkAllFolders: boolean
  readonly storeSpecialFolders: boolean
  /** Path on the server; null: the server's SPECIAL-USE folder, else the usual name. */
  readonly sentFolder: string | null
  readonly draftsFolder: string | null
  readonly deletedFolder: string | null
  readonly junkFolder: string | null
  readonly archiveFolder: string | null
  /** Deleting moves to the server's Deleted Items, where it has one; off: it only marks as deleted, until purged. */
  readonly moveDeleted: boolean
  /** What the server offers and we leave alone, because it does it badly. */
  readonly switchedOff: readonly ImapExtension[]
}

export const imapExtensions = [
  'IDLE',
  'NOTIFY',
  'CONDSTORE',
  'QRESYNC',
  'MOVE',
  'UIDPLUS',
  'COMPRESS',
  'LIST-STATUS',
  'SPECIAL-USE',
  'OBJECTID',
  'UTF8',
] as const
/** An IMAP extension that can be switched off for one server (C7). */
export type ImapExtension = (typeof imapExtensions)[number]

export const defaultImapOptions: ImapOptions = {
  rootFolder: '',
  checkAllFolders: true,
  storeSpecialFolders: true,
  sentFolder: null,
  draftsFolder: null,
  deletedFolder: null,
  junkFolder: null,
  archiveFolder: null,
  moveDeleted: true,
  switchedOff: [],
}

/** Certificates that this account accepts beside those of the system. */
export interface Trust {
  /** Server certificates that the user accepts. */
  readonly certificates: readonly PinnedCertificate[]
  /** One or more CA certificates as PEM text. */
  readonly ca: string | null
  /** What we show to servers that ask for it; its key is with the secrets. */
  readonly clientCertificate?: ClientCertificateFacts | undefined
}

/** The entry of the policy file that made an account, and its version when the account was made or last followed it. */
export interface PolicyMark {
  readonly id: string
  readonly version: number
}

/** All that a user can set. Passwords are never part of it: they are kept by the host's secret port. */
export interface AccountSettings {
  readonly name: string
  readonly protocol: IncomingProtocol
  readonly identity: Identity
  /** Off: skipped by Send and Receive All, start-up and timed checks; can still be chosen by name. */
  readonly includeInReceive: boolean
  readonly incoming: ServerSettings
  readonly outgoing: OutgoingSettings
  /** Where `oauth2` signs in; may stay when another way is chosen. */
  readonly oauth?: OAuthSettings
  /** Silence that a server may keep before we give up, 30 to 300. */
  readonly timeoutSeconds: number
  readonly pop3: Pop3Options
  readonly imap: ImapOptions
  readonly trust: Trust
  readonly connection: ConnectionSettings
  /** undefined: the user's own account. */
  readonly policy?: PolicyMark | undefined
  /** Belongs to the built-in practice servers; host and port are filled in when they start. */
  readonly practice: boolean
}

export interface Account extends AccountSettings {
  readonly id: AccountId
  readonly isDefault: boolean
}

/** Ports as they follow the security choice until edited by hand (A7). */
export const defaultPorts = {
  pop3: { tls: 995, starttls: 110, none: 110 },
  imap: { tls: 993, starttls: 143, none: 143 },
  smtp: { tls: 465, starttls: 587, none: 25 },
} as const satisfies Record<string, Record<Security, number>>
