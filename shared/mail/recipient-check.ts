import type { Draft } from '../domain/draft.ts'
import { isMailAddress, parseAddresses } from './addresses.ts'

export type RecipientField = 'to' | 'cc' | 'bcc'

/** Why a message can't be sent to what is in its recipient fields. */
export interface RecipientProblem {
  readonly field: RecipientField
  /** What was typed and is no address; '' when no recipient was typed at all. */
  readonly entry: string
}

/** `undefined`: there is at least one recipient, and each of them has an address. */
export function recipientProblem(draft: Pick<Draft, RecipientField>): RecipientProblem | undefined {
  let count = 0
  for (const field of ['to', 'cc', 'bcc'] as const) {
    for (const { name, address } of parseAddresses(draft[field])) {
      if (!isMailAddress(address)) return { field, entry: address || name }
      count++
    }
  }
  return count === 0 ? { field: 'to', entry: '' } : undefined
}
