import type { Account } from '../../../shared/domain/account.ts'
import type { AccountId } from '../../../shared/domain/ids.ts'
import type { MessageSummary } from '../../../shared/domain/message.ts'
import type { MarkCount } from '../../../shared/domain/pop3.ts'
import { isWantedOf } from '../../commands/remote-mail.ts'
import { mainWords } from '../../text/main.ts'
import { connectionText as text } from '../../text/remote.ts'
import { Checkbox } from '../../widgets/Checkbox.tsx'
import { FormGroup } from '../../widgets/FormGroup.tsx'
import { RadioGroup } from '../../widgets/RadioGroup.tsx'
import { isSent, withAccount, withJob, withSending, type WizardChoices } from './connection-plan.ts'

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
  readonly accounts: readonly Account[]
  /** null: not known yet. */
  readonly marked: readonly MarkCount[] | null
  /** What waits in the Outbox for the chosen accounts. */
  readonly waiting: readonly MessageSummary[] | null
}

export function ActionsPage({ accounts, choices, marked, waiting, onChange }: ActionsProps) {
  const { everything } = choices
  const chosen = accounts.filter(({ id }) => choices.accounts.includes(id))
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
        {chosen.map(({ id, name }) => (
          <Checkbox
            key={`headers ${id}`}
            label={chosen.length === 1 ? text.headers : text.headersVia(name)}
            isPlain={chosen.length > 1}
            checked={isWantedOf(choices.headers, id)}
            disabled={everything}
            onChange={(isWanted) => onChange(withJob(choices, 'headers', { account: id, isWanted }))}
          />
        ))}
        {chosen.map(({ id, name }) => (
          <Checkbox
            key={`marks ${id}`}
            label={marksLabel(marked, id, chosen.length === 1 ? text.marks : text.marksVia(name))}
            isPlain={chosen.length > 1}
            checked={isWantedOf(choices.marks, id)}
            disabled={everything}
            onChange={(isWanted) => onChange(withJob(choices, 'marks', { account: id, isWanted }))}
          />
        ))}
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

function marksLabel(marked: readonly MarkCount[] | null, account: AccountId, job: string): string {
  if (!marked) return text.counting(job)
  const counts = marked.find((each) => each.account === account)?.marks
  return counts ? text.markCounts(job, counts) : text.noMarks(job)
}
