import type { Folder } from '../../../shared/domain/folder.ts'
import type { AccountId, FolderId } from '../../../shared/domain/ids.ts'
import type { AccountStatus, RunProgress } from '../../../shared/domain/run.ts'
import type { ErrorInfo } from '../../../shared/errors/mail-error.ts'
import type { Refusal } from '../../live/live-data.ts'
import { mainWords } from '../../text/main.ts'
import { offlineText } from '../../text/offline.ts'
import { taskAction } from '../../text/runs.ts'

interface Activity {
  readonly text: string
  readonly isBusy: boolean
}

/** What goes on in the background, in one sentence; '' when there is nothing to say. */
export function activityText(
  runs: readonly RunProgress[],
  statuses: Iterable<AccountStatus>,
  folders: ReadonlyMap<FolderId, Folder>,
): Activity {
  const current = runs.findLast((run) => !run.isFinished)
  const task = current?.tasks.find((each) => each.state === 'executing')
  if (task) return { text: taskAction(task), isBusy: true }
  for (const status of statuses) {
    if (status.state !== 'syncing') continue
    return { text: mainWords.syncing(folders.get(status.folder)?.name ?? '', status.done, status.total), isBusy: true }
  }
  const last = runs.at(-1)
  if (!last?.isFinished || last.tasks.every((each) => each.kind === 'send')) return { text: '', isBusy: false }
  const notes = last.tasks.flatMap((each) => each.notes)
  return { text: [mainWords.newMessages(last.received), ...notes].join('. '), isBusy: false }
}

export interface StatusProblem {
  readonly title: string
  readonly error: ErrorInfo
}

/** What the error sign stands for: the failed tasks of the last run, and accounts that cannot be reached. */
export function problemsOf(
  runs: readonly RunProgress[],
  statuses: Iterable<AccountStatus>,
  accountName: (id: AccountStatus['account']) => string,
): readonly StatusProblem[] {
  const failed = (runs.findLast((run) => run.isFinished)?.tasks ?? []).flatMap((task): readonly StatusProblem[] => {
    if (!task.error || task.error.code === 'cancelled') return []
    return [{ title: (task.kind === 'receive' ? mainWords.receiveFailed : mainWords.sendFailed)(task.accountName), error: task.error }]
  })
  const known = new Set(failed.map((problem) => problem.title))
  const unreachable = [...statuses].flatMap((status): readonly StatusProblem[] => {
    if (status.state !== 'failed' || status.error.code === 'offline') return []
    return [{ title: mainWords.receiveFailed(accountName(status.account)), error: status.error }]
  })
  return [...failed, ...unreachable.filter((problem) => !known.has(problem.title))]
}

/** Changes that a server refused: each with what was tried, among its details. */
export function refusalsAsProblems(refusals: readonly Refusal[], accountName: (id: AccountId) => string): readonly StatusProblem[] {
  return refusals.map(({ account, error }) => ({ title: offlineText.refused(accountName(account), error.detail.takenBack ?? ''), error }))
}
