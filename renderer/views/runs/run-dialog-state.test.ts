import { expect, test } from 'vitest'
import type { AccountId, RunId } from '../../../shared/domain/ids.ts'
import type { RunProgress, RunTask } from '../../../shared/domain/run.ts'
import { closedRunDialog, isWaitingToOpen, runDialogReducer, type RunDialogEvent, type RunDialogState } from './run-dialog-state.ts'
import { summarise } from './run-summary.ts'

const task = (change: Partial<RunTask> = {}): RunTask => ({
  account: 1 as AccountId,
  accountName: 'Work',
  kind: 'receive',
  state: 'executing',
  text: 'Downloading message 12 of 40',
  done: 0,
  total: 0,
  bytesDone: 0,
  bytesTotal: 0,
  notes: [],
  error: null,
  ...change,
})

const failed = task({ state: 'failed', error: { code: 'timed-out', message: 'no answer', detail: {} } })

const run = (tasks: readonly RunTask[], change: Partial<RunProgress> = {}): RunProgress => ({
  run: 1 as RunId,
  isForeground: true,
  isFinished: tasks.every(({ state }) => state !== 'executing' && state !== 'pending'),
  received: 0,
  sent: 0,
  tasks,
  ...change,
})

const after = (events: readonly RunDialogEvent[], state = closedRunDialog): RunDialogState => events.reduce(runDialogReducer, state)
const progress = (...args: Parameters<typeof run>): RunDialogEvent => ({ type: 'progress', run: run(...args) })

test('A quick run of the user does not flash a dialog', () => {
  const state = after([progress([task()]), progress([task({ state: 'completed' })]), { type: 'lasting' }])
  expect(state.isOpen).toBe(false)
})

test('A run of the user that lasts opens the dialog, and closes it on success', () => {
  const open = after([progress([task()]), { type: 'lasting' }])
  expect(open.isOpen).toBe(true)
  expect(after([progress([task({ state: 'completed' })])], open).isOpen).toBe(false)
})

test('The pin keeps the dialog open', () => {
  const state = after([progress([task()]), { type: 'lasting' }, { type: 'pinned', value: true }, progress([task({ state: 'completed' })])])
  expect(state.isOpen).toBe(true)
})

test('A failed run stays open on Errors, even a quick one', () => {
  const state = after([progress([task()]), progress([failed])])
  expect(state).toMatchObject({ isOpen: true, showsDetails: true, tab: 'errors' })
})

test('What went otherwise than expected is shown once, not after every run', () => {
  const noted = run([task({ state: 'completed', notes: ['The server has no UIDL.'] })])
  const state = after([progress([task()]), { type: 'progress', run: noted }])
  expect(state).toMatchObject({ isOpen: true, tab: 'tasks' })
  const again = after([{ type: 'hidden' }, { type: 'progress', run: { ...noted, run: 2 as RunId } }], state)
  expect(again.isOpen).toBe(false)
})

test('The engine counts in its own words; else messages are counted', () => {
  const text = 'Receiving header 3 of 10'
  expect(summarise(run([task({ text, done: 2, total: 10 })])).action).toBe("Receiving header 3 of 10 on 'Work'")
  expect(summarise(run([task({ text: 'Checking...', done: 2, total: 10 })])).action).toBe("Downloading message 3 of 10 on 'Work'")
})

test('A hidden run does not come back by itself', () => {
  const state = after([progress([task()]), { type: 'lasting' }, { type: 'hidden' }, { type: 'lasting' }, progress([failed])])
  expect(state.isOpen).toBe(false)
  expect(after([{ type: 'opened' }], state)).toMatchObject({ isOpen: true, tab: 'errors' })
})

test('A background run never opens the dialog', () => {
  const background = { isForeground: false }
  const running = after([progress([task()], background)])
  expect(isWaitingToOpen(running)).toBe(false)
  expect(after([{ type: 'lasting' }, progress([failed], background)], running).isOpen).toBe(false)
})

test('A background run does not push a run of the user aside', () => {
  const state = after([progress([task()]), progress([task()], { run: 2 as RunId, isForeground: false })])
  expect(state.run?.run).toBe(1)
})

test('Progress is the mean of the tasks, by bytes where known', () => {
  const half = task({ bytesDone: 50, bytesTotal: 100, done: 1, total: 10 })
  expect(summarise(run([half, task({ state: 'completed' })])).fraction).toBe(0.75)
  expect(summarise(run([task()])).fraction).toBeNull()
})

test('A summary counts what was completed and names what goes on', () => {
  const summary = summarise(run([task({ state: 'completed' }), failed, task()]))
  expect(summary).toMatchObject({ total: 3, completed: 1, action: "Downloading message 12 of 40 on 'Work'" })
  expect(summary.failed).toEqual([failed])
})
