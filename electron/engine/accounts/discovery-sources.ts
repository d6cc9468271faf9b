import type { AccountSettings, Security } from '../../../shared/domain/account.ts'
import type { FindingSource } from '../../../shared/domain/finding.ts'
import type { DiscoveryPorts, ServiceRecord } from './discovery-ports.ts'
import { providerConfigOf } from './presets-autoconfig.ts'
import { draftsOf, type ServerOffer } from './provider-config.ts'
import type { ProviderList } from './provider-list.ts'
import { readXml } from './small-xml.ts'

/** What one source knows; placeholders are not filled in yet. */
export interface SourceFinding {
  readonly source: FindingSource
  readonly from: string
  readonly drafts: readonly AccountSettings[]
}

export interface Question {
  readonly domain: string
  readonly ports: DiscoveryPorts
  readonly providers: () => Promise<ProviderList>
  readonly signal: AbortSignal
}

/** undefined: it knows nothing. Rejects when it could not be asked. */
export type Source = (question: Question) => Promise<SourceFinding | undefined>

/** The provider's own file, at its two usual places; the first place goes before the second. */
export const autoconfig: Source = async ({ domain, ports, signal }) => {
  const places = [`https://autoconfig.${domain}/mail/config-v1.1.xml`, `https://${domain}/.well-known/autoconfig/mail/config-v1.1.xml`]
  const files = places.map((url) => ports.fetch(url, signal).catch(() => undefined)) // no such host, as with most domains
  for (const file of files) {
    const content = await file
    const finding = content && autoconfigIn(content, domain)
    if (finding) return finding
  }
  return undefined
}

function autoconfigIn(file: Uint8Array, domain: string): SourceFinding | undefined {
  try {
    const config = providerConfigOf(readXml(new TextDecoder().decode(file)))
    return found({ source: 'autoconfig', from: config.name || domain, drafts: draftsOf(config) })
  } catch {
    return undefined // many servers answer every address with a page of theirs
  }
}

export const knownProvider: Source = async ({ domain, providers }) => {
  const provider = (await providers()).ofDomain(domain)
  return provider && found({ source: 'provider-list', from: provider.name, drafts: draftsOf(provider) })
}

/** RFC 6186 and RFC 8314, encrypted services first. A target of "." says: not offered. */
const services = [
  { name: '_imaps._tcp', protocol: 'imap', security: 'tls' },
  { name: '_imap._tcp', protocol: 'imap', security: 'starttls' },
  { name: '_pop3s._tcp', protocol: 'pop3', security: 'tls' },
  { name: '_pop3._tcp', protocol: 'pop3', security: 'starttls' },
  { name: '_submissions._tcp', protocol: 'smtp', security: 'tls' },
  { name: '_submission._tcp', protocol: 'smtp', security: 'starttls' },
] as const

export const serviceRecords: Source = async ({ domain, ports, signal }) => {
  const answers = await Promise.all(services.map(({ name }) => ports.services(`${name}.${domain}`, signal)))
  const offers = services.flatMap(({ protocol, security }, index) => {
    const record = preferred(answers[index] ?? [])
    return record ? [offer({ protocol, security, host: record.host, port: record.port })] : []
  })
  return found({ source: 'dns', from: domain, drafts: draftsOf(configOf(domain, offers)) })
}

function preferred(records: readonly ServiceRecord[]): ServiceRecord | undefined {
  const offered = records.filter(({ host, port }) => host !== '' && host !== '.' && port > 0)
  return offered.toSorted((one, other) => one.priority - other.priority || other.weight - one.weight)[0]
}

/** The domain's mail is taken by the hosts of a provider that we know. */
export const mailHost: Source = async ({ domain, ports, providers, signal }) => {
  const [hosts, list] = await Promise.all([ports.mailHosts(domain, signal), providers()])
  const provider = hosts.map((host) => list.ofMailHost(host)).find((known) => known !== undefined)
  return provider && found({ source: 'dns', from: provider.name, drafts: draftsOf(provider) })
}

interface Guess {
  readonly protocol: 'imap' | 'pop3' | 'smtp'
  readonly security: Security
  readonly host: string
  readonly port: number
}

const guessesFor = (domain: string): readonly Guess[] => [
  ...['imap', 'mail'].map((name) => ({ protocol: 'imap', security: 'tls', host: `${name}.${domain}`, port: 993 }) as const),
  ...['pop', 'mail'].map((name) => ({ protocol: 'pop3', security: 'tls', host: `${name}.${domain}`, port: 995 }) as const),
  ...['smtp', 'mail'].flatMap((name) => [
    { protocol: 'smtp', security: 'tls', host: `${name}.${domain}`, port: 465 } as const,
    { protocol: 'smtp', security: 'starttls', host: `${name}.${domain}`, port: 587 } as const,
  ]),
]

const greetings = { imap: /^\* (?:OK|PREAUTH)/, pop3: /^\+OK/, smtp: /^220[ -]/ } as const

/** The usual names, kept when a server greets there as it should. Nobody logs on. */
export const usualNames: Source = async ({ domain, ports, signal }) => {
  const guesses = guessesFor(domain)
  const answers = await Promise.all(
    guesses.map(({ host, port, security }) => ports.greeting(host, port, { tls: security === 'tls', signal })),
  )
  const good = guesses.filter(({ protocol }, index) => greetings[protocol].test(answers[index] ?? ''))
  return found({ source: 'guess', from: domain, drafts: draftsOf(configOf(domain, good.map(offer))) })
}

const offer = ({ protocol, security, host, port }: Guess): ServerOffer => ({
  protocol,
  host: host.replace(/\.$/, ''),
  port,
  security,
  user: '%EMAILADDRESS%',
  auth: ['password-cleartext'],
})

const configOf = (name: string, offers: readonly ServerOffer[]) => ({ name, incoming: offers, outgoing: offers })

const found = (finding: SourceFinding): SourceFinding | undefined => (finding.drafts.length > 0 ? finding : undefined)
