import { isIP } from 'node:net'
import { domainToASCII } from 'node:url'
import type { Discovery, Finding, NothingFound } from '../../../shared/domain/finding.ts'
import { addressProblem } from '../../../shared/domain/name-checks.ts'
import { fillAccount } from '../../../shared/domain/placeholders.ts'
import { MailError } from '../../../shared/errors/mail-error.ts'
import { type DiscoveryPorts } from './discovery-ports.ts'
import { autoconfig, knownProvider, mailHost, serviceRecords, type Source, type SourceFinding, usualNames } from './discovery-sources.ts'
import { providerList, type ProviderList } from './provider-list.ts'

/** Newest knowledge first: a provider's own file is of today, the list is of this version, names are only guessed. */
const sources: readonly Source[] = [autoconfig, knownProvider, serviceRecords, mailHost, usualNames]
/** What needs nobody but ourselves. */
const offlineSources: readonly Source[] = [knownProvider]

const overallMs = 3000
/** Part of the time after which a place that is silent is left, so that what the others said can still be used. */
const patience = 0.8

export interface DiscoverOptions {
  readonly ports: DiscoveryPorts
  readonly isOffline: boolean
  /** The caller has lost interest. */
  readonly signal: AbortSignal
  /** For tests. */
  readonly providers?: () => Promise<ProviderList>
  readonly timeoutMs?: number
}

type Outcome = { readonly state: 'knows'; readonly finding: SourceFinding } | { readonly state: 'knows-nothing' | 'failed' | 'too-slow' }

/**
 * Looks for the settings of an address at all places at once, for three seconds at most, and stops as soon as nothing better
 * can come. Only the domain leaves this computer, and nobody logs on anywhere. Throws MailError `bad-input` or `cancelled`.
 */
export async function discover(address: string, options: DiscoverOptions): Promise<Discovery> {
  const { ports, isOffline, signal, providers = providerList, timeoutMs = overallMs } = options
  if (addressProblem(address)) throw new MailError('bad-input', 'This is not an e-mail address.')
  const typed = address.trim()
  const domain = domainToASCII(typed.slice(typed.lastIndexOf('@') + 1)).toLowerCase()
  if (domain === '' || isIP(domain)) return { findings: [], reason: 'not-known' }
  const enough = new AbortController()
  const question = { domain, ports, providers, signal: AbortSignal.any([signal, enough.signal, AbortSignal.timeout(timeoutMs * patience)]) }
  const asked = (isOffline ? offlineSources : sources).map((source) => outcomeOf(source(question)))
  const outcomes = await settledOutcomes(asked, { signal, timeoutMs })
  enough.abort()
  if (signal.aborted) throw new MailError('cancelled', 'The search was stopped.')
  const findings = outcomes.flatMap((outcome): readonly Finding[] => (outcome.state === 'knows' ? [filledIn(outcome.finding, typed)] : []))
  return { findings, reason: findings.length > 0 ? null : reasonOf(outcomes, isOffline) }
}

const outcomeOf = (answer: Promise<SourceFinding | undefined>): Promise<Outcome> =>
  answer.then(
    (finding) => (finding ? { state: 'knows', finding } : { state: 'knows-nothing' }),
    () => ({ state: 'failed' }),
  )

/** In the order of the sources; waits for a source only while no better one has found something. */
async function settledOutcomes(
  asked: readonly Promise<Outcome>[],
  { signal, timeoutMs }: { readonly signal: AbortSignal; readonly timeoutMs: number },
): Promise<readonly Outcome[]> {
  const late = Promise.withResolvers<Outcome>()
  const giveUp = () => late.resolve({ state: 'too-slow' })
  const timer = setTimeout(giveUp, timeoutMs)
  signal.addEventListener('abort', giveUp, { once: true })
  if (signal.aborted) giveUp()
  try {
    const outcomes: Outcome[] = []
    for (const answer of asked) {
      outcomes.push(await Promise.race([answer, late.promise]))
      if (outcomes.at(-1)?.state === 'knows') break
    }
    return outcomes
  } finally {
    clearTimeout(timer)
    signal.removeEventListener('abort', giveUp)
  }
}

function filledIn({ source, from, drafts }: SourceFinding, address: string): Finding {
  return {
    source,
    from,
    settings: drafts.map((draft) => {
      const settings = fillAccount(draft, { address })
      // What a stranger's file says must not make us delete mail on a server.
      return { ...settings, pop3: { ...settings.pop3, leaveOnServer: true, removeAfterDays: null } }
    }),
  }
}

function reasonOf(outcomes: readonly Outcome[], isOffline: boolean): NothingFound {
  if (isOffline) return 'offline'
  if (outcomes.some(({ state }) => state === 'failed')) return 'no-network'
  return outcomes.some(({ state }) => state === 'too-slow') ? 'too-slow' : 'not-known'
}
