import { type Dispatch, useState } from 'react'
import type { RunProgress, RunTask, TaskState } from '../../../shared/domain/run.ts'
import { type ErrorInfo, toErrorInfo } from '../../../shared/errors/mail-error.ts'
import { useServices } from '../../live/services.tsx'
import { runsText as text, taskFailedTitle, taskStatus, taskTitle } from '../../text/runs.ts'
import { Button } from '../../widgets/Button.tsx'
import { type DataColumn, DataTable } from '../../widgets/DataTable.tsx'
import { Dialog } from '../../widgets/Dialog.tsx'
import { ErrorReport } from '../../widgets/ErrorDialog.tsx'
import { Icon, type IconName } from '../../widgets/Icon.tsx'
import { ProgressBar, Spinner } from '../../widgets/Spinner.tsx'
import { Tabs } from '../../widgets/Tabs.tsx'
import { DoctorDialog } from '../doctor/DoctorDialog.tsx'
import type { RunDialogEvent, RunDialogState } from './run-dialog-state.ts'
import { type RunSummary, summarise } from './run-summary.ts'
import { useRunDialog } from './use-run-dialog.ts'
import './run-dialog.css'

/** The Send/Receive dialog. Stands beside the window: reading and writing go on while it is open. */
export function RunDialog() {
  const [state, dispatch] = useRunDialog()
  if (!state.isOpen) return undefined
  return <OpenRunDialog state={state} dispatch={dispatch} />
}

interface OpenRunDialogProps {
  readonly state: RunDialogState
  readonly dispatch: Dispatch<RunDialogEvent>
}

function OpenRunDialog({ state, dispatch }: OpenRunDialogProps) {
  const { run, showsDetails, isPinned } = state
  const summary = run && summarise(run)
  const stopping = useStop(run)
  return (
    <Dialog
      title={text.title}
      open
      isModeless
      resizable={showsDetails}
      width={36}
      {...(showsDetails && { height: 25 })}
      onClose={() => dispatch({ type: 'hidden' })}
      footer={
        <>
          <button
            type="button"
            className="icon-button run-pin"
            aria-pressed={isPinned}
            aria-label={text.pin}
            title={text.pin}
            onClick={() => dispatch({ type: 'pinned', value: !isPinned })}
          >
            <Icon name={isPinned ? 'pin-filled' : 'pin'} />
          </button>
          <Button onClick={() => dispatch({ type: 'hidden' })}>{text.hide}</Button>
          <Button disabled={!run || run.isFinished || stopping.isStopping} onClick={stopping.stop}>
            {text.stop}
          </Button>
          <Button onClick={() => dispatch({ type: 'details', value: !showsDetails })}>
            {showsDetails ? text.hideDetails : text.showDetails}
          </Button>
        </>
      }
    >
      <div className="run">
        {run && summary ? <RunHead run={run} summary={summary} isStopping={stopping.isStopping} /> : <p>{text.nothingYet}</p>}
        {stopping.error && <ErrorReport title={text.stopFailed} error={stopping.error} />}
        {run && summary && showsDetails && <RunDetails run={run} summary={summary} tab={state.tab} dispatch={dispatch} />}
      </div>
    </Dialog>
  )
}

interface RunHeadProps {
  readonly run: RunProgress
  readonly summary: RunSummary
  readonly isStopping: boolean
}

function RunHead({ run, summary, isStopping }: RunHeadProps) {
  const hasFailed = summary.failed.length > 0
  const ending = hasFailed ? text.someErrors : text.finished
  return (
    <div className="run-head">
      <Icon
        name={run.isFinished ? (hasFailed ? 'error' : 'success') : 'send-receive'}
        className={hasFailed ? 'run-sign run-sign-failed' : 'run-sign'}
      />
      <div className="run-lines">
        <p className="run-action" role="status">
          {run.isFinished ? ending : isStopping ? text.stopping : summary.action || text.starting}
        </p>
        {!run.isFinished && (
          <ProgressBar
            label={text.progress}
            done={Math.round((summary.fraction ?? 0) * 1000)}
            total={summary.fraction === null ? 0 : 1000}
          />
        )}
        <p className="run-count">{text.completed(summary.completed, summary.total)}</p>
        {summary.notes.length > 0 && <Notes notes={summary.notes} />}
      </div>
    </div>
  )
}

