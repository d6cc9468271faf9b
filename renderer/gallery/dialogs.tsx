import { type ReactNode, useEffect, useState } from 'react'
import { createRoot } from 'react-dom/client'
import { MailError } from '../../shared/errors/mail-error.ts'
import { ServicesProvider } from '../live/services.tsx'
import { AccountsDialog } from '../views/accounts/AccountsDialog.tsx'
import { ConnectionWizard } from '../views/accounts/ConnectionWizard.tsx'
import { ComposeWindow } from '../views/compose/ComposeWindow.tsx'
import { RecoveredDrafts } from '../views/compose/RecoveredDrafts.tsx'
import { LogonPrompts } from '../views/logon/LogonPrompts.tsx'
import { openRunDialog } from '../views/runs/open-run-dialog.ts'
import { RunDialog } from '../views/runs/RunDialog.tsx'
import { fakeDialogServices, sampleAccounts, sampleFailedRun, sampleLogon, sampleRun } from './fake-dialog-services.ts'
import '../theme/tokens.css'
import '../theme/base.css'

// Every dialog by itself, without an engine: dialogs.html?show=wizard&theme=dark
const query = new URLSearchParams(location.search)
document.documentElement.dataset.theme = query.get('theme') ?? 'light'
const scale = query.get('text')
if (scale) document.documentElement.style.fontSize = `${scale}%`

const fake = fakeDialogServices(query.has('empty') ? [] : sampleAccounts)
const failing = query.get('fail')
if (failing) fake.failNext(failing, new MailError('store-full', 'The disk is full.', {}))

function After({ act, children }: { readonly act: () => void; readonly children: ReactNode }) {
  useEffect(() => {
    const timer = setTimeout(act, 50)
    return () => clearTimeout(timer)
  }, [act])
  return children
}

const emitRun = () => fake.emit('runProgress', sampleRun)
const emitFailedRun = () => {
  fake.emit('runProgress', sampleRun)
  fake.emit('runProgress', sampleFailedRun)
}
const emitLogon = () => {
  fake.emit('logonNeeded', sampleLogon)
  fake.emit('logonNeeded', { ...sampleLogon, request: 2, reason: 'missing', reply: '', direction: 'outgoing', server: 'smtp.example.org' })
}

function Wizard() {
  const [open, setOpen] = useState(true)
  return <ConnectionWizard open={open} onClose={() => setOpen(false)} onFinished={() => setOpen(false)} />
}

function Accounts() {
  const [open, setOpen] = useState(true)
  return <AccountsDialog open={open} onClose={() => setOpen(false)} />
}

const exhibits: Readonly<Record<string, () => ReactNode>> = {
  wizard: () => <Wizard />,
  accounts: () => <Accounts />,
  run: () => <After act={emitRun}>{<RunDialog />}</After>,
  failed: () => <After act={emitFailedRun}>{<RunDialog />}</After>,
  noRun: () => <After act={openRunDialog}>{<RunDialog />}</After>,
  compose: () => <ComposeWindow params={query} />,
  recovered: () => <RecoveredDrafts onContinue={(key) => location.assign(`?show=compose&recover=${encodeURIComponent(key)}`)} />,
  logon: () => <After act={emitLogon}>{<LogonPrompts />}</After>,
}

function Index() {
  return (
    <ul>
      {Object.keys(exhibits).map((name) => (
        <li key={name}>
          <a href={`?show=${name}`}>{name}</a>
        </li>
      ))}
    </ul>
  )
}

const root = document.getElementById('root')
const exhibit = exhibits[query.get('show') ?? '']
if (root) createRoot(root).render(<ServicesProvider services={fake.services}>{exhibit ? exhibit() : <Index />}</ServicesProvider>)
