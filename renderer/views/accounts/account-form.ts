import type { Account, AccountSettings, OutgoingSettings, Security, Trust } from '../../../shared/domain/account.ts'
import { defaultPorts } from '../../../shared/domain/account.ts'
import { type ClientCertificateFacts, type PinnedCertificate, withPin } from '../../../shared/domain/certificate.ts'
import { type ConnectionSettings, type ProxySettings, usualProxyPorts } from '../../../shared/domain/connection.ts'
import { addressProblem, folderPathProblem, serverNameProblem, type NameProblem } from '../../../shared/domain/name-checks.ts'
import { portForSecurity } from '../../../shared/domain/new-account.ts'

export type PropertiesTab = 'general' | 'servers' | 'connection' | 'security' | 'advanced' | 'imap'
export type AccountField =
  | 'name'
  | 'address'
  | 'replyTo'
  | 'incomingHost'
  | 'outgoingHost'
  | 'user'
  | 'outgoingUser'
  | 'proxyHost'
  | 'rootFolder'
  | 'sentFolder'
  | 'draftsFolder'
  | 'deletedFolder'
  | 'junkFolder'
  | 'archiveFolder'

export type FieldProblems = { readonly [field in AccountField]?: NameProblem }

/** Properties as they stand in the dialog. */
export interface AccountForm {
  readonly settings: AccountSettings
  /** null: not touched, the stored password stays. */
  readonly password: string | null
  readonly outgoingPassword: string | null
  /** null: not touched. */
  readonly proxyPassword: string | null
  /** undefined: not touched; null: to be forgotten. */
  readonly clientCertificate: ChosenCertificate | null | undefined
}

/** A client certificate that was opened and is not saved yet. */
export interface ChosenCertificate {
  readonly base64: string
  readonly passphrase: string
  readonly facts: ClientCertificateFacts
}

/** The part of the outgoing settings that the Outgoing Mail Server dialog edits. */
export interface OutgoingLogon {
  readonly signIn: OutgoingSettings['signIn']
  readonly user: string
  readonly rememberPassword: boolean
  readonly password: string | null
}

type Section = 'identity' | 'incoming' | 'outgoing' | 'pop3' | 'imap'

export type FormEvent =
  | { readonly type: 'account'; readonly change: Partial<AccountSettings> }
  | { readonly [S in Section]: { readonly type: S; readonly change: Partial<AccountSettings[S]> } }[Section]
  | { readonly type: 'port'; readonly side: 'incoming' | 'outgoing'; readonly value: number }
  | { readonly type: 'security'; readonly side: 'incoming' | 'outgoing'; readonly value: Security }
  | { readonly type: 'defaultPorts' }
  | { readonly type: 'password'; readonly value: string }
  | { readonly type: 'rememberPassword'; readonly value: boolean }
  | { readonly type: 'outgoingLogon'; readonly value: OutgoingLogon }
  | { readonly type: 'connection'; readonly change: Partial<ConnectionSettings> }
  | { readonly type: 'proxy'; readonly change: Partial<ProxySettings> }
  | { readonly type: 'proxyPassword'; readonly value: string }
  | { readonly type: 'trust'; readonly change: Partial<Trust> }
  | { readonly type: 'pin'; readonly pin: PinnedCertificate }
  | { readonly type: 'clientCertificate'; readonly value: ChosenCertificate | null }
  | { readonly type: 'reset'; readonly account: Account }

const tabOfField: Readonly<Record<AccountField, PropertiesTab>> = {
  name: 'general',
  address: 'general',
  replyTo: 'general',
  incomingHost: 'servers',
  outgoingHost: 'servers',
  user: 'servers',
  outgoingUser: 'servers',
  proxyHost: 'connection',
  rootFolder: 'imap',
  sentFolder: 'imap',
  draftsFolder: 'imap',
  deletedFolder: 'imap',
  junkFolder: 'imap',
  archiveFolder: 'imap',
}

export function formOf(account: Account): AccountForm {
  const { id: _id, isDefault: _isDefault, ...settings } = account
  return { settings, password: null, outgoingPassword: null, proxyPassword: null, clientCertificate: undefined }
}

