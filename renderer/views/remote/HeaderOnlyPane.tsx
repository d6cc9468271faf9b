import { useState } from 'react'
import type { MessageSummary } from '../../../shared/domain/message.ts'
import type { Mark } from '../../../shared/domain/pop3.ts'
import { type ErrorInfo, toErrorInfo } from '../../../shared/errors/mail-error.ts'
import { useServices } from '../../live/services.tsx'
import { useSettings } from '../../live/use-live.ts'
import { fullDate, sizeText } from '../../text/format.ts'
import { mainWords } from '../../text/main.ts'
import { remoteText as text } from '../../text/remote.ts'
import { Button } from '../../widgets/Button.tsx'
import { ErrorReport } from '../../widgets/ErrorDialog.tsx'
import { Icon } from '../../widgets/Icon.tsx'
import { RadioGroup } from '../../widgets/RadioGroup.tsx'
import { markIcons } from '../message-list/row-state.ts'
import '../reading-pane/reading-pane.css'
import './remote.css'

const choices = (['none', 'retrieve-copy', 'retrieve', 'delete'] as const).map((value) => ({
  value,
  // Access keys belong to the menus here.
  label: text.choices[value].replace('&', ''),
}))

/** The preview of a message that is still on its POP3 server: its header, and what can be done with it. */
export function HeaderOnlyPane({ row }: { readonly row: MessageSummary }) {
  const { engine, hostInfo } = useServices()
  const isOffline = useSettings()?.offline ?? false
  const [error, setError] = useState<ErrorInfo>()
  const attempt = (work: Promise<unknown>) => {
    setError(undefined)
    work.catch((reason: unknown) => setError(toErrorInfo(reason)))
  }
  const ids = [row.id]
  const fetch = (keepCopy: boolean) => attempt(engine.call('pop3.fetch', { ids, keepCopy }))
  const mark = (choice: Mark | 'none') => attempt(engine.call('pop3.setMarks', { ids, mark: choice === 'none' ? null : choice }))
  return (
    <article className="message" aria-label={row.subject || mainWords.noSubject}>
      <header className="message-head">
        <h2 className="message-subject selectable">{row.subject || mainWords.noSubject}</h2>
        <div className="message-head-row">
          <p className="message-who selectable">
            <b>{row.from || mainWords.noSender}</b>
          </p>
          <p className="message-date selectable">{fullDate(row.receivedAt, hostInfo)}</p>
        </div>
      </header>
      <section className="remote-pane" tabIndex={0} data-pane-focus data-message-scroll aria-label={text.title(1)}>
        <Icon name={row.mark ? markIcons[row.mark] : 'cloud-down'} className="remote-sign" />
        <div>
          <p className="remote-pane-title">{text.onlyHeader(1)}</p>
          <p>
            {text.restOnServer} {text.size} {sizeText(row.size)}
          </p>
          {error && <ErrorReport title={text.failed} error={error} />}
          <div className="remote-pane-actions">
            <Button disabled={isOffline} icon="mail-copy" onClick={() => fetch(true)}>
              {text.retrieveCopy}
            </Button>
            <Button disabled={isOffline} icon="mail-download" onClick={() => fetch(false)}>
              {text.retrieve}
            </Button>
          </div>
          <RadioGroup label={text.markGroup} value={row.mark ?? 'none'} options={choices} onChange={mark} />
          {isOffline && <p className="remote-note">{text.offline}</p>}
        </div>
      </section>
    </article>
  )
}
