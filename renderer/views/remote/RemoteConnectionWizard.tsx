import { useEffect, useRef, useState } from 'react'
import type { Account } from '../../../shared/domain/account.ts'
import type { MessageSummary } from '../../../shared/domain/message.ts'
import { attempt } from '../../commands/dispatch.ts'
import { connectFor } from '../../commands/remote-mail.ts'
import type { CommandTarget } from '../../commands/target.ts'
import { useAccounts, useMarks } from '../../live/use-live.ts'
import { connectionText as text } from '../../text/remote.ts'
import { Button } from '../../widgets/Button.tsx'
import { Dialog } from '../../widgets/Dialog.tsx'
import { hasWork, planOf, rememberedChoices, startChoices, type WizardChoices } from './connection-plan.ts'
import { AccountsPage, ActionsPage } from './RemoteConnectionPages.tsx'
import { useWaitingRows } from './use-waiting-rows.ts'
import '../accounts/wizard.css'
import './remote-connection.css'

interface WizardProps {
  readonly target: CommandTarget
  readonly onClose: () => void
}

/** Whom to connect to, and what to do there: nothing else happens during that connection. */
export function RemoteConnectionWizard(props: WizardProps) {
  const accounts = useAccounts()
  if (!accounts) return undefined
  return <OpenWizard {...props} accounts={accounts.filter(({ protocol }) => protocol === 'pop3')} />
}

function OpenWizard({ target, accounts, onClose }: WizardProps & { readonly accounts: readonly Account[] }) {
  const [page, setPage] = useState<'accounts' | 'actions'>('accounts')
  const [choices, setChoices] = useState<WizardChoices>(() => startChoices(target.layout.get().connection, accounts))
  const marked = useMarks()
  const waiting = useWaitingRows()?.filter((row) => isOneOf(row, choices)) ?? null
  const plan = planOf(choices, waiting?.map(({ id }) => id) ?? [])
  const body = usePageFocus(page)
  const finish = () => {
    target.layout.change({ connection: rememberedChoices(choices, plan) })
    onClose()
    attempt(target, text.failed, () => connectFor(target, plan))
  }
  const isFirst = page === 'accounts'
  return (
    <Dialog
      title={text.title}
      open
      width={34}
      height={28}
      onClose={onClose}
      footer={
        <>
          <Button disabled={isFirst} onClick={() => setPage('accounts')}>
            {text.back}
          </Button>
          <Button
            kind={isFirst ? 'primary' : 'plain'}
            disabled={!isFirst || choices.accounts.length === 0}
            onClick={() => setPage('actions')}
          >
            {text.next}
          </Button>
          <Button kind={isFirst ? 'plain' : 'primary'} disabled={!hasWork(plan)} onClick={finish}>
            {text.finish}
          </Button>
          <Button onClick={onClose}>{text.cancel}</Button>
        </>
      }
    >
      <div ref={body} className="wizard remote-connection">
        <div className="wizard-head">
          <h2>{isFirst ? text.accountsHeading : text.jobsHeading}</h2>
          <p>{isFirst ? text.accountsText : text.jobsText}</p>
        </div>
        <div className="wizard-page">
          {isFirst ? (
            <AccountsPage accounts={accounts} choices={choices} onChange={setChoices} />
          ) : (
            <ActionsPage accounts={accounts} choices={choices} marked={marked} waiting={waiting} onChange={setChoices} />
          )}
        </div>
      </div>
    </Dialog>
  )
}

const isOneOf = ({ account }: MessageSummary, { accounts }: WizardChoices) => account !== null && accounts.includes(account)

/** The first choice of a page has the focus. */
function usePageFocus(page: string) {
  const body = useRef<HTMLDivElement>(null)
  const isOpening = useRef(true)
  useEffect(() => {
    // The dialog itself does it when it opens.
    if (!isOpening.current) body.current?.querySelector<HTMLElement>('input:checked, input')?.focus()
    isOpening.current = false
    // oxlint-disable-next-line react/exhaustive-deps -- whenever another page comes
  }, [page])
  return body
}
