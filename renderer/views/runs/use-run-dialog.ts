import { type Dispatch, useEffect, useReducer } from 'react'
import { liveDataOf } from '../../live/live-data.ts'
import { useServices } from '../../live/services.tsx'
import { onRunDialogOpened } from './open-run-dialog.ts'
import { closedRunDialog, isWaitingToOpen, type RunDialogEvent, runDialogReducer, type RunDialogState } from './run-dialog-state.ts'

/** A run that ends sooner is over before anybody could read about it. */
const untilShown = 300

/** The state of the Send/Receive dialog, driven by what the engine tells. */
export function useRunDialog(): readonly [RunDialogState, Dispatch<RunDialogEvent>] {
  const { engine } = useServices()
  const [state, dispatch] = useReducer(runDialogReducer, closedRunDialog)

  useEffect(() => {
    let isGone = false
    const stopListening = engine.on('runProgress', (run) => dispatch({ type: 'progress', run }))
    // This dialog's code comes late; a run that the user started meanwhile may even be over.
    for (const run of liveDataOf(engine).heardRuns()) dispatch({ type: 'progress', run })
    engine.call('runs.current', {}).then(
      // An old run that is over must not open the dialog when the window is loaded again.
      (runs) => isGone || runs.filter((run) => !run.isFinished).forEach((run) => dispatch({ type: 'progress', run })),
      () => undefined, // The engine is gone: the banner says so.
    )
    const stopOpening = onRunDialogOpened(() => {
      dispatch({ type: 'opened' })
      engine.call('runs.current', {}).then(
        (runs) => runs.forEach((run) => dispatch({ type: 'looked-up', run })),
        () => undefined, // as above
      )
    })
    return () => {
      isGone = true
      stopListening()
      stopOpening()
    }
  }, [engine])

  const isWaiting = isWaitingToOpen(state)
  const run = state.run?.run
  useEffect(() => {
    if (!isWaiting || run === undefined) return undefined
    const timer = setTimeout(() => dispatch({ type: 'lasting' }), untilShown)
    return () => clearTimeout(timer)
  }, [isWaiting, run])

  return [state, dispatch]
}
