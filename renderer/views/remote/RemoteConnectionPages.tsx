import type { Account } from '../../../shared/domain/account.ts'
import type { MessageSummary } from '../../../shared/domain/message.ts'
import { mainWords } from '../../text/main.ts'
import { connectionText as text } from '../../text/remote.ts'
import { Checkbox } from '../../widgets/Checkbox.tsx'
import { FormGroup } from '../../widgets/FormGroup.tsx'
import { RadioGroup } from '../../widgets/RadioGroup.tsx'
import { isSent, withAccount, withSending, type WizardChoices } from './connection-plan.ts'
import { countMarks, total } from './marked-messages.ts'

interface PageProps {
  readonly choices: WizardChoices
  readonly onChange: (choices: WizardChoices) => void
}

export function AccountsPage({ accounts, choices, onChange }: PageProps & { readonly accounts: readonly Account[] }) {
  return (
    <>
      <FormGroup title={text.accounts}>
        <div className="check-list">
          {accounts.map(({ id, name }) => (
            <Checkbox
              key={id}
              label={name}
              isPlain
              checked={choices.accounts.includes(id)}
              onChange={(value) => onChange(withAccount(choices, id, value))}
            />
          ))}
        </div>
      </FormGroup>
      <div>
        <Checkbox label={text.confirm} checked={choices.confirms} onChange={(confirms) => onChange({ ...choices, confirms })} />
        <p className="check-hint">{text.confirmHint}</p>
      </div>
    </>
  )
}

interface ActionsProps extends PageProps {
  /** null: still being counted. */
  readonly marked: readonly MessageSummary[] | null
  /** What waits in the Outbox for the chosen accounts. */
  readonly waiting: readonly MessageSummary[] | null
}

export function ActionsPage({ choices, marked, waiting, onChange }: ActionsProps) {
  const { everything, headers, marks } = choices
  const ids = waiting?.map(({ id }) => id) ?? []
  return (
    <div>
      <RadioGroup
        label={text.jobs}
        hideLabel
        value={everything ? 'everything' : 'only'}
        options={[
          { value: 'everything', label: text.everything },
          { value: 'only', label: text.only },
        ]}
        onChange={(value) => onChange({ ...choices, everything: value === 'everything' })}
      />
      <div className="check-list check-list-below" role="group" aria-label={text.only.replace('&', '')}>
        <Checkbox
          label={text.headers}
          checked={headers}
          disabled={everything}
          onChange={(value) => onChange({ ...choices, headers: value })}
        />
        <Checkbox
          label={marksLabel(marked, choices)}
          checked={marks}
          disabled={everything}
          onChange={(value) => onChange({ ...choices, marks: value })}
        />
        {waiting?.map(({ id, subject }) => (
          <Checkbox
            key={id}
            label={text.send(subject || mainWords.noSubject)}
            isPlain
            checked={isSent(choices, id)}
            disabled={everything}
            onChange={(value) => onChange(withSending(choices, ids, { id, isSent: value }))}
          />
        ))}
      </div>
      {waiting?.length === 0 && <p className="check-hint">{text.nothingToSend}</p>}
    </div>
  )
}

function marksLabel(marked: readonly MessageSummary[] | null, { accounts }: WizardChoices): string {
  if (!marked) return text.counting
  const counts = countMarks(marked, new Set(accounts))
  return total(counts) === 0 ? text.noMarks : text.markCounts(counts)
}
