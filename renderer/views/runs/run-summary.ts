import type { RunProgress, RunTask } from '../../../shared/domain/run.ts'
import { taskAction } from '../../text/runs.ts'

export interface RunSummary {
  readonly total: number
  readonly completed: number
  /** 0 to 1, or null while nothing can be said yet. */
  readonly fraction: number | null
  /** What is going on at this moment; '' when nothing is. */
  readonly action: string
  readonly failed: readonly RunTask[]
  /** What went otherwise than expected without being a failure. */
  readonly notes: readonly string[]
}

export function summarise(run: RunProgress): RunSummary {
  const executing = run.tasks.findLast((task) => task.state === 'executing')
  return {
    total: run.tasks.length,
    completed: run.tasks.filter((task) => task.state === 'completed').length,
    fraction: fractionOf(run),
    action: executing ? taskAction(executing) : '',
    failed: run.tasks.filter((task) => task.error !== null && task.state === 'failed'),
    notes: run.tasks.flatMap((task) => task.notes),
  }
}

/** How much of one task is done: by bytes where they are known, else by messages. */
export function taskFraction(task: RunTask): number | null {
  if (isOver(task)) return 1
  if (task.state === 'pending') return 0
  if (task.bytesTotal > 0) return Math.min(1, task.bytesDone / task.bytesTotal)
  if (task.total > 0) return Math.min(1, task.done / task.total)
  return null
}

const isOver = ({ state }: RunTask): boolean => state === 'completed' || state === 'failed' || state === 'cancelled'

function fractionOf(run: RunProgress): number | null {
  if (run.isFinished) return 1
  const fractions = run.tasks.map(taskFraction)
  // One task alone that can't tell yet says nothing; among others it counts as not begun.
  if (fractions.every((fraction) => fraction === null || fraction === 0)) return fractions.includes(null) ? null : 0
  return fractions.reduce<number>((sum, fraction) => sum + (fraction ?? 0), 0) / run.tasks.length
}
