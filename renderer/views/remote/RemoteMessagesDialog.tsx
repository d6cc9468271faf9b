import { useState } from 'react'
import type { MessageSummary } from '../../../shared/domain/message.ts'
import type { Mark } from '../../../shared/domain/pop3.ts'
import { attempt } from '../../commands/dispatch.ts'
import type { CommandTarget } from '../../commands/target.ts'
import { useAccounts, useSettings } from '../../live/use-live.ts'
import { remoteText as text } from '../../text/remote.ts'
import { Button } from '../../widgets/Button.tsx'
import { Dialog } from '../../widgets/Dialog.tsx'
import { Icon } from '../../widgets/Icon.tsx'
import { RadioGroup } from '../../widgets/RadioGroup.tsx'
import { RemoteFacts } from './RemoteFacts.tsx'
import './remote.css'

interface RemoteMessagesProps {
  readonly rows: readonly MessageSummary[]
  readonly target: CommandTarget
  readonly onClose: () => void
}

type Choice = Mark | 'none'
const choices: readonly Choice[] = ['retrieve-copy', 'retrieve', 'delete', 'none']

/** Instead of messages that are not here: what shall become of them, now or at the next connection? */
export function RemoteMessagesDialog({ rows, target, onClose }: RemoteMessagesProps) {
  const isOffline = useSettings()?.offline ?? false
  const leavesCopy = useAccounts()?.find(({ id }) => id === rows[0]?.account)?.pop3.leaveOnServer ?? true
  const [chosen, setChosen] = useState<Choice | null>(null)
  const choice = chosen ?? rows[0]?.mark ?? (leavesCopy ? 'retrieve-copy' : 'retrieve')
  const canBeNow = !isOffline && (choice === 'retrieve' || choice === 'retrieve-copy')
  const ids = rows.map(({ id }) => id)
  const act = (work: () => Promise<unknown>) => {
    onClose()
    attempt(target, text.failed, async () => void (await work()))
  }
  const now = () => act(() => target.engine.call('pop3.fetch', { ids, keepCopy: choice === 'retrieve-copy' }))
  const later = () => act(() => target.engine.call('pop3.setMarks', { ids, mark: choice === 'none' ? null : choice }))
  const [only] = rows
  return (
    <Dialog
      title={text.title(rows.length)}
      open
      width={32}
      onClose={onClose}
      footer={
        <>
          <Button kind={canBeNow ? 'primary' : 'plain'} disabled={!canBeNow} onClick={now}>
            {text.now}
          </Button>
          <Button kind={canBeNow ? 'plain' : 'primary'} onClick={later}>
            {choice === 'none' ? text.close : text.later}
          </Button>
          <Button onClick={onClose}>{text.cancel}</Button>
        </>
      }
    >
      <div className="remote-dialog">
        <Icon name="cloud-down" className="remote-sign" />
        <div>
          <p>
            {text.onlyHeader(rows.length)} {text.restOnServer}
          </p>
          {only && rows.length === 1 && <RemoteFacts row={only} />}
          <RadioGroup
            label={text.ask(rows.length)}
            value={choice}
            options={choices.map((value) => ({ value, label: text.choices[value] }))}
            onChange={setChosen}
            autoFocus
          />
          {isOffline && <p className="remote-note">{text.offline}</p>}
        </div>
      </div>
    </Dialog>
  )
}
