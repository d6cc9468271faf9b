import { type AccountSettings, defaultPorts, type IncomingProtocol, type Security } from '../../../shared/domain/account.ts'
import { type PinnedCertificate, withPin } from '../../../shared/domain/certificate.ts'
import type { DoctorAction } from '../../../shared/doctor/doctor.ts'
import type { OAuthSettings } from '../../../shared/domain/oauth.ts'
import type { Discovery } from '../../../shared/domain/finding.ts'
import { addressProblem, serverNameProblem, type NameProblem } from '../../../shared/domain/name-checks.ts'
import { logonNameFromAddress, newAccountSettings, portForSecurity } from '../../../shared/domain/new-account.ts'
import {
  changeWay,
  completed,
  fieldsOf,
  filledFor,
  foundFor,
  offerOf,
  type PresetFile,
  startWith,
  type WizardStart,
  type WizardWay,
} from './wizard-start.ts'

export const wizardPages = ['name', 'address', 'servers', 'logon', 'done', 'check'] as const
export type WizardPage = (typeof wizardPages)[number]

export type ServerSide = 'incoming' | 'outgoing'
export type WizardField = 'name' | 'address' | 'incoming' | 'outgoing' | 'user'

export interface WizardServer {
  readonly host: string
  readonly security: Security
  readonly port: number
}

/** Everything typed so far. Going back and forth between the pages changes nothing of it. */
export interface WizardState {
  readonly page: WizardPage
  readonly start: WizardStart
  readonly name: string
  readonly address: string
  readonly protocol: IncomingProtocol
  readonly incoming: WizardServer
  readonly outgoing: WizardServer
  readonly user: string
  /** Once typed in by hand, the log-on name no longer follows the address. */
  readonly isUserEdited: boolean
  readonly password: string
  readonly rememberPassword: boolean
  /** Log on using Secure Password Authentication. */
  readonly spa: boolean
  /** The provider's sign-in page instead of a password; null: nobody has chosen yet. */
  readonly browser: boolean | null
  /** Where that is, if not where the server's name says; with the client as the wizard was given it. */
  readonly oauth: OAuthSettings | null
  /** Somebody has signed in: the engine has the tokens. */
  readonly ticket: string | null
  /** POP3 only. */
  readonly leaveOnServer: boolean
  readonly sendAndReceive: boolean
  /** Certificates that the user has accepted while the settings were checked. */
  readonly pins: readonly PinnedCertificate[]
  readonly isDirty: boolean
  /** The connection doctor has led back to this page; Next leads to it again. */
  readonly isMending: boolean
  /** What the last try to go on found wrong on this page. */
  readonly problems: WizardProblems
}

export type WizardProblems = { readonly [field in WizardField]?: NameProblem }

export type WizardEvent =
  | { readonly type: 'typed'; readonly field: 'name' | 'address' | 'user' | 'password'; readonly value: string }
  | { readonly type: 'host'; readonly side: ServerSide; readonly value: string }
  | { readonly type: 'port'; readonly side: ServerSide; readonly value: number }
  | { readonly type: 'security'; readonly side: ServerSide; readonly value: Security }
  | { readonly type: 'protocol'; readonly value: IncomingProtocol }
  | { readonly type: 'ticked'; readonly field: 'rememberPassword' | 'spa' | 'leaveOnServer' | 'sendAndReceive'; readonly value: boolean }
  /** The user takes the sign-in page, or the password instead. */
  | { readonly type: 'browser'; readonly value: boolean }
  /** Its settings were changed, so an earlier sign-in is void. */
  | { readonly type: 'oauth'; readonly value: OAuthSettings }
  | { readonly type: 'signedIn'; readonly oauth: OAuthSettings; readonly ticket: string | null }
  | { readonly type: 'way'; readonly value: WizardWay }
  /** A preset file was opened. */
  | { readonly type: 'preset'; readonly file: PresetFile }
  /** The search for this address has ended. */
  | { readonly type: 'found'; readonly address: string; readonly discovery: Discovery }
  | { readonly type: 'next' }
  /** Check these settings. */
  | { readonly type: 'check' }
  | { readonly type: 'pin'; readonly pin: PinnedCertificate }
  | { readonly type: 'mend'; readonly action: DoctorAction }
  | { readonly type: 'back' }

