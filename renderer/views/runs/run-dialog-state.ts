import type { RunProgress } from '../../../shared/domain/run.ts'
import { summarise } from './run-summary.ts'

export interface RunDialogState {
  readonly run: RunProgress | undefined
  readonly isOpen: boolean
  readonly isPinned: boolean
  readonly showsDetails: boolean
  readonly tab: 'tasks' | 'errors'
  /** The user has hidden this run: only its errors can be looked up, it does not come back by itself. */
  readonly isHidden: boolean
  /** Notes that were on screen: the same one again is no reason to come up or to stay. */
  readonly toldNotes: ReadonlySet<string>
}

export type RunDialogEvent =
  | { readonly type: 'progress'; readonly run: RunProgress }
  /** The user has asked for the dialog, and this is what the engine still knows. */
  | { readonly type: 'looked-up'; readonly run: RunProgress }
  /** The run has lasted long enough to be shown without a flash. */
  | { readonly type: 'lasting' }
  | { readonly type: 'opened' }
  | { readonly type: 'hidden' }
  | { readonly type: 'pinned'; readonly value: boolean }
  | { readonly type: 'details'; readonly value: boolean }
  | { readonly type: 'tab'; readonly value: 'tasks' | 'errors' }

export const closedRunDialog: RunDialogState = {
  run: undefined,
  isOpen: false,
  isPinned: false,
  showsDetails: false,
  tab: 'tasks',
  isHidden: false,
  toldNotes: new Set(),
}

export function runDialogReducer(state: RunDialogState, event: RunDialogEvent): RunDialogState {
  switch (event.type) {
    case 'progress':
      return progressed(state, event.run)
    case 'looked-up':
      return state.run === undefined ? opened({ ...state, run: event.run }) : state
    case 'lasting':
      return isWaitingToOpen(state) ? { ...state, isOpen: true } : state
    case 'opened':
      return opened(state)
    case 'hidden':
      return { ...state, isOpen: false, isHidden: true }
    case 'pinned':
      return { ...state, isPinned: event.value }
    case 'details':
      return { ...state, showsDetails: event.value }
    case 'tab':
      return { ...state, tab: event.value }
  }
}

/** A run of the user's that goes on and has not been shown yet. */
export function isWaitingToOpen({ run, isOpen, isHidden }: RunDialogState): boolean {
  return run !== undefined && run.isForeground && !run.isFinished && !isOpen && !isHidden
}

function opened(state: RunDialogState): RunDialogState {
  return { ...state, isOpen: true, isHidden: false, ...(hasFailed(state.run) && { showsDetails: true, tab: 'errors' as const }) }
}

function progressed(state: RunDialogState, run: RunProgress): RunDialogState {
  const isNew = run.run !== state.run?.run
  if (isNew && isBusyWithAnother(state, run)) return state
  const fresh = isNew ? { ...state, run, isHidden: false, tab: 'tasks' as const, isOpen: state.isOpen } : { ...state, run }
  if (!run.isFinished) return fresh
  if (!run.isForeground) return fresh
  if (hasFailed(run)) return { ...fresh, isOpen: state.isOpen || !fresh.isHidden, showsDetails: true, tab: 'errors' }
  const { notes } = summarise(run)
  if (notes.some((note) => !state.toldNotes.has(note))) {
    return { ...fresh, isOpen: state.isOpen || !fresh.isHidden, toldNotes: new Set([...state.toldNotes, ...notes]) }
  }
  return { ...fresh, isOpen: fresh.isOpen && state.isPinned }
}

/** A background run never takes the place of a run that the user started and that still goes on or shows its errors. */
function isBusyWithAnother({ run: shown, isOpen }: RunDialogState, run: RunProgress): boolean {
  if (shown === undefined || run.isForeground) return false
  return !shown.isFinished || (isOpen && hasFailed(shown))
}

function hasFailed(run: RunProgress | undefined): boolean {
  return run !== undefined && summarise(run).failed.length > 0
}
