import { type KeyboardEvent, useId } from 'react'
import type { Account } from '../../../shared/domain/account.ts'
import type { AccountId } from '../../../shared/domain/ids.ts'
import { imapFoldersText as text } from '../../text/imap-folders.ts'
import { Icon } from '../../widgets/Icon.tsx'

interface AccountStripProps {
  readonly accounts: readonly Account[]
  readonly selected: AccountId
  readonly onSelect: (account: AccountId) => void
}

/** The IMAP accounts, when there are several. */
export function AccountStrip({ accounts, selected, onSelect }: AccountStripProps) {
  const base = useId()
  const onKeyDown = (event: KeyboardEvent) => {
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0
    const next = accounts[accounts.findIndex(({ id }) => id === selected) + step]
    if (step === 0 || !next) return
    event.preventDefault()
    onSelect(next.id)
  }
  return (
    <div className="account-strip">
      <span id={`${base}-label`}>{text.accounts}</span>
      <div
        role="listbox"
        tabIndex={0}
        className="account-strip-list"
        aria-labelledby={`${base}-label`}
        aria-activedescendant={`${base}-${selected}`}
        onKeyDown={onKeyDown}
      >
        {accounts.map(({ id, name }) => (
          <div
            key={id}
            id={`${base}-${id}`}
            role="option"
            className="account-strip-item"
            aria-selected={id === selected}
            title={name}
            onPointerDown={() => onSelect(id)}
          >
            <Icon name="cloud" />
            <span>{name}</span>
          </div>
        ))}
      </div>
    </div>
  )
}