export function startWizard({ name, file }: { readonly name: string; readonly file?: PresetFile | undefined }): WizardState {
  return {
    page: 'name',
    start: startWith(file),
    ...whoIsIn(file, { name, address: '' }),
    protocol: 'pop3',
    incoming: { host: '', security: 'tls', port: defaultPorts.pop3.tls },
    outgoing: { host: '', security: 'starttls', port: defaultPorts.smtp.starttls },
    user: '',
    isUserEdited: false,
    password: '',
    rememberPassword: true,
    spa: false,
    browser: null,
    oauth: null,
    ticket: null,
    leaveOnServer: true,
    sendAndReceive: true,
    pins: [],
    isDirty: false,
    isMending: false,
    problems: {},
  }
}

export function wizardReducer(state: WizardState, event: WizardEvent): WizardState {
  switch (event.type) {
    case 'typed':
      return edited(state, {
        [event.field]: event.value,
        problems: without(state.problems, event.field),
        ...(event.field === 'user' && { isUserEdited: event.value !== '' }),
      })
    case 'host':
      return edited(state, {
        [event.side]: { ...state[event.side], host: event.value },
        problems: without(state.problems, event.side),
      })
    case 'port':
      return edited(state, { [event.side]: { ...state[event.side], port: event.value } })
    case 'security':
      return edited(state, { [event.side]: secured(state[event.side], serviceOf(state, event.side), event.value) })
    case 'protocol':
      return edited(state, otherProtocol(state, event.value))
    case 'ticked':
      return edited(state, {
        [event.field]: event.value,
        // A password that shall not be kept is asked for at the first connection.
        ...(event.field === 'rememberPassword' && !event.value && { password: '' }),
      })
    case 'browser':
      return edited(state, { browser: event.value, password: '' })
    case 'oauth':
      return edited(state, { oauth: event.value, ticket: null })
    case 'signedIn':
      return edited(state, { oauth: event.oauth, ticket: event.ticket })
    case 'way':
      return { ...state, start: changeWay(state.start, event.value), problems: {} }
    case 'preset':
      return edited(state, { start: startWith(event.file), ...whoIsIn(event.file, state) })
    case 'found':
      return prepared({ ...state, page: 'servers', isDirty: true, problems: {} }, foundFor(state.start, event.address, event.discovery))
    case 'next':
      return nextPage(state)
    case 'check':
      return { ...state, page: 'check', problems: {} }
    case 'pin':
      return { ...state, pins: withPin(state.pins, event.pin) }
    case 'mend':
      return { ...state, ...mended(state, event.action), isMending: true, problems: {} }
    case 'back':
      return { ...state, page: neighbour(state, -1), isMending: false, problems: {} }
  }
}

/** What keeps Next greyed: the fields that may not be blank. Wrong ones are told when Next is pressed. */
export function canGoOn(state: WizardState): boolean {
  switch (state.page) {
    case 'name':
      return state.name.trim() !== '' && isStartChosen(state)
    case 'address':
      return state.address.trim() !== ''
    case 'servers':
      return state.incoming.host.trim() !== '' && state.outgoing.host.trim() !== ''
    case 'logon':
      return state.user.trim() !== ''
    case 'done':
    case 'check':
      return true
  }
}

/** The first field of the page that has something wrong: the caret goes there. */
export function firstProblem(state: WizardState): WizardField | undefined {
  const order: readonly WizardField[] = ['name', 'address', 'incoming', 'outgoing', 'user']
  return order.find((field) => state.problems[field])
}

/** The account that the wizard has described. */
export function settingsFrom(state: WizardState): AccountSettings {
  const { name, address, protocol, incoming, outgoing, user, rememberPassword, spa, leaveOnServer } = state
  const settings = newAccountSettings({ name, address, protocol, incoming, outgoing, user, rememberPassword })
  const typed: AccountSettings = {
    ...settings,
    incoming: { ...settings.incoming, signIn: state.browser ? 'oauth2' : spa ? 'spa' : 'password' },
    ...(state.browser && state.oauth && { oauth: state.oauth }),
    pop3: { ...settings.pop3, leaveOnServer },
  }
  const { trust, ...account } = completed(typed, offerOf(state.start, protocol))
  return { ...account, trust: { ...trust, certificates: state.pins.reduce(withPin, trust.certificates) } }
}

/** Next must look for the settings first: everything needed is typed, and nobody has looked for this address yet. */
export function needsSearch(state: WizardState): boolean {
  if (state.page !== 'name' || state.start.way !== 'find' || state.start.preparedFor === state.address.trim()) return false
  return Object.keys(problemsOf(state)).length === 0
}

/** A file may name its person; a placeholder is nobody's address. */
function whoIsIn(file: PresetFile | undefined, { name, address }: { readonly name: string; readonly address: string }) {
  const person = file?.draft.identity
  return { name: person?.name || name, address: person && !person.address.includes('%') ? person.address : address }
}

