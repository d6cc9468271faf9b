// Autoconfig files, as mail providers publish them and other mail programs read them:
// https://www.ietf.org/archive/id/draft-ietf-mailmaint-autoconfig-00.html
import type { AccountSettings, Security } from '../../../shared/domain/account.ts'
import { fillPlaceholders } from '../../../shared/domain/placeholders.ts'
import { type ProviderConfig, type ServerOffer } from './provider-config.ts'
import { childrenOf, escapeXml, textOf, type XmlElement } from './small-xml.ts'

/** Throws an Error when it is another kind of file. Servers that can't be used are left out. */
export function providerConfigOf(root: XmlElement): ProviderConfig {
  const [provider] = childrenOf(root, 'emailProvider')
  if (root.name !== 'clientConfig' || !provider) throw new Error('The XML file is not an autoconfig file.')
  return {
    name: textOf(provider, 'displayName') || textOf(provider, 'displayShortName') || (provider.attributes.id ?? ''),
    incoming: childrenOf(provider, 'incomingServer').flatMap(offerOf),
    outgoing: childrenOf(provider, 'outgoingServer').flatMap(offerOf),
  }
}

const securities: Readonly<Record<string, Security>> = { SSL: 'tls', TLS: 'tls', STARTTLS: 'starttls', plain: 'none' }

function offerOf(server: XmlElement): readonly ServerOffer[] {
  const host = textOf(server, 'hostname')
  const port = Number(textOf(server, 'port'))
  const security = securities[textOf(server, 'socketType')]
  if (host === '' || !Number.isInteger(port) || port < 1 || port > 65535 || !security) return []
  const [pop3] = childrenOf(server, 'pop3')
  const offer = {
    protocol: server.attributes.type ?? '',
    host,
    port,
    security,
    user: textOf(server, 'username') || '%EMAILADDRESS%',
    auth: childrenOf(server, 'authentication').map(({ text }) => text.trim()),
  }
  const leaving = {
    leaveMessagesOnServer: textOf(pop3, 'leaveMessagesOnServer'),
    daysToLeaveMessagesOnServer: textOf(pop3, 'daysToLeaveMessagesOnServer'),
  }
  return [pop3 ? { ...offer, pop3: leaving } : offer]
}

const socketTypes: Readonly<Record<Security, string>> = { tls: 'SSL', starttls: 'STARTTLS', none: 'plain' }
const authWords = { password: 'password-cleartext', spa: 'NTLM', oauth2: 'OAuth2', none: 'none' } as const

/** The servers of an account for other programs and other people: names become placeholders where they follow the address. */
export function writeAutoconfig(settings: AccountSettings): string {
  const { incoming, outgoing, protocol, pop3, identity } = settings
  const domain = identity.address.slice(identity.address.lastIndexOf('@') + 1)
  const user = outgoing.signIn === 'same' || outgoing.signIn === 'none' ? incoming.user : outgoing.user
  const outgoingAuth = outgoing.signIn === 'same' ? incoming.signIn : outgoing.signIn
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<clientConfig version="1.1">',
    `  <emailProvider id="${escapeXml(domain)}">`,
    `    <domain>${escapeXml(domain)}</domain>`,
    `    <displayName>${escapeXml(settings.name)}</displayName>`,
    `    <incomingServer type="${protocol}">`,
    ...serverLines({ ...incoming, user: asTemplate(incoming.user, identity.address), auth: authWords[incoming.signIn] }),
    ...(protocol === 'pop3' ? pop3Lines(pop3) : []),
    '    </incomingServer>',
    '    <outgoingServer type="smtp">',
    ...serverLines({ ...outgoing, user: asTemplate(user, identity.address), auth: authWords[outgoingAuth] }),
    '    </outgoingServer>',
    '  </emailProvider>',
    '</clientConfig>',
    '',
  ].join('\n')
}

interface WrittenServer {
  readonly host: string
  readonly port: number
  readonly security: Security
  readonly user: string
  readonly auth: string
}

const serverLines = ({ host, port, security, user, auth }: WrittenServer): readonly string[] => [
  `      <hostname>${escapeXml(host)}</hostname>`,
  `      <port>${port}</port>`,
  `      <socketType>${socketTypes[security]}</socketType>`,
  `      <username>${escapeXml(user)}</username>`,
  `      <authentication>${auth}</authentication>`,
]

const pop3Lines = ({ leaveOnServer, removeAfterDays }: AccountSettings['pop3']): readonly string[] => [
  '      <pop3>',
  `        <leaveMessagesOnServer>${leaveOnServer}</leaveMessagesOnServer>`,
  ...(removeAfterDays === null ? [] : [`        <daysToLeaveMessagesOnServer>${removeAfterDays}</daysToLeaveMessagesOnServer>`]),
  '      </pop3>',
]

/** The placeholder that gives this name for this address, or the name itself. */
function asTemplate(user: string, address: string): string {
  const templates = ['%EMAILADDRESS%', '%EMAILLOCALPART%']
  return templates.find((template) => fillPlaceholders(template, address) === user) ?? user
}
