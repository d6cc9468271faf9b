import type { RunTask, TaskState } from '../../shared/domain/run.ts'
import { mainWords } from './main.ts'

export const runsText = {
  title: 'Postrider',
  progress: 'Progress of all tasks',
  completed: (done: number, total: number) => `${done} of ${total} ${total === 1 ? 'task has' : 'tasks have'} completed successfully`,
  starting: 'Starting...',
  finished: 'Finished.',
  stopping: 'Stopping...',
  someErrors: 'Some errors occurred while processing the requested tasks. Please review the list of errors below for more details.',
  nothingYet: 'Nothing has been sent or received yet.',
  hide: '&Hide',
  stop: '&Stop',
  showDetails: '&Details >>',
  hideDetails: '<< &Details',
  pin: 'Keep this window open when the tasks are finished',
  tasks: 'Tasks',
  errors: 'Errors',
  notes: 'Notes',
  checkAccount: 'Chec&k this account...',
  errorsTab: (count: number) => (count === 0 ? 'Errors' : `Errors (${count})`),
  noErrors: 'There are no errors.',
  taskColumn: 'Task',
  statusColumn: 'Status',
  stopFailed: 'The tasks could not be stopped.',
} as const

export const taskStates: Readonly<Record<TaskState, string>> = {
  pending: 'Pending',
  executing: 'Executing',
  completed: 'Completed',
  failed: 'Failed',
  cancelled: 'Canceled',
}

/** As in the original: "Check for new messages on 'Work'." */
export function taskTitle({ kind, accountName }: RunTask): string {
  return kind === 'receive' ? `Check for new messages on '${accountName}'.` : `Send messages using '${accountName}'.`
}

export function taskFailedTitle({ kind, accountName }: RunTask): string {
  return kind === 'receive' ? `Mail on '${accountName}' could not be received.` : `Messages using '${accountName}' could not be sent.`
}

/** "Executing", with numbers as soon as there are some. */
export function taskStatus(task: RunTask): string {
  if (task.state !== 'executing' || task.total === 0) return taskStates[task.state]
  return `${taskStates.executing}, ${task.done} of ${task.total}`
}

/** What a task does at this moment, in one sentence with numbers as soon as there are some. */
export function taskAction(task: RunTask): string {
  // The engine knows best what it counts: messages, headers, bytes.
  if (/\d of \d/.test(task.text)) return `${task.text.replace(/\.+$/, '')} on '${task.accountName}'`
  if (task.total > 0 && task.done < task.total) {
    const say = task.kind === 'receive' ? mainWords.downloading : mainWords.sending
    return say(task.done + 1, task.total, task.accountName)
  }
  return task.text || mainWords.checking(task.accountName)
}
