import {
  type AccountSettings,
  type IncomingProtocol,
  type OutgoingSettings,
  type Security,
  type SignIn,
} from '../../../shared/domain/account.ts'
import { newAccountSettings } from '../../../shared/domain/new-account.ts'

/** One server as the provider list and autoconfig files describe it; texts may have placeholders. */
export interface ServerOffer {
  /** `imap`, `pop3`, `smtp`; others are skipped. */
  readonly protocol: string
  readonly host: string
  readonly port: number
  readonly security: Security
  readonly user: string
  /** In the words of autoconfig: `password-cleartext`, `password-encrypted`, `NTLM`, `OAuth2`, `none`, ... */
  readonly auth: readonly string[]
  readonly pop3?: { readonly leaveMessagesOnServer?: string; readonly daysToLeaveMessagesOnServer?: string }
}

export interface ProviderConfig {
  readonly name: string
  readonly incoming: readonly ServerOffer[]
  readonly outgoing: readonly ServerOffer[]
}

/**
 * One draft for each protocol that can be used, the provider's favourite first; empty when there is no pair of servers.
 * Placeholders stay. An offer with encryption goes before one without.
 */
export function draftsOf(config: ProviderConfig): readonly AccountSettings[] {
  const outgoing = bestOf(config.outgoing, 'smtp')
  if (!outgoing) return []
  const offers = (['imap', 'pop3'] as const)
    .map((protocol) => ({ protocol, offer: bestOf(config.incoming, protocol) }))
    .toSorted((one, other) => rank(config, one.offer) - rank(config, other.offer))
  return offers.flatMap(({ protocol, offer }) => (offer ? [draftOf(protocol, offer, outgoing)] : []))
}

const bestOf = (offers: readonly ServerOffer[], protocol: string): ServerOffer | undefined => {
  const fitting = offers.filter((offer) => offer.protocol === protocol)
  return fitting.find(({ security }) => security !== 'none') ?? fitting[0]
}

const rank = ({ incoming }: ProviderConfig, offer: ServerOffer | undefined): number => (offer ? incoming.indexOf(offer) : incoming.length)

function draftOf(protocol: IncomingProtocol, incoming: ServerOffer, outgoing: ServerOffer): AccountSettings {
  const server = ({ host, port, security }: ServerOffer) => ({ host, port, security })
  const plain = newAccountSettings({
    name: '',
    address: '%EMAILADDRESS%',
    protocol,
    incoming: server(incoming),
    outgoing: server(outgoing),
    user: incoming.user,
    rememberPassword: true,
  })
  return {
    ...plain,
    incoming: { ...plain.incoming, signIn: signInOf(incoming.auth) },
    outgoing: { ...plain.outgoing, ...outgoingSignIn(incoming, outgoing) },
    pop3: { ...plain.pop3, ...leaving(incoming) },
  }
}

/** A password goes before the browser's sign-in, which not every provider lets every program use. */
function signInOf(auth: readonly string[]): SignIn {
  if (auth.some((kind) => /^(?:password-cleartext|password-encrypted|plain|secure)$/.test(kind))) return 'password'
  if (auth.includes('NTLM')) return 'spa'
  if (auth.includes('OAuth2')) return 'oauth2'
  return auth.includes('none') ? 'none' : 'password'
}

function outgoingSignIn(incoming: ServerOffer, outgoing: ServerOffer): Pick<OutgoingSettings, 'signIn' | 'user'> {
  const signIn = signInOf(outgoing.auth)
  if (signIn === 'none' || outgoing.auth.every((kind) => kind === 'client-IP-address')) return { signIn: 'none', user: '' }
  if (signIn === 'oauth2' || (outgoing.user === incoming.user && signIn === signInOf(incoming.auth))) return { signIn: 'same', user: '' }
  return { signIn, user: outgoing.user }
}

function leaving({ pop3 = {} }: ServerOffer): Partial<AccountSettings['pop3']> {
  const days = Number(pop3.daysToLeaveMessagesOnServer)
  return {
    ...(pop3.leaveMessagesOnServer === 'false' && { leaveOnServer: false }),
    ...(Number.isInteger(days) && days >= 1 && days <= 100 && { removeAfterDays: days }),
  }
}
