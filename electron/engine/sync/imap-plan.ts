import type { Flags, FlagName } from '../../../shared/domain/message.ts'

/** What we hold of a folder. */
export interface HeldFolder {
  readonly uidValidity: string | null
  /** null: it has never been read to its end. */
  readonly uidNext: number | null
  readonly highestModSeq: string | null
  /** Messages with a UID. */
  readonly count: number
}

/** What SELECT or STATUS says. */
export interface ServerState {
  readonly uidValidity: string
  readonly uidNext: number
  readonly exists: number
  readonly highestModSeq: string | null
  /** Whether the server has told all that happened since our state (QRESYNC). */
  readonly hasToldChanges: boolean
}

export type Step =
  /** From here on UIDs mean what this UIDVALIDITY says; `forget`: those that we know mean nothing any more. */
  | { readonly kind: 'begin'; readonly forget: boolean }
  /** What the server has told by itself. */
  | { readonly kind: 'apply-changes' }
  /** Flags that changed after this MODSEQ. */
  | { readonly kind: 'fetch-changes'; readonly since: string }
  /** Flags of everything, which also says what is gone and what we lack. */
  | { readonly kind: 'compare-flags' }
  | { readonly kind: 'fetch-new'; readonly from: number }
  /** Which messages there are: the others go, those that we lack come. */
  | { readonly kind: 'compare-uids' }

/** What to do so that we hold what the server has. Pure; the executor is in imap-sync.ts. */
export function planImapSync(held: HeldFolder, server: ServerState): readonly Step[] {
  if (held.uidValidity === null && held.count > 0) return [{ kind: 'begin', forget: false }, { kind: 'compare-flags' }] // An operation was first.
  if (held.uidValidity !== server.uidValidity) return [{ kind: 'begin', forget: held.uidValidity !== null }, { kind: 'compare-uids' }] // I3
  const changes = held.count > 0 ? changeSteps(held, server) : []
  if (changes[0]?.kind === 'compare-flags') return changes
  if (held.uidNext === null) return [...changes, { kind: 'compare-uids' }]
  // UIDs that fall back are against the rules (RFC 3501 2.3.1.1): such a server is only believed what it shows.
  if (server.uidNext < held.uidNext) return [{ kind: 'compare-flags' }]
  return server.uidNext > held.uidNext ? [...changes, { kind: 'fetch-new', from: held.uidNext }] : changes // I4
}

function changeSteps({ highestModSeq }: HeldFolder, server: ServerState): readonly Step[] {
  // Without CONDSTORE (or with NOMODSEQ) every flag may have changed, and a MODSEQ that falls back says nothing at all.
  if (highestModSeq === null || server.highestModSeq === null) return [{ kind: 'compare-flags' }]
  if (BigInt(server.highestModSeq) < BigInt(highestModSeq)) return [{ kind: 'compare-flags' }]
  if (server.hasToldChanges) return [{ kind: 'apply-changes' }]
  return server.highestModSeq === highestModSeq ? [] : [{ kind: 'fetch-changes', since: highestModSeq }]
}

/** What LIST-STATUS says of a folder that is not open. */
export interface StatusState {
  readonly uidValidity: string
  readonly uidNext: number
  readonly messages: number
  readonly unseen: number
  readonly highestModSeq: string | null
}

/** I7: whether nothing happened in a folder, so that it need not be opened. */
export function isUnmoved(
  held: Omit<HeldFolder, 'count'> & { readonly total: number; readonly unread: number },
  status: StatusState | undefined,
): boolean {
  return (
    status !== undefined &&
    held.uidValidity === status.uidValidity &&
    held.uidNext === status.uidNext &&
    held.total === status.messages &&
    held.unread === status.unseen &&
    held.highestModSeq === status.highestModSeq
  )
}

export interface HeldRow {
  readonly uid: number
  readonly flags: Flags
}

export interface FlagDifference<Row> {
  readonly row: Row
  readonly add: readonly FlagName[]
  readonly remove: readonly FlagName[]
}

/** Rows whose flags the server sees otherwise (I6), among those that it speaks of. `forwarded` is ours where it has no keyword for it. */
export function flagDifferences<Row extends HeldRow>(
  rows: readonly Row[],
  server: ReadonlyMap<number, Flags>,
  canStoreForwarded: boolean,
): readonly FlagDifference<Row>[] {
  const names = (['seen', 'answered', 'flagged', 'draft', 'deleted'] as FlagName[]).concat(canStoreForwarded ? ['forwarded'] : [])
  return rows.flatMap((row) => {
    const flags = server.get(row.uid)
    if (!flags) return []
    const add = names.filter((name) => flags[name] && !row.flags[name])
    const remove = names.filter((name) => !flags[name] && row.flags[name])
    return add.length + remove.length > 0 ? [{ row, add, remove }] : []
  })
}
