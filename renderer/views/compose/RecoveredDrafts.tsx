import { useEffect, useState } from 'react'
import { type ErrorInfo, toErrorInfo } from '../../../shared/errors/mail-error.ts'
import { type AutosavedDraft, dropAutosave, listAutosaves } from '../../cache/autosave.ts'
import { useServices } from '../../live/services.tsx'
import { composeText } from '../../text/compose.ts'
import { shortDate } from '../../text/format.ts'
import { Button } from '../../widgets/Button.tsx'
import { DataTable } from '../../widgets/DataTable.tsx'
import { Dialog } from '../../widgets/Dialog.tsx'
import { ErrorReport } from '../../widgets/ErrorDialog.tsx'
import { QuestionDialog } from '../../widgets/QuestionDialog.tsx'
import { openComposeWindows, readAutosaveKey } from './compose-window-id.ts'
import './recovered.css'

const text = composeText.recovered

interface RecoveredDraftsProps {
  /** Opens a compose window that recovers this key (`ComposeRoute.recover`). */
  readonly onContinue: (key: string) => void
}

/** Offers, once after the start, what compose windows of an earlier life left behind. Shows nothing when there is nothing. */
export function RecoveredDrafts({ onContinue }: RecoveredDraftsProps) {
  const { hostInfo } = useServices()
  const lost = useLostDrafts()
  const [selected, setSelected] = useState<string | null>(null)
  const [asks, setAsks] = useState(false)
  const current = lost.drafts.find(({ key }) => key === selected) ?? lost.drafts[0]
  if (!current) return undefined
  const rows = lost.drafts.map((draft) => ({ id: draft.key, draft }))
  type Row = (typeof rows)[number]
  const proceed = (key: string) => {
    onContinue(key)
    lost.forget(key)
  }
  return (
    <Dialog
      title={text.title}
      open
      width={38}
      height={22}
      resizable
      onClose={lost.forgetAll}
      footer={
        <>
          <Button kind="primary" onClick={() => proceed(current.key)}>
            {text.continue}
          </Button>
          <Button onClick={() => setAsks(true)}>{text.discard}</Button>
          <Button onClick={lost.forgetAll}>{text.later}</Button>
        </>
      }
    >
      <div className="recovered">
        <p>{text.explanation(rows.length)}</p>
        {lost.error && <ErrorReport title={text.failed} error={lost.error} />}
        <DataTable<Row>
          label={text.list}
          autoFocus
          rows={rows}
          selected={current.key}
          onSelect={setSelected}
          onActivate={proceed}
          columns={[
            {
              id: 'subject',
              label: text.columns.subject,
              width: 'minmax(8rem, 2fr)',
              cell: ({ draft }) => draft.draft.subject || text.noSubject,
            },
            { id: 'to', label: text.columns.to, width: 'minmax(6rem, 1.5fr)', cell: ({ draft }) => draft.draft.to },
            {
              id: 'kept',
              label: text.columns.kept,
              width: 'minmax(6rem, 1fr)',
              cell: ({ draft }) => shortDate(draft.savedAt, { language: hostInfo.language, now: Date.now() }),
            },
          ]}
        />
      </div>
      {asks && (
        <QuestionDialog
          question={text.discardQuestion}
          answers={[
            { id: 'keep', label: text.keep },
            { id: 'discard', label: text.discard },
          ]}
          onAnswer={(answer) => {
            setAsks(false)
            if (answer === 'discard') lost.discard(current.key)
          }}
          onClose={() => setAsks(false)}
        />
      )}
    </Dialog>
  )
}

/** Texts whose window is gone. Those of windows that are open belong to them. */
function useLostDrafts() {
  const [drafts, setDrafts] = useState<readonly AutosavedDraft[]>([])
  const [error, setError] = useState<ErrorInfo | undefined>()
  useEffect(() => {
    let isGone = false
    findLost().then(
      (found) => isGone || setDrafts(found),
      () => undefined, // No cache, so nothing was kept there either.
    )
    return () => {
      isGone = true
    }
  }, [])
  const forget = (key: string) => setDrafts((all) => all.filter((draft) => draft.key !== key))
  return {
    drafts,
    error,
    forget,
    forgetAll: () => setDrafts([]),
    discard: (key: string) => {
      setError(undefined)
      dropAutosave(key).then(
        () => forget(key),
        (reason: unknown) => setError(toErrorInfo(reason)),
      )
    },
  }
}

async function findLost(): Promise<readonly AutosavedDraft[]> {
  const [autosaves, open] = await Promise.all([listAutosaves(), openComposeWindows()])
  return autosaves.filter(({ key }) => !open.has(readAutosaveKey(key).windowId))
}
