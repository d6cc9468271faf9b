import { useMemo } from 'react'
import type { Account } from '../../shared/domain/account.ts'
import type { Folder } from '../../shared/domain/folder.ts'
import type { WaitingOperation } from '../../shared/domain/operation.ts'
import type { MarkCount } from '../../shared/domain/pop3.ts'
import type { RunProgress } from '../../shared/domain/run.ts'
import type { Settings } from '../../shared/domain/settings.ts'
import { type Folders, type LiveData, liveDataOf } from './live-data.ts'
import { useObservable } from './observable.ts'
import { useServices } from './services.tsx'

export function useLiveData(): LiveData {
  return liveDataOf(useServices().engine)
}

/** null until the engine has answered; so with all of these. */
export function useAccounts(): readonly Account[] | null {
  return useObservable(useLiveData().accounts)
}

export function useFolderMap(): Folders | null {
  return useObservable(useLiveData().folders)
}

export function useFolders(): readonly Folder[] | null {
  const map = useFolderMap()
  return useMemo(() => map && [...map.values()], [map])
}

export function useSettings(): Settings | null {
  return useObservable(useLiveData().settings)
}

export function useOperations(): readonly WaitingOperation[] | null {
  return useObservable(useLiveData().operations)
}

/** How many marks wait to be carried out, by POP3 account. */
export function useMarks(): readonly MarkCount[] | null {
  return useObservable(useLiveData().marks)
}

/** Runs under way and finished ones that this window has heard of, oldest first. */
export function useRuns(): readonly RunProgress[] {
  const map = useObservable(useLiveData().runs)
  return useMemo(() => [...map.values()], [map])
}
