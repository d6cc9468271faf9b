import { imapFoldersText as text } from '../../text/imap-folders.ts'
import { accountsText } from '../../text/accounts.ts'
import { Button } from '../../widgets/Button.tsx'
import { ErrorReport } from '../../widgets/ErrorDialog.tsx'
import { ProgressBar } from '../../widgets/Spinner.tsx'
import type { useFolderList } from './use-folder-list.ts'

interface DownloadStateProps {
  readonly account: string
  readonly download: ReturnType<typeof useFolderList>['download']
  readonly onStop: () => void
  readonly onRetry: () => void
}

/** Below the list: its folders are being asked for, or could not be had. */
export function DownloadState({ account, download, onStop, onRetry }: DownloadStateProps) {
  if (download.state === 'running') {
    return (
      <div className="folder-downloading" role="status">
        <p>{text.downloading(account)}</p>
        <ProgressBar label={text.downloading(account)} done={0} total={0} />
        <Button onClick={onStop}>{text.stop}</Button>
      </div>
    )
  }
  if (download.state !== 'failed') return undefined
  return (
    <div className="folder-download-failed">
      <ErrorReport title={text.downloadFailed(account)} error={download.error} />
      <Button onClick={onRetry}>{accountsText.tryAgain}</Button>
    </div>
  )
}
