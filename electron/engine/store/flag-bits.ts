import type { FlagName, Flags } from '../../../shared/domain/message.ts'

/** How flags lie in the `flags` column. Stored: never renumber. */
export const flagBits = { seen: 1, answered: 2, forwarded: 4, flagged: 8, draft: 16, deleted: 32 } as const satisfies Record<
  FlagName,
  number
>

export function toBits(names: readonly FlagName[]): number {
  return names.reduce((bits, name) => bits | flagBits[name], 0)
}

export function bitsOf(flags: Partial<Flags>): number {
  return toBits((Object.keys(flagBits) as FlagName[]).filter((name) => flags[name] === true))
}

export function toFlags(bits: number): Flags {
  return {
    seen: (bits & flagBits.seen) !== 0,
    answered: (bits & flagBits.answered) !== 0,
    forwarded: (bits & flagBits.forwarded) !== 0,
    flagged: (bits & flagBits.flagged) !== 0,
    draft: (bits & flagBits.draft) !== 0,
    deleted: (bits & flagBits.deleted) !== 0,
  }
}
