import { lazy, Suspense, useEffect, useState } from 'react'
import { attempt, dispatch } from '../../commands/dispatch.ts'
import { openWindow } from '../../commands/windows.ts'
import type { CommandTarget, DialogRequest } from '../../commands/target.ts'
import { useObservable } from '../../live/observable.ts'
import { mainWords } from '../../text/main.ts'
import { ErrorDialog } from '../../widgets/ErrorDialog.tsx'
import { QuestionDialog } from '../../widgets/QuestionDialog.tsx'
import type { DialogOwner } from './dialogs.ts'

// Dialogs come when they are opened: the window itself is there sooner.
const AboutDialog = lazy(async () => ({ default: (await import('./AboutDialog.tsx')).AboutDialog }))
const SourceDialog = lazy(async () => ({ default: (await import('./SourceDialog.tsx')).SourceDialog }))
const SupportDialog = lazy(async () => ({ default: (await import('../doctor/SupportDialog.tsx')).SupportDialog }))
const AccountsDialog = lazy(async () => ({ default: (await import('../accounts/AccountsDialog.tsx')).AccountsDialog }))
const OptionsDialog = lazy(async () => ({ default: (await import('../options/OptionsDialog.tsx')).OptionsDialog }))
const ConnectionWizard = lazy(async () => ({ default: (await import('../accounts/ConnectionWizard.tsx')).ConnectionWizard }))
const RunDialog = lazy(async () => ({ default: (await import('../runs/RunDialog.tsx')).RunDialog }))
const LogonPrompts = lazy(async () => ({ default: (await import('../logon/LogonPrompts.tsx')).LogonPrompts }))
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
    case 'remote-connection':
      return <RemoteConnectionWizard target={target} onClose={close} />
    case 'remote-messages':
      return <RemoteMessagesDialog rows={dialog.rows} target={target} onClose={close} />
    case 'source':
      return <SourceDialog url={dialog.url} onClose={close} />
    case 'error':
      return <ErrorDialog title={dialog.title} error={dialog.error} onClose={close} />
    case 'question':
      return (
        <QuestionDialog
          question={dialog.text}
          answers={[
            { id: 'yes', label: mainWords.yes },
            { id: 'no', label: mainWords.no },
          ]}
          onAnswer={(answer) => {
            close()
            if (answer === 'yes') attempt(target, dialog.whatFailed, dialog.onYes)
          }}
          onClose={close}
        />
      )
  }
}
