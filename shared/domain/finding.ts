import type { AccountSettings } from './account.ts'

/** Who said so. `autoconfig` is a file of the provider's own, `dns` what the domain's records name. */
export type FindingSource = 'autoconfig' | 'provider-list' | 'dns' | 'guess'

/** Settings that were found for an address. */
export interface Finding {
  readonly source: FindingSource
  /** For people: the provider's name, or the host or domain that the knowledge is from. */
  readonly from: string
  /** At most one for each protocol; the one that the source prefers comes first. Never empty. */
  readonly settings: readonly AccountSettings[]
}

/** Why there is nothing: nobody knows the domain, it took too long, DNS could not be asked, or we work offline. */
export type NothingFound = 'not-known' | 'too-slow' | 'no-network' | 'offline'

export interface Discovery {
  /** The best knowledge first; with nothing in it, `reason` says why. */
  readonly findings: readonly Finding[]
  readonly reason: NothingFound | null
}
