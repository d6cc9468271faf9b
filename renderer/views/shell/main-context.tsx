import { createContext, useContext } from 'react'
import type { CommandContext } from '../../../shared/commands/context.ts'
import type { Folder } from '../../../shared/domain/folder.ts'
import type { FolderId } from '../../../shared/domain/ids.ts'
import type { MessageView, ViewState } from '../../live/message-view.ts'
import { observable, useObservable } from '../../live/observable.ts'
import { emptyWindows } from '../../live/row-windows.ts'
import { useAccounts, useFolderMap, useMarks, useRuns, useSettings } from '../../live/use-live.ts'
import type { MainState } from './main-state.ts'
import type { MainTarget } from './main-target.ts'

interface Main {
  readonly state: MainState
  readonly target: MainTarget
}

export const MainContext = createContext<Main | null>(null)

export function useMain(): Main {
  const main = useContext(MainContext)
  if (!main) throw new Error('There is no main window above this component.')
  return main
}

/** Opens a folder in the main window; undefined outside of it. */
export function useGoTo(): ((folder: FolderId) => void) | undefined {
  return useContext(MainContext)?.target.openFolder
}

const nothing = observable<ViewState>({ status: 'opening', rows: emptyWindows(-1), error: null })

export function useViewState(view: MessageView | null): ViewState {
  return useObservable(view?.state ?? nothing)
}

/** The folder that is open, as it is now. */
export function useOpenFolder(): Folder | null {
  const { state } = useMain()
  const place = useObservable(state.place)
  const folders = useFolderMap()
  return place?.kind === 'folder' ? (folders?.get(place.folder) ?? null) : null
}

/** Listens to everything that the commands of the main window depend on. */
export function useCommandContext(): CommandContext {
  const { state, target } = useMain()
  useAccounts()
  useSettings()
  useRuns()
  useMarks()
  useFolderMap()
  useObservable(target.layout)
  useObservable(state.place)
  useObservable(state.selection)
  useViewState(useObservable(state.view))
  return target.context()
}
