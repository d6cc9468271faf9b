import { useEffect } from 'react'
import type { AccountId } from '../../../shared/domain/ids.ts'
import { dispatch } from '../../commands/dispatch.ts'
import { holdsMail } from '../../commands/folder-facts.ts'
import { useObservable } from '../../live/observable.ts'
import { useAccounts, useFolderMap, useLiveData, useOperations, useRuns, useSettings } from '../../live/use-live.ts'
import { mainWords } from '../../text/main.ts'
import { offlineText } from '../../text/offline.ts'
import { Icon } from '../../widgets/Icon.tsx'
import { countSelected } from '../message-list/selection.ts'
import { openRunDialog } from '../runs/open-run-dialog.ts'
import { useMain, useOpenFolder, useViewState } from './main-context.tsx'
import { activityText, problemsOf, refusalsAsProblems, type StatusProblem } from './status-text.ts'
import './status-bar.css'

export function StatusBar() {
  return (
    <footer className="status-bar" aria-label={mainWords.statusBar}>
      <Counts />
      <ActivityText />
      <WaitingCount />
      <ErrorSign />
      <OnlineSwitch />
    </footer>
  )
}

function Counts() {
  const { state } = useMain()
  const folder = useOpenFolder()
  const search = useObservable(state.search)
  const selection = useObservable(state.selection)
  const { rows, status } = useViewState(useObservable(state.view))
  const selected = countSelected(selection, rows.total)
  if (!folder || !holdsMail(folder)) return null
  const counts = search && status === 'ready' ? mainWords.found(rows.total) : mainWords.folderCounts(folder.total, folder.unread)
  return <span className="status-part">{selected > 1 ? `${counts}, ${mainWords.selectedCount(selected)}` : counts}</span>
}

function ActivityText() {
  const { target } = useMain()
  const notice = useObservable(target.notice)
  const runs = useRuns()
  const statuses = useObservable(useLiveData().statuses)
  const folders = useFolderMap()
  const activity = activityText(runs, statuses.values(), folders ?? new Map())
  return (
    <span className="status-part status-activity" role="status">
      {runs.length > 0 && !notice && activity.text ? (
        <button type="button" className="status-button status-run" title={mainWords.activityTip} onClick={openRunDialog}>
          {activity.text}
        </button>
      ) : (
        notice || activity.text
      )}
    </span>
  )
}

/** Changes that servers must still learn of; nothing is said while there are none. */
function WaitingCount() {
  const { target } = useMain()
  const count = useOperations()?.length ?? 0
  if (count === 0) return null
  return (
    <button
      type="button"
      className="status-part status-button status-waiting"
      title={offlineText.waitingTip}
      onClick={() => dispatch(target, 'operations.open')}
    >
      <Icon name="pending" />
      <span>{offlineText.waiting(count)}</span>
    </button>
  )
}

function ErrorSign() {
  const { target } = useMain()
  const runs = useRuns()
  const accounts = useAccounts()
  const statuses = useObservable(useLiveData().statuses)
  const live = useLiveData()
  const refusals = useObservable(live.refusals)
  const accountName = (id: AccountId) => accounts?.find((account) => account.id === id)?.name ?? ''
  const problems = [...refusalsAsProblems(refusals, accountName), ...problemsOf(runs, statuses.values(), accountName)]
  const [first] = problems
  const newest = refusals.at(-1)
  useEffect(() => {
    if (newest) target.notify(offlineText.refusedNotice)
  }, [newest, target])
  const show = (problem: StatusProblem) => {
    target.show({ kind: 'error', ...problem })
    live.forgetRefusal(problem.error)
  }
  if (!first) return null
  return (
    <button type="button" className="status-part status-button status-error" title={mainWords.errorSignTip} onClick={() => show(first)}>
      <Icon name="error" />
      {mainWords.errorSign(problems.length)}
    </button>
  )
}

function OnlineSwitch() {
  const { target } = useMain()
  const settings = useSettings()
  if (!settings) return null
  return (
    <button
      type="button"
      className={settings.offline ? 'status-part status-button' : 'status-part status-button status-online'}
      title={settings.offline ? mainWords.offlineTip : mainWords.onlineTip}
      onClick={() => dispatch(target, 'app.workOffline')}
    >
      <Icon name={settings.offline ? 'disconnected' : 'connected'} />
      {settings.offline ? mainWords.offline : mainWords.online}
    </button>
  )
}
