import { expect, test } from 'vitest'
import type { AccountId, FolderId, RunId } from '../../../shared/domain/ids.ts'
import type { AccountStatus, RunProgress, RunTask } from '../../../shared/domain/run.ts'
import { activityText, problemsOf, refusalsAsProblems } from './status-text.ts'

const account = 1 as AccountId
const task = (part: Partial<RunTask>) =>
  ({
    account,
    accountName: 'Work',
    kind: 'receive',
    state: 'completed',
    text: '',
    done: 0,
    total: 0,
    notes: [],
    error: null,
    ...part,
  }) as RunTask
const run = (part: Partial<RunProgress>): RunProgress => ({
  run: 1 as RunId,
  isForeground: true,
  isFinished: true,
  received: 0,
  sent: 0,
  tasks: [task({})],
  ...part,
})
const refused = { code: 'connection-refused', message: '', detail: {} } as const
const says = (runs: readonly RunProgress[], statuses: readonly AccountStatus[] = []) => activityText(runs, statuses, new Map()).text

test('the status bar counts messages while they come, and sums up at the end', () => {
  expect(says([run({ isFinished: false, tasks: [task({ state: 'executing', done: 11, total: 40 })] })])).toBe(
    "Downloading message 12 of 40 on 'Work'",
  )
  expect(says([run({ isFinished: false, tasks: [task({ state: 'executing', text: 'Logging on' })] })])).toBe('Logging on')
  expect(says([run({ received: 1 })])).toBe('1 new message')
  expect(says([run({ received: 0 })])).toBe('No new messages')
  expect(says([run({ received: 2, tasks: [task({ notes: ['A mark was taken back.'] })] })])).toBe('2 new messages. A mark was taken back.')
  expect(says([run({ tasks: [task({ kind: 'send' })] })])).toBe('')
  expect(says([])).toBe('')
})

test('the error sign stands for failed tasks and for accounts out of reach, each once; a stopped task is no error', () => {
  const failed: AccountStatus = { account, state: 'failed', error: refused }
  const problems = (tasks: readonly RunTask[], statuses: readonly AccountStatus[] = []) =>
    problemsOf([run({ tasks })], statuses, () => 'Work').map((problem) => problem.title)
  expect(problems([task({ error: refused })], [failed])).toEqual(['Your mail from "Work" could not be received.'])
  expect(problems([], [failed])).toHaveLength(1)
  expect(problems([], [{ account, state: 'syncing', folder: 1 as FolderId, done: 0, total: 1 }])).toEqual([])
  expect(problems([task({ error: { ...refused, code: 'cancelled' } })])).toEqual([])
})

test('a refused change says what it was, and that it was taken back', () => {
  const error = { code: 'permission-denied', message: 'NO', detail: { takenBack: "Move 3 messages to 'Public'" } } as const
  expect(refusalsAsProblems([{ account: 7 as AccountId, error }], () => 'Work')).toEqual([
    { title: `The mail server of "Work" refused a change, and it was taken back: Move 3 messages to 'Public'.`, error },
  ])
})
