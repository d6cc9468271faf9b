import { useObservable } from '../../live/observable.ts'
import { useServices } from '../../live/services.tsx'
import { fullDate } from '../../text/format.ts'
import { mainWords } from '../../text/main.ts'
import { ErrorReport } from '../../widgets/ErrorDialog.tsx'
import { useMain, useOpenFolder, useViewState } from '../shell/main-context.tsx'

/** Why the list is empty, said in the list. */
export function EmptyList() {
  const { state } = useMain()
  const { hostInfo } = useServices()
  const { status, rows, error } = useViewState(useObservable(state.view))
  const search = useObservable(state.search)
  const folder = useOpenFolder()
  if (status === 'failed' && error) {
    return (
      <div className="empty-list">
        <ErrorReport title={mainWords.listFailed} error={error} />
      </div>
    )
  }
  if (status !== 'ready' || rows.total > 0 || !folder) return null
  const checked = folder.lastCheckedAt
  return (
    <div className="empty-list" role="status">
      {search ? (
        <>
          <p>{mainWords.nothingFound(search)}</p>
          <p className="empty-list-hint">{mainWords.nothingFoundHint}</p>
        </>
      ) : (
        <>
          <p>{mainWords.emptyFolder(folder.name)}</p>
          {mainWords.emptyFolderRole[folder.role] && <p className="empty-list-hint">{mainWords.emptyFolderRole[folder.role]}</p>}
          {checked !== null && <p className="empty-list-hint">{mainWords.lastChecked(fullDate(checked, hostInfo))}</p>}
          {checked === null && folder.role === 'inbox' && <p className="empty-list-hint">{mainWords.neverChecked}</p>}
        </>
      )}
    </div>
  )
}
