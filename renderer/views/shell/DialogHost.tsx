import { lazy, Suspense, useEffect, useState } from 'react'
import { keepQuiet } from '../../cache/quiet-notices.ts'
import { AccountErrorDialog } from '../doctor/AccountErrorDialog.tsx'
import { attempt, dispatch } from '../../commands/dispatch.ts'
import { openWindow } from '../../commands/windows.ts'
import type { CommandTarget, DialogRequest } from '../../commands/target.ts'
import { useObservable } from '../../live/observable.ts'
import { folderText } from '../../text/folders.ts'
import { mainWords } from '../../text/main.ts'
import { Checkbox } from '../../widgets/Checkbox.tsx'
import { QuestionDialog } from '../../widgets/QuestionDialog.tsx'
import type { DialogOwner } from './dialogs.ts'

// Dialogs come when they are opened: the window itself is there sooner.
const AboutDialog = lazy(async () => ({ default: (await import('./AboutDialog.tsx')).AboutDialog }))
const SourceDialog = lazy(async () => ({ default: (await import('./SourceDialog.tsx')).SourceDialog }))
const SupportDialog = lazy(async () => ({ default: (await import('../doctor/SupportDialog.tsx')).SupportDialog }))
const AccountsDialog = lazy(async () => ({ default: (await import('../accounts/AccountsDialog.tsx')).AccountsDialog }))
const OptionsDialog = lazy(async () => ({ default: (await import('../options/OptionsDialog.tsx')).OptionsDialog }))
const ConnectionWizard = lazy(async () => ({ default: (await import('../accounts/ConnectionWizard.tsx')).ConnectionWizard }))
const ImapFoldersDialog = lazy(async () => ({ default: (await import('../imap-folders/ImapFoldersDialog.tsx')).ImapFoldersDialog }))
const FolderPicker = lazy(async () => ({ default: (await import('../folders/FolderPicker.tsx')).FolderPicker }))
const NewFolderDialog = lazy(async () => ({ default: (await import('../folders/NewFolderDialog.tsx')).NewFolderDialog }))
const RenameFolderDialog = lazy(async () => ({ default: (await import('../folders/RenameFolderDialog.tsx')).RenameFolderDialog }))
const WaitingDialog = lazy(async () => ({ default: (await import('../offline/WaitingDialog.tsx')).WaitingDialog }))
const RunDialog = lazy(async () => ({ default: (await import('../runs/RunDialog.tsx')).RunDialog }))
const LogonPrompts = lazy(async () => ({ default: (await import('../logon/LogonPrompts.tsx')).LogonPrompts }))
const GivenAccounts = lazy(async () => ({ default: (await import('../accounts/GivenAccounts.tsx')).GivenAccounts }))
const TrustPrompts = lazy(async () => ({ default: (await import('../certificates/TrustPrompts.tsx')).TrustPrompts }))
const PracticePanel = lazy(async () => ({ default: (await import('../practice/PracticePanel.tsx')).PracticePanel }))
const ForecastPrompts = lazy(async () => ({ default: (await import('../remote/ForecastPrompts.tsx')).ForecastPrompts }))
const RemoteMessagesDialog = lazy(async () => ({ default: (await import('../remote/RemoteMessagesDialog.tsx')).RemoteMessagesDialog }))
const RemoteConnectionWizard = lazy(async () => ({
  default: (await import('../remote/RemoteConnectionWizard.tsx')).RemoteConnectionWizard,
}))
const RecoveredDrafts = lazy(async () => ({ default: (await import('../compose/RecoveredDrafts.tsx')).RecoveredDrafts }))

type Owner = CommandTarget & DialogOwner

/** The dialog that a command asked for. */
export function DialogHost({ target }: { readonly target: Owner }) {
  const dialog = useObservable(target.dialog)
  return <Suspense>{dialog && <Requested target={target} dialog={dialog} />}</Suspense>
}

/** Dialogs that come by themselves: progress of Send and Receive, passwords, deletions on servers, texts that a crash left. The main window has them. */
export function StandingDialogs({ target }: { readonly target: CommandTarget }) {
  const [isQuiet, setQuiet] = useState(false)
  useEffect(() => {
    // The mail is on screen first; whoever starts a run meanwhile does not notice.
    const timer = setTimeout(() => setQuiet(true), 300)
    return () => clearTimeout(timer)
  }, [])
  if (!isQuiet) return null
  return (
    <Suspense>
      <RunDialog />
      <LogonPrompts />
      <TrustPrompts />
      <GivenAccounts />
      <ForecastPrompts />
      <PracticePanel onSendReceive={() => dispatch(target, 'mail.sendReceive')} />
      <RecoveredDrafts onContinue={(key) => openWindow(target, { window: 'compose', kind: 'new', recover: key })} />
    </Suspense>
  )
}

function Requested({ target, dialog }: { readonly target: Owner; readonly dialog: DialogRequest }) {
  const close = target.closeDialog
  switch (dialog.kind) {
    case 'about':
      return <AboutDialog onClose={close} />
    case 'support':
      return <SupportDialog onClose={close} />
    case 'accounts':
      return <AccountsDialog open onClose={close} />
    case 'options':
      return <OptionsDialog onClose={close} />
    case 'wizard':
      return <ConnectionWizard open onClose={close} onFinished={close} />
    case 'imap-folders':
      return <ImapFoldersDialog account={dialog.account} onGoTo={target.openFolder} onClose={close} />
    case 'new-folder':
      return <NewFolderDialog parent={dialog.parent} onCreated={close} onClose={close} />
    case 'rename-folder':
      return <RenameFolderDialog folder={dialog.folder} onClose={close} />
    case 'pick-folder': {
      const { picking } = dialog
      const pick = (work: () => void | Promise<void>) => {
        close()
        attempt(target, picking.whatFailed, work)
      }
      return <FolderPicker picking={picking} onPick={pick} onClose={close} />
    }
    case 'waiting-operations':
      return <WaitingDialog onClose={close} />
    case 'remote-connection':
      return <RemoteConnectionWizard target={target} onClose={close} />
    case 'remote-messages':
      return <RemoteMessagesDialog rows={dialog.rows} target={target} onClose={close} />
    case 'source':
      return <SourceDialog url={dialog.url} onClose={close} />
    case 'error':
      return <AccountErrorDialog title={dialog.title} error={dialog.error} onClose={close} />
    case 'question':
      return <Question target={target} dialog={dialog} />
  }
}

interface QuestionProps {
  readonly target: Owner
  readonly dialog: Extract<DialogRequest, { kind: 'question' }>
}

function Question({ target, dialog }: QuestionProps) {
  const { quiet } = dialog
  const [isQuiet, setQuiet] = useState(false)
  const note = (
    <>
      {dialog.note && <p>{dialog.note}</p>}
      {quiet && <Checkbox label={folderText.dontAsk} checked={isQuiet} onChange={setQuiet} />}
    </>
  )
  return (
    <QuestionDialog
      question={dialog.text}
      note={(dialog.note ?? quiet) && note}
      answers={[
        { id: 'yes', label: mainWords.yes },
        { id: 'no', label: mainWords.no },
      ]}
      onAnswer={(answer) => {
        target.closeDialog()
        if (answer !== 'yes') return
        // Not kept, it is only asked once more.
        if (quiet && isQuiet) keepQuiet(quiet).catch(() => undefined)
        attempt(target, dialog.whatFailed, dialog.onYes)
      }}
      onClose={target.closeDialog}
    />
  )
}