export function formReducer(form: AccountForm, event: FormEvent): AccountForm {
  switch (event.type) {
    case 'account':
      return withSettings(form, event.change)
    case 'identity':
      return withSettings(form, { identity: { ...form.settings.identity, ...event.change } })
    case 'incoming':
      return withSettings(form, { incoming: { ...form.settings.incoming, ...event.change } })
    case 'outgoing':
      return withSettings(form, { outgoing: { ...form.settings.outgoing, ...event.change } })
    case 'pop3':
      return withSettings(form, { pop3: { ...form.settings.pop3, ...event.change } })
    case 'imap':
      return withSettings(form, { imap: { ...form.settings.imap, ...event.change } })
    case 'port':
      return withServer(form, event.side, { port: event.value })
    case 'security':
      return withSecurity(form, event.side, event.value)
    case 'defaultPorts':
      return withDefaultPorts(form)
    case 'password':
      return { ...form, password: event.value }
    case 'rememberPassword':
      return withRemembering(form, event.value)
    case 'outgoingLogon':
      return withOutgoingLogon(form, event.value)
    case 'connection':
      return withSettings(form, { connection: { ...form.settings.connection, ...event.change } })
    case 'proxy':
      return withProxy(form, event.change)
    case 'proxyPassword':
      return { ...form, proxyPassword: event.value }
    case 'trust':
      return withSettings(form, { trust: { ...form.settings.trust, ...event.change } })
    case 'pin':
      return withSettings(form, {
        trust: { ...form.settings.trust, certificates: withPin(form.settings.trust.certificates, event.pin) },
      })
    case 'clientCertificate':
      return {
        ...withSettings(form, { trust: { ...form.settings.trust, clientCertificate: event.value?.facts } }),
        clientCertificate: event.value,
      }
    case 'reset':
      return formOf(event.account)
  }
}

export function problemsIn(form: AccountForm): FieldProblems {
  const { settings } = form
  const { identity, incoming, outgoing, imap, connection } = settings
  const path = (typed: string) => (settings.protocol === 'imap' ? folderPathProblem(typed) : undefined)
  const problems: { readonly [field in AccountField]: NameProblem | undefined } = {
    name: blank(settings.name),
    address: addressProblem(identity.address),
    replyTo: identity.replyTo.trim() === '' ? undefined : addressProblem(identity.replyTo),
    incomingHost: serverNameProblem(incoming.host),
    outgoingHost: serverNameProblem(outgoing.host),
    user: blank(incoming.user),
    outgoingUser: hasOwnLogon(outgoing) ? blank(outgoing.user) : undefined,
    proxyHost: hasOwnProxy(connection) ? serverNameProblem(connection.proxy.host) : undefined,
    rootFolder: path(imap.rootFolder),
    sentFolder: path(imap.sentFolder ?? ''),
    draftsFolder: path(imap.draftsFolder ?? ''),
    deletedFolder: path(imap.deletedFolder ?? ''),
    junkFolder: path(imap.junkFolder ?? ''),
    archiveFolder: path(imap.archiveFolder ?? ''),
  }
  return Object.fromEntries(Object.entries(problems).filter(([, problem]) => problem !== undefined))
}

/** Tabs that hold a mistake, in the order in which they stand. */
export function tabsWith(problems: FieldProblems): readonly PropertiesTab[] {
  const wrong = new Set((Object.keys(problems) as AccountField[]).map((field) => tabOfField[field]))
  return (['general', 'servers', 'connection', 'security', 'advanced', 'imap'] as const).filter((tab) => wrong.has(tab))
}

