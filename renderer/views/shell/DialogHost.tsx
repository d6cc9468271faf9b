import { lazy, Suspense } from 'react'
import { attempt } from '../../commands/dispatch.ts'
import type { CommandTarget, DialogRequest } from '../../commands/target.ts'
import { useObservable } from '../../live/observable.ts'
import { ErrorDialog } from '../../widgets/ErrorDialog.tsx'
import { QuestionDialog } from './QuestionDialog.tsx'
import type { DialogOwner } from './dialogs.ts'

// Dialogs come when they are opened: the window itself is there sooner.
const AboutDialog = lazy(async () => ({ default: (await import('./AboutDialog.tsx')).AboutDialog }))
const SourceDialog = lazy(async () => ({ default: (await import('./SourceDialog.tsx')).SourceDialog }))
const AccountsDialog = lazy(async () => ({ default: (await import('../accounts/AccountsDialog.tsx')).AccountsDialog }))
const ConnectionWizard = lazy(async () => ({ default: (await import('../accounts/ConnectionWizard.tsx')).ConnectionWizard }))
const RunDialog = lazy(async () => ({ default: (await import('../runs/RunDialog.tsx')).RunDialog }))
const LogonPrompts = lazy(async () => ({ default: (await import('../logon/LogonPrompts.tsx')).LogonPrompts }))

type Owner = CommandTarget & DialogOwner

/** The dialog that a command asked for. */
export function DialogHost({ target }: { readonly target: Owner }) {
  const dialog = useObservable(target.dialog)
  return <Suspense>{dialog && <Requested target={target} dialog={dialog} />}</Suspense>
}

/** Dialogs that come by themselves: progress of Send and Receive, and questions for passwords. The main window has them. */
export function StandingDialogs() {
  return (
    <Suspense>
      <RunDialog />
      <LogonPrompts />
    </Suspense>
  )
}

function Requested({ target, dialog }: { readonly target: Owner; readonly dialog: DialogRequest }) {
  const close = target.closeDialog
  switch (dialog.kind) {
    case 'about':
      return <AboutDialog onClose={close} />
    case 'accounts':
      return <AccountsDialog open onClose={close} />
    case 'wizard':
      return <ConnectionWizard open onClose={close} onFinished={close} />
    case 'source':
      return <SourceDialog url={dialog.url} onClose={close} />
    case 'error':
      return <ErrorDialog title={dialog.title} error={dialog.error} onClose={close} />
    case 'question':
      return (
        <QuestionDialog
          text={dialog.text}
          onNo={close}
          onYes={() => {
            close()
            attempt(target, dialog.whatFailed, dialog.onYes)
          }}
        />
      )
  }
}
