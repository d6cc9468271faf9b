import { useEffect, useRef } from 'react'
import type { AccountId } from '../../../shared/domain/ids.ts'
import type { RecipientField } from '../../../shared/mail/recipient-check.ts'
import { useAccounts } from '../../live/use-live.ts'
import { composeText as text, recipientText } from '../../text/compose.ts'
import { Icon } from '../../widgets/Icon.tsx'
import { SelectBox } from '../../widgets/SelectBox.tsx'
import { TextField } from '../../widgets/TextField.tsx'
import type { Compose } from './use-compose.ts'

/** From (only with more than one account), To, Cc, Bcc (View > All Headers), Subject. */
export function ComposeHeader({ compose }: { readonly compose: Compose }) {
  const { state, dispatch, problem } = compose
  const { draft } = state
  const header = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (problem) header.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus()
  }, [problem])
  const recipients = (field: RecipientField) => (
    <div id={`compose-${field}`}>
      <TextField
        label={text[field]}
        value={draft[field]}
        error={problem?.field === field ? recipientText(problem) : undefined}
        maxLength={100_000}
        onChange={(value) => {
          if (problem?.field === field) compose.forgetProblem()
          dispatch({ type: 'typed', field, value })
        }}
      />
    </div>
  )
  const note = text.priorityNotes[draft.priority]
  return (
    <div ref={header} className="compose-header">
      {note && (
        <p className="compose-priority" role="status">
          <Icon name={draft.priority === 'high' ? 'important' : 'low-priority'} className={`compose-priority-${draft.priority}`} />
          {note}
        </p>
      )}
      <FromField account={draft.account} onChange={(value) => dispatch({ type: 'account', value })} />
      {recipients('to')}
      {recipients('cc')}
      {state.showsAllHeaders && recipients('bcc')}
      <TextField
        label={text.subject}
        value={draft.subject}
        maxLength={10_000}
        spellCheck
        onChange={(value) => dispatch({ type: 'typed', field: 'subject', value })}
      />
    </div>
  )
}

interface FromFieldProps {
  readonly account: AccountId
  readonly onChange: (account: AccountId) => void
}

function FromField({ account, onChange }: FromFieldProps) {
  const accounts = useAccounts() ?? []
  if (accounts.length < 2) return undefined
  const options = accounts.map(({ id, identity, name }) => ({ value: String(id), label: text.fromOption(identity.address, name) }))
  const choose = (value: string) => {
    const chosen = accounts.find(({ id }) => String(id) === value)
    if (chosen) onChange(chosen.id)
  }
  return <SelectBox label={text.from} value={String(account)} options={options} onChange={choose} />
}
