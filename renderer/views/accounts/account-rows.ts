import type { Account } from '../../../shared/domain/account.ts'
import type { AccountId } from '../../../shared/domain/ids.ts'
import { accountsText as text } from '../../text/accounts.ts'

export interface AccountRow {
  readonly id: AccountId
  readonly name: string
  readonly type: string
  readonly connection: string
}

export type AccountColumn = 'name' | 'type' | 'connection'

export interface AccountSort {
  readonly column: AccountColumn
  readonly descending: boolean
}

/** Lines of Internet Accounts. Rows that are equal in the sorted column stand by their names. */
export function accountRows(accounts: readonly Account[], { column, descending }: AccountSort): readonly AccountRow[] {
  const rows = accounts.map(({ id, name, isDefault }) => ({
    id,
    name,
    type: isDefault ? text.typeMailDefault : text.typeMail,
    connection: text.anyConnection,
  }))
  const order = new Intl.Collator(undefined, { numeric: true })
  const sign = descending ? -1 : 1
  return rows.toSorted((one, other) => sign * order.compare(one[column], other[column]) || order.compare(one.name, other.name))
}