/** What is sent to the engine. Only for a form without problems. */
export function settingsOf(form: AccountForm): AccountSettings {
  const { settings } = form
  const { identity, incoming, outgoing, imap, connection } = settings
  const { proxy } = connection
  return {
    ...settings,
    name: settings.name.trim(),
    identity: {
      name: identity.name.trim(),
      organization: identity.organization.trim(),
      address: identity.address.trim(),
      replyTo: identity.replyTo.trim(),
    },
    incoming: { ...incoming, host: incoming.host.trim() },
    outgoing: { ...outgoing, host: outgoing.host.trim() },
    connection: { ...connection, proxy: { ...proxy, host: hasOwnProxy(connection) ? proxy.host.trim() : '', user: proxy.user.trim() } },
    imap: {
      ...imap,
      rootFolder: imap.rootFolder.trim(),
      sentFolder: imap.sentFolder?.trim() || null,
      draftsFolder: imap.draftsFolder?.trim() || null,
      deletedFolder: imap.deletedFolder?.trim() || null,
      junkFolder: imap.junkFolder?.trim() || null,
      archiveFolder: imap.archiveFolder?.trim() || null,
    },
  }
}

/** Whether Apply has something to do. */
export function isChanged(form: AccountForm, account: Account): boolean {
  const hasNewPassword =
    form.password !== null || form.outgoingPassword !== null || form.proxyPassword !== null || form.clientCertificate !== undefined
  return hasNewPassword || JSON.stringify(settingsOf(form)) !== JSON.stringify(settingsOf(formOf(account)))
}

/** The secrets that go beside the settings. */
export function routeOf({ proxyPassword, clientCertificate: chosen }: Pick<AccountForm, 'proxyPassword' | 'clientCertificate'>) {
  const { base64 = '', passphrase = '' } = chosen ?? {}
  return { proxyPassword, ...(chosen !== undefined && { clientCertificate: chosen && { base64, passphrase } }) }
}

/** Whether the account names a proxy of its own. */
export function hasOwnProxy({ proxy }: ConnectionSettings): boolean {
  return proxy.kind === 'socks5' || proxy.kind === 'http'
}

function withSettings(form: AccountForm, change: Partial<AccountSettings>): AccountForm {
  return { ...form, settings: { ...form.settings, ...change } }
}

/** Whether the outgoing server is logged on to with a name and password of its own. */
export function hasOwnLogon({ signIn }: Pick<OutgoingSettings, 'signIn'>): boolean {
  return signIn === 'password' || signIn === 'spa'
}

function withServer(form: AccountForm, side: 'incoming' | 'outgoing', change: { readonly port: number; readonly security?: Security }) {
  return withSettings(form, { [side]: { ...form.settings[side], ...change } })
}

function withSecurity(form: AccountForm, side: 'incoming' | 'outgoing', security: Security): AccountForm {
  const service = side === 'incoming' ? form.settings.protocol : 'smtp'
  return withServer(form, side, { security, port: portForSecurity(service, security, form.settings[side].port) })
}

function withDefaultPorts(form: AccountForm): AccountForm {
  const { protocol, incoming, outgoing } = form.settings
  const withIncoming = withServer(form, 'incoming', { port: defaultPorts[protocol][incoming.security] })
  return withServer(withIncoming, 'outgoing', { port: defaultPorts.smtp[outgoing.security] })
}

/** The port follows the kind of proxy as long as it is a usual one. */
function withProxy(form: AccountForm, change: Partial<ProxySettings>): AccountForm {
  const { connection } = form.settings
  const usual: readonly number[] = Object.values(usualProxyPorts)
  const { kind } = change
  const follows = (kind === 'socks5' || kind === 'http') && usual.includes(connection.proxy.port)
  const proxy = { ...connection.proxy, ...change, ...(follows && { port: usualProxyPorts[kind] }) }
  return withSettings(form, { connection: { ...connection, proxy } })
}

/** Off: the field is cleared, and the engine forgets the stored password. */
function withRemembering(form: AccountForm, rememberPassword: boolean): AccountForm {
  return { ...withSettings(form, { incoming: { ...form.settings.incoming, rememberPassword } }), password: null }
}

function withOutgoingLogon(form: AccountForm, { password, ...logon }: OutgoingLogon): AccountForm {
  return { ...withSettings(form, { outgoing: { ...form.settings.outgoing, ...logon } }), outgoingPassword: password }
}

const empty: NameProblem = { kind: 'empty', suggestion: undefined }

const blank = (text: string): NameProblem | undefined => (text.trim() === '' ? empty : undefined)