function Notes({ notes }: { readonly notes: readonly string[] }) {
  return (
    <ul className="run-notes selectable" aria-label={text.notes} tabIndex={0}>
      {notes.map((note) => (
        <li key={note}>
          <Icon name="info" />
          {note}
        </li>
      ))}
    </ul>
  )
}

interface RunDetailsProps {
  readonly run: RunProgress
  readonly summary: RunSummary
  readonly tab: RunDialogState['tab']
  readonly dispatch: Dispatch<RunDialogEvent>
}

function RunDetails({ run, summary, tab, dispatch }: RunDetailsProps) {
  return (
    <Tabs
      value={tab}
      onChange={(value) => dispatch({ type: 'tab', value })}
      tabs={[
        { id: 'tasks', label: text.tasks, content: <TaskTable run={run} /> },
        { id: 'errors', label: text.errorsTab(summary.failed.length), content: <ErrorList summary={summary} /> },
      ]}
    />
  )
}

interface TaskRow {
  readonly id: number
  readonly task: RunTask
}

const taskColumns: readonly DataColumn<TaskRow>[] = [
  {
    id: 'task',
    label: text.taskColumn,
    width: 'minmax(12rem, 2fr)',
    cell: ({ task }) => (
      <>
        <TaskSign state={task.state} />
        <span className="run-task" title={taskTitle(task)}>
          {taskTitle(task)}
        </span>
      </>
    ),
  },
  { id: 'status', label: text.statusColumn, width: 'minmax(8rem, 1fr)', cell: ({ task }) => taskStatus(task) },
]

function TaskTable({ run }: { readonly run: RunProgress }) {
  const [selected, setSelected] = useState<number | null>(null)
  const rows = run.tasks.map((task, id) => ({ id, task }))
  return <DataTable label={text.tasks} rows={rows} columns={taskColumns} selected={selected} onSelect={setSelected} />
}

const signs: Readonly<Record<Exclude<TaskState, 'executing'>, IconName>> = {
  pending: 'pending',
  completed: 'success',
  failed: 'error',
  cancelled: 'stop',
}

function TaskSign({ state }: { readonly state: TaskState }) {
  // The word beside it in the Status column says the same.
  if (state === 'executing') return <Spinner />
  return <Icon name={signs[state]} className={`run-task-sign run-task-${state}`} />
}

function ErrorList({ summary }: { readonly summary: RunSummary }) {
  const [checked, setChecked] = useState<RunTask | undefined>()
  if (summary.failed.length === 0) return <p className="run-none">{text.noErrors}</p>
  return (
    <>
      <ul className="run-errors">
        {summary.failed.map((task) => (
          <li key={`${task.account}-${task.kind}`}>
            {task.error && <ErrorReport title={taskFailedTitle(task)} error={task.error} />}
            {task.error?.detail.server !== undefined && (
              <div className="run-check">
                <Button onClick={() => setChecked(task)}>{text.checkAccount}</Button>
              </div>
            )}
          </li>
        ))}
      </ul>
      {checked && (
        <DoctorDialog
          name={checked.accountName}
          question={{ account: checked.account, settings: null, password: null, outgoingPassword: null }}
          onClose={() => setChecked(undefined)}
        />
      )}
    </>
  )
}

function useStop(run: RunProgress | undefined) {
  const { engine } = useServices()
  const [stopped, setStopped] = useState<number | undefined>()
  const [error, setError] = useState<ErrorInfo | undefined>()
  const stop = () => {
    if (!run) return
    setStopped(run.run)
    setError(undefined)
    engine.call('runs.stop', { run: run.run }).catch((reason: unknown) => {
      setStopped(undefined)
      setError(toErrorInfo(reason))
    })
  }
  return { stop, error, isStopping: run !== undefined && stopped === run.run && !run.isFinished }
}
