import { useEffect, useRef, useState } from 'react'
import type { Account } from '../../../shared/domain/account.ts'
import { type ErrorInfo, toErrorInfo } from '../../../shared/errors/mail-error.ts'
import { useServices } from '../../live/services.tsx'
import { accountsText as text } from '../../text/accounts.ts'
import { Button } from '../../widgets/Button.tsx'
import { Dialog } from '../../widgets/Dialog.tsx'
import { ErrorReport } from '../../widgets/ErrorDialog.tsx'
import { QuestionDialog } from '../../widgets/QuestionDialog.tsx'
import { ProgressBar } from '../../widgets/Spinner.tsx'
import { words } from '../../text/widgets.ts'
import { ImapFoldersDialog } from '../imap-folders/ImapFoldersDialog.tsx'
import { useGoTo } from '../shell/main-context.tsx'

interface FolderDownloadProps {
  /** IMAP accounts that were added since Internet Accounts opened; asked about one after another. */
  readonly accounts: readonly Pick<Account, 'id' | 'name'>[]
  readonly onDone: () => void
}

/** "Would you like to download folders for the mail server you added?", as Internet Accounts closes; then which of them to show (A9). */
export function FolderDownload({ accounts, onDone }: FolderDownloadProps) {
  const [at, setAt] = useState(0)
  const [step, setStep] = useState<'asking' | 'downloading' | 'choosing'>('asking')
  const goTo = useGoTo()
  const account = accounts[at]
  useEffect(() => {
    if (!account) onDone()
  }, [account, onDone])
  if (!account) return undefined
  const next = () => {
    setStep('asking')
    setAt(at + 1)
  }
  if (step === 'downloading') {
    return <Downloading key={account.id} account={account} onDone={() => setStep('choosing')} onClose={next} />
  }
  if (step === 'choosing') return <ImapFoldersDialog key={account.id} account={account.id} onGoTo={goTo} onClose={next} />
  return (
    <QuestionDialog
      key={account.id}
      question={text.downloadQuestion}
      note={text.downloadNote(account.name)}
      answers={[
        { id: 'yes', label: text.yes },
        { id: 'no', label: text.no },
      ]}
      onAnswer={(answer) => (answer === 'yes' ? setStep('downloading') : next())}
      onClose={next}
    />
  )
}

interface DownloadingProps {
  readonly account: Pick<Account, 'id' | 'name'>
  readonly onDone: () => void
  /** Stopped, or given up. */
  readonly onClose: () => void
}

function Downloading({ account, onDone, onClose }: DownloadingProps) {
  const { engine } = useServices()
  const [attempt, setAttempt] = useState(1)
  const [error, setError] = useState<ErrorInfo | undefined>()
  const done = useRef(onDone)
  done.current = onDone
  useEffect(() => {
    const stop = new AbortController()
    setError(undefined)
    engine.call('folders.download', { id: account.id }, stop.signal).then(
      () => stop.signal.aborted || done.current(),
      (reason) => stop.signal.aborted || setError(toErrorInfo(reason)),
    )
    return () => stop.abort()
  }, [engine, account.id, attempt])
  return (
    <Dialog
      title={words.productName}
      open
      onClose={onClose}
      footer={
        <>
          {error && (
            <Button kind="primary" onClick={() => setAttempt(attempt + 1)}>
              {text.tryAgain}
            </Button>
          )}
          <Button onClick={onClose}>{error ? text.close : text.stop}</Button>
        </>
      }
    >
      {error ? (
        <ErrorReport title={text.downloadFailed(account.name)} error={error} />
      ) : (
        <div className="folder-download" role="status">
          <p>{text.downloading(account.name)}</p>
          <ProgressBar label={text.downloading(account.name)} done={0} total={0} />
        </div>
      )}
    </Dialog>
  )
}
