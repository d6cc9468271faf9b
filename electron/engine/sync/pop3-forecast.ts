import type { Pop3Options } from '../../../shared/domain/account.ts'
import type { UidlRecord } from '../store/uidls-table.ts'

const day = 24 * 3_600_000

/** P9: whether a message that is here may leave the server, by the account's options. Days count from the download. Pure. */
export function isDue({ state, downloadedAt, goneAt }: UidlRecord, options: Pop3Options, now: number): boolean {
  if (goneAt !== null) return false
  if (state === 'to-be-deleted') return true
  if (state !== 'downloaded') return false
  if (!options.leaveOnServer) return true
  return options.removeAfterDays !== null && downloadedAt !== null && now >= downloadedAt + options.removeAfterDays * day
}

/** What the server's last list held, of all that is known here. Pure. */
export function onServer(records: readonly UidlRecord[]): { readonly messages: number; readonly bytes: number } {
  const there = records.filter(({ state, goneAt }) => state !== 'deleted' && goneAt === null)
  return { messages: there.length, bytes: there.reduce((sum, { size }) => sum + (size ?? 0), 0) }
}

export interface OptionsChange {
  readonly records: readonly UidlRecord[]
  readonly before: Pop3Options
  readonly after: Pop3Options
  readonly now: number
}

/** How many messages more the next connection would delete on the server after a change of options. Pure. */
export function heldOnServer({ records, before, after, now }: OptionsChange): number {
  return records.filter((record) => isDue(record, after, now) && !isDue(record, before, now)).length
}
