import type { Flags, FlagName } from '../../../shared/domain/message.ts'

/** What we hold of a folder. */
export interface HeldFolder {
  readonly uidValidity: string | null
  readonly uidNext: number | null
  readonly highestModSeq: string | null
  readonly total: number
}

/** What SELECT or STATUS says. */
export interface ServerState {
  readonly uidValidity: string
  readonly uidNext: number
  readonly exists: number
  readonly highestModSeq: string | null
}

export type Step =
  | { readonly kind: 'forget-all' }
  | { readonly kind: 'compare-flags' }
  | { readonly kind: 'fetch-headers'; readonly from: number }

/** What to do so that we hold what the server has. Pure; the executor is in imap-sync.ts. */
export function planImapSync(held: HeldFolder, server: ServerState): readonly Step[] {
  if (held.uidValidity !== null && held.uidValidity !== server.uidValidity) {
    return [{ kind: 'forget-all' }, ...fetchAll(server)] // I3
  }
  if (held.uidNext === null) return fetchAll(server)
  const steps: Step[] = []
  if (held.total > 0 && mayDiffer(held, server)) steps.push({ kind: 'compare-flags' })
  if (server.uidNext > held.uidNext) steps.push({ kind: 'fetch-headers', from: held.uidNext }) // I4
  return steps
}

function fetchAll(server: ServerState): readonly Step[] {
  return server.exists > 0 ? [{ kind: 'fetch-headers', from: 1 }] : []
}

/** MODSEQ covers flags and new messages, but not expunges (those need QRESYNC): the count must agree too. */
function mayDiffer(held: HeldFolder, server: ServerState): boolean {
  if (server.highestModSeq === null || held.highestModSeq === null) return true
  return held.highestModSeq !== server.highestModSeq || held.total !== server.exists
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

/** Rows that are gone (I5), and rows whose flags the server sees otherwise (I6). `forwarded` is ours where the server has no keyword for it. */
export function compareFlags<Row extends HeldRow>(
  rows: readonly Row[],
  server: ReadonlyMap<number, Flags>,
  canStoreForwarded: boolean,
): { readonly gone: readonly Row[]; readonly different: readonly FlagDifference<Row>[] } {
  const names = (['seen', 'answered', 'flagged', 'draft', 'deleted'] as FlagName[]).concat(canStoreForwarded ? ['forwarded'] : [])
  const gone: Row[] = []
  const different: FlagDifference<Row>[] = []
  for (const row of rows) {
    const flags = server.get(row.uid)
    if (!flags) {
      gone.push(row)
      continue
    }
    const add = names.filter((name) => flags[name] && !row.flags[name])
    const remove = names.filter((name) => !flags[name] && row.flags[name])
    if (add.length + remove.length > 0) different.push({ row, add, remove })
  }
  return { gone, different }
}
