import { useEffect, useState } from 'react'
import type { OperationId } from '../../../shared/domain/ids.ts'
import type { WaitingOperation } from '../../../shared/domain/operation.ts'
import { errorText } from '../../../shared/errors/error-text.ts'
import { useServices } from '../../live/services.tsx'
import { useAccounts, useOperations, useSettings } from '../../live/use-live.ts'
import { folderText } from '../../text/folders.ts'
import { shortDate } from '../../text/format.ts'
import { mainWords } from '../../text/main.ts'
import { offlineText as text } from '../../text/offline.ts'
import { Button } from '../../widgets/Button.tsx'
import { type DataColumn, DataTable } from '../../widgets/DataTable.tsx'
import { Dialog } from '../../widgets/Dialog.tsx'
import { ErrorReport } from '../../widgets/ErrorDialog.tsx'
import { Icon } from '../../widgets/Icon.tsx'
import { QuestionDialog } from '../../widgets/QuestionDialog.tsx'
import { useSaving } from '../folders/use-saving.ts'
import './offline.css'

interface WaitingRow extends WaitingOperation {
  readonly accountName: string
  readonly sinceText: string
  readonly problemText: string
}

/** What servers have still to be told (F3). It follows what happens while it is open. */
export function WaitingDialog({ onClose }: { readonly onClose: () => void }) {
  const { engine } = useServices()
  const operations = useOperations() ?? []
  const rows = useRows(operations)
  const [chosen, setChosen] = useState<OperationId | null>(null)
  const selected = rows.find(({ id }) => id === chosen) ?? rows[0]
  const [isAsking, setAsking] = useState(false)
  const retrying = useSaving()
  const undoing = useSaving()
  // The operation that the question is about was carried out meanwhile.
  useEffect(() => {
    if (isAsking && !selected) setAsking(false)
  }, [isAsking, selected])
  const isOffline = useSettings()?.offline ?? false
  const [wanted, setWanted] = useState<{ readonly id: OperationId | null } | undefined>()
  const retryNow = (id: OperationId | null) => retrying.start(async () => void (await engine.call('operations.retry', { id })))
  // Offline is a promise not to connect, so that the user is asked first.
  const retry = (id: OperationId | null) => (isOffline ? setWanted({ id }) : retryNow(id))
  const goOnline = (id: OperationId | null) =>
    retrying.start(async () => {
      await engine.call('settings.set', { offline: false })
      await engine.call('operations.retry', { id })
    })
  const undo = () => selected && undoing.start(async () => void (await engine.call('operations.undo', { id: selected.id })))
  return (
    <Dialog
      title={text.waitingTitle}
      open
      width={46}
      height={27}
      resizable
      onClose={onClose}
      footer={
        <>
          <span className="waiting-actions">
            <Button disabled={!selected || retrying.isBusy} onClick={() => selected && retry(selected.id)}>
              {text.retry}
            </Button>
            <Button disabled={rows.length === 0 || retrying.isBusy} onClick={() => retry(null)}>
              {text.retryAll}
            </Button>
            <Button disabled={!selected?.canUndo || undoing.isBusy} onClick={() => setAsking(true)}>
              {text.undo}
            </Button>
          </span>
          <Button kind="primary" onClick={onClose}>
            {text.close}
          </Button>
        </>
      }
    >
      <div className="waiting">
        <p>{text.waitingHint}</p>
        {retrying.error && <ErrorReport title={text.retryFailed} error={retrying.error} />}
        {undoing.error && <ErrorReport title={text.undoFailed} error={undoing.error} />}
        <DataTable
          label={text.waitingTitle}
          rows={rows}
          columns={columns}
          selected={selected?.id ?? null}
          onSelect={setChosen}
          empty={text.nothingWaits}
          autoFocus
        />
        {selected?.error && (
          <div className="waiting-problem" role="status">
            <ErrorReport title={selected.what} error={selected.error} />
          </div>
        )}
      </div>
      {wanted && (
        <QuestionDialog
          question={mainWords.goOnlineQuestion}
          answers={[
            { id: 'yes', label: folderText.yes },
            { id: 'no', label: folderText.no },
          ]}
          onAnswer={(answer) => {
            setWanted(undefined)
            if (answer === 'yes') goOnline(wanted.id)
          }}
          onClose={() => setWanted(undefined)}
        />
      )}
      {isAsking && selected && (
        <QuestionDialog
          question={text.undoQuestion(selected.what)}
          note={text.undoNote}
          answers={[
            { id: 'yes', label: folderText.yes },
            { id: 'no', label: folderText.no },
          ]}
          onAnswer={(answer) => {
            setAsking(false)
            if (answer === 'yes') undo()
          }}
          onClose={() => setAsking(false)}
        />
      )}
    </Dialog>
  )
}

const columns: readonly DataColumn<WaitingRow>[] = [
  {
    id: 'what',
    label: text.what,
    width: 'minmax(12rem, 2fr)',
    cell: ({ what, error }) => (
      <>
        <Icon name={error ? 'alert' : 'pending'} className={error ? 'waiting-sign waiting-failed' : 'waiting-sign'} />
        <span className="data-table-text" title={what}>
          {what}
        </span>
      </>
    ),
  },
  { id: 'where', label: text.where, width: 'minmax(6rem, 1fr)', cell: ({ accountName }) => accountName },
  { id: 'since', label: text.since, width: 'minmax(6.5rem, 8rem)', cell: ({ sinceText }) => sinceText },
  { id: 'problem', label: text.problem, width: 'minmax(8rem, 1.4fr)', cell: ({ problemText }) => problemText },
]

function useRows(operations: readonly WaitingOperation[]): readonly WaitingRow[] {
  const { hostInfo } = useServices()
  const accounts = useAccounts()
  const isOffline = useSettings()?.offline ?? false
  const dates = { language: hostInfo.language, now: Date.now() }
  return operations.map((operation) => ({
    ...operation,
    accountName: accounts?.find(({ id }) => id === operation.account)?.name ?? '',
    sinceText: shortDate(operation.since, dates),
    problemText: operation.error ? errorText(operation.error).why : isOffline ? text.waitsOffline : text.notTried,
  }))
}