function isStartChosen({ start, address }: WizardState): boolean {
  if (start.way === 'find') return address.trim() !== ''
  return start.way === 'hand' || start.file !== undefined
}

/** The fields as the best offer has them; without one, servers of an earlier search must not stay. */
function prepared(state: WizardState, start: WizardStart): WizardState {
  const [offer] = start.offers
  const empty = { incoming: { ...state.incoming, host: '' }, outgoing: { ...state.outgoing, host: '' } }
  return { ...state, start, ...(offer ? fieldsOf(offer) : empty) }
}

function otherProtocol(state: WizardState, protocol: IncomingProtocol): Partial<WizardState> {
  const offer = offerOf(state.start, protocol)
  return offer ? fieldsOf(offer) : { protocol, incoming: movedTo(protocol, state) }
}

/** Whether the wizard has a field for what the doctor advises. */
export function canMend({ rememberPassword }: WizardState, action: DoctorAction): boolean {
  if (action.kind === 'switch-sign-in') return action.side === 'incoming' && action.signIn !== 'none'
  if (action.kind === 'retype-password') return rememberPassword
  return action.kind !== 'ask' && action.kind !== 'try-later' && action.kind !== 'open-page'
}

/** The advised change, on the page where it is seen. */
function mended(state: WizardState, action: DoctorAction): Partial<WizardState> {
  switch (action.kind) {
    case 'use-port':
      return { page: 'servers', [action.side]: { ...state[action.side], port: action.port, security: action.security } }
    case 'try-host':
      return { page: 'servers', [action.side]: { ...state[action.side], host: action.host } }
    case 'try-user':
      return { page: 'logon', user: action.user, isUserEdited: true }
    case 'switch-sign-in':
      return { page: 'logon', spa: action.signIn === 'spa' }
    case 'retype-password':
    case 'sign-in-again':
      return { page: 'logon' }
    default:
      return { page: 'servers' }
  }
}

function nextPage(before: WizardState): WizardState {
  const problems = problemsOf(before)
  if (Object.keys(problems).length > 0) return { ...before, problems }
  const start = before.page === 'address' ? filledFor(before.start, before.address.trim()) : before.start
  const state = start === before.start ? before : prepared(before, start)
  if (state.isMending) return { ...state, page: 'check', isMending: false, problems: {} }
  const page = neighbour(state, 1)
  const offered = offerOf(state.start, state.protocol)?.incoming.user
  const user = page === 'logon' && !state.isUserEdited ? (offered ?? logonNameFromAddress(state.address)) : state.user
  return { ...state, page, user, problems: {} }
}

function problemsOf(state: WizardState): WizardProblems {
  const empty: NameProblem = { kind: 'empty', suggestion: undefined }
  switch (state.page) {
    case 'name':
      return found({
        name: state.name.trim() === '' ? empty : undefined,
        address: state.start.way === 'find' ? addressProblem(state.address) : undefined,
      })
    case 'address':
      return found({ address: addressProblem(state.address) })
    case 'servers':
      return found({
        incoming: serverNameProblem(state.incoming.host),
        outgoing: serverNameProblem(state.outgoing.host),
      })
    case 'logon':
      return found({ user: state.user.trim() === '' ? empty : undefined })
    case 'done':
    case 'check':
      return {}
  }
}

function found(problems: { readonly [field in WizardField]?: NameProblem | undefined }): WizardProblems {
  return Object.fromEntries(Object.entries(problems).filter(([, problem]) => problem !== undefined))
}

function without(problems: WizardProblems, field: string): WizardProblems {
  return Object.fromEntries(Object.entries(problems).filter(([name]) => name !== field))
}

const edited = (state: WizardState, change: Partial<WizardState>): WizardState => ({ ...state, ...change, isDirty: true })

const serviceOf = (state: WizardState, side: ServerSide) => (side === 'incoming' ? state.protocol : 'smtp')

function secured(server: WizardServer, service: keyof typeof defaultPorts, security: Security): WizardServer {
  return { ...server, security, port: portForSecurity(service, security, server.port) }
}

/** POP3 to IMAP and back: a usual port becomes the usual one of the other protocol. */
function movedTo(protocol: IncomingProtocol, { incoming, protocol: before }: WizardState): WizardServer {
  const wasUsual = incoming.port === defaultPorts[before][incoming.security]
  return wasUsual ? { ...incoming, port: defaultPorts[protocol][incoming.security] } : incoming
}

/** Who lets settings be found has typed the address on the first page. */
function neighbour({ page, start }: WizardState, step: 1 | -1): WizardPage {
  const pages = wizardPages.filter((one) => one !== 'address' || start.way !== 'find')
  return pages[pages.indexOf(page) + step] ?? page
}
