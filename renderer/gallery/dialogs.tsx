import { type ReactNode, useEffect, useState } from 'react'
import { MailError } from '../../shared/errors/mail-error.ts'
import type { Services } from '../live/services.tsx'
import { AccountsDialog } from '../views/accounts/AccountsDialog.tsx'
import { ConnectionWizard } from '../views/accounts/ConnectionWizard.tsx'
import { ComposeWindow } from '../views/compose/ComposeWindow.tsx'
import { RecoveredDrafts } from '../views/compose/RecoveredDrafts.tsx'
import { LogonPrompts } from '../views/logon/LogonPrompts.tsx'
import { ForecastPrompts } from '../views/remote/ForecastPrompts.tsx'
import { openRunDialog } from '../views/runs/open-run-dialog.ts'
import { RunDialog } from '../views/runs/RunDialog.tsx'
import {
  type FakeEngine,
  fakeDialogServices,
  sampleAccounts,
  sampleFailedRun,
  sampleForecast,
  sampleLogon,
  sampleNotedRun,
  sampleRun,
} from './fake-dialog-services.ts'

function After({ act, children }: { readonly act: () => void; readonly children: ReactNode }) {
  // Once, when what it acts on is there.
  const [once] = useState(() => act)
  useEffect(() => {
    const timer = setTimeout(once, 50)
    return () => clearTimeout(timer)
  }, [once])
  return children
}

function Wizard() {
  const [open, setOpen] = useState(true)
  return <ConnectionWizard open={open} onClose={() => setOpen(false)} onFinished={() => setOpen(false)} />
}

function Accounts() {
  const [open, setOpen] = useState(true)
  return <AccountsDialog open={open} onClose={() => setOpen(false)} />
}

type Exhibit = (fake: FakeEngine, params: URLSearchParams) => ReactNode

const exhibits: Readonly<Record<string, Exhibit>> = {
  wizard: () => <Wizard />,
  accounts: () => <Accounts />,
  run: ({ emit }) => <After act={() => emit('runProgress', sampleRun)}>{<RunDialog />}</After>,
  failed: ({ emit }) => (
    <After
      act={() => {
        emit('runProgress', sampleRun)
        emit('runProgress', sampleFailedRun)
      }}
    >
      <RunDialog />
    </After>
  ),
  noted: ({ emit }) => (
    <After
      act={() => {
        emit('runProgress', sampleRun)
        emit('runProgress', sampleNotedRun)
      }}
    >
      <RunDialog />
    </After>
  ),
  forecast: ({ emit }) => (
    <After
      act={() => {
        emit('forecastNeeded', sampleForecast)
        emit('forecastNeeded', { ...sampleForecast, request: 2 })
      }}
    >
      <ForecastPrompts />
    </After>
  ),
  noRun: () => <After act={openRunDialog}>{<RunDialog />}</After>,
  compose: (_, params) => <ComposeWindow params={params} />,
  recovered: (_, params) => (
    <RecoveredDrafts
      onContinue={(key) => {
        params.set('dialog', 'compose')
        params.set('recover', key)
        location.search = String(params)
      }}
    />
  ),
  logon: ({ emit }) => (
    <After
      act={() => {
        emit('logonNeeded', sampleLogon)
        emit('logonNeeded', { ...sampleLogon, request: 2, reason: 'missing', reply: '', direction: 'outgoing', server: 'smtp.example.org' })
      }}
    >
      <LogonPrompts />
    </After>
  ),
}

/** One dialog by itself: `&dialog=wizard`, with `&empty` no accounts, with `&fail=accounts.add` that call refused, `&text=200` larger. */
export function openDialogExhibit(params: URLSearchParams): { readonly services: Services; readonly content: ReactNode } {
  const fake = fakeDialogServices(params.has('empty') ? [] : sampleAccounts)
  const failing = params.get('fail')
  if (failing) fake.failNext(failing, new MailError('store-full', 'The disk is full.', {}))
  const scale = Number(params.get('text'))
  if (scale > 0) document.documentElement.style.fontSize = `${scale}%`
  const exhibit = exhibits[params.get('dialog') ?? '']
  return { services: fake.services, content: exhibit?.(fake, params) ?? <Index params={params} /> }
}

function Index({ params }: { readonly params: URLSearchParams }) {
  return (
    <ul>
      {Object.keys(exhibits).map((name) => (
        <li key={name}>
          <a href={`?${params}&dialog=${name}`}>{name}</a>
        </li>
      ))}
    </ul>
  )
}
