import type { AccountSettings, IncomingProtocol } from '../../../shared/domain/account.ts'
import type { Discovery, FindingSource, NothingFound } from '../../../shared/domain/finding.ts'
import { fillAccount } from '../../../shared/domain/placeholders.ts'

/** How the wizard comes to the settings. */
export type WizardWay = 'find' | 'preset' | 'hand'

/** A preset file that was opened; placeholders are still in it. */
export interface PresetFile {
  readonly name: string
  readonly draft: AccountSettings
}

/** Where the servers on their page are from, or why there are none. */
export type WizardOrigin =
  | { readonly kind: FindingSource | 'file'; readonly from: string }
  | { readonly kind: 'nothing'; readonly reason: NothingFound; readonly from: string }

/** What the wizard was given beside what is typed. */
export interface WizardStart {
  readonly way: WizardWay
  readonly file: PresetFile | undefined
  /** At most one for each protocol. */
  readonly offers: readonly AccountSettings[]
  readonly origin: WizardOrigin | undefined
  /** The address that the offers are for; '' when they must be made again. */
  readonly preparedFor: string
}

const nothingYet = { offers: [], origin: undefined, preparedFor: '' } as const

export const startWith = (file: PresetFile | undefined): WizardStart => ({ way: file ? 'preset' : 'find', file, ...nothingYet })

export const changeWay = (start: WizardStart, way: WizardWay): WizardStart => ({ ...start, way, ...nothingYet })

export function foundFor(start: WizardStart, address: string, { findings, reason }: Discovery): WizardStart {
  const [best] = findings
  const domain = address.slice(address.lastIndexOf('@') + 1)
  return {
    ...start,
    offers: best?.settings ?? [],
    origin: best ? { kind: best.source, from: best.from } : { kind: 'nothing', reason: reason ?? 'not-known', from: domain },
    preparedFor: address,
  }
}

/** The preset of this person: the address that was typed stands for the one that the file may have. */
export function filledFor(start: WizardStart, address: string): WizardStart {
  if (start.way !== 'preset' || !start.file || start.preparedFor === address) return start
  const { draft, name } = start.file
  const own = { ...draft, identity: { ...draft.identity, address: '%EMAILADDRESS%' } }
  return { ...start, offers: [fillAccount(own, { address })], origin: { kind: 'file', from: name }, preparedFor: address }
}

export const offerOf = ({ offers }: WizardStart, protocol: IncomingProtocol): AccountSettings | undefined =>
  offers.find((offer) => offer.protocol === protocol)

/** What the pages show of an offer. */
export function fieldsOf({ protocol, incoming, outgoing, pop3, oauth }: AccountSettings) {
  return {
    protocol,
    incoming: { host: incoming.host, port: incoming.port, security: incoming.security },
    outgoing: { host: outgoing.host, port: outgoing.port, security: outgoing.security },
    user: incoming.user,
    isUserEdited: false,
    spa: incoming.signIn === 'spa',
    browser: incoming.signIn === 'oauth2' ? true : null,
    oauth: oauth ?? null,
    ticket: null,
    rememberPassword: incoming.rememberPassword,
    leaveOnServer: pop3.leaveOnServer,
  }
}

/** What was typed, with all that an offer says and no page asks for. */
export function completed(typed: AccountSettings, offer: AccountSettings | undefined): AccountSettings {
  if (!offer) return typed
  const { incoming, outgoing } = offer
  const name = offer.name === incoming.host ? typed.name : offer.name
  return {
    ...typed,
    name,
    identity: { ...offer.identity, name: typed.identity.name, address: typed.identity.address },
    includeInReceive: offer.includeInReceive,
    incoming: incoming.signIn === 'none' && typed.incoming.signIn === 'password' ? { ...typed.incoming, signIn: 'none' } : typed.incoming,
    outgoing: { ...outgoing, host: typed.outgoing.host, port: typed.outgoing.port, security: typed.outgoing.security },
    timeoutSeconds: offer.timeoutSeconds,
    pop3: { ...offer.pop3, leaveOnServer: typed.pop3.leaveOnServer },
    imap: offer.imap,
    trust: offer.trust,
    connection: offer.connection,
    policy: offer.policy,
  }
}
