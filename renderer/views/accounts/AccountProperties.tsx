import { useReducer, useRef, useState } from 'react'
import type { Account } from '../../../shared/domain/account.ts'
import type { DoctorAction } from '../../../shared/doctor/doctor.ts'
import { type ErrorInfo, toErrorInfo } from '../../../shared/errors/mail-error.ts'
import { useLocks } from '../../live/use-policy.ts'
import { useServices } from '../../live/services.tsx'
import { propertiesText as text } from '../../text/accounts.ts'
import { Button } from '../../widgets/Button.tsx'
import { Dialog } from '../../widgets/Dialog.tsx'
import { ErrorReport } from '../../widgets/ErrorDialog.tsx'
import { Tabs } from '../../widgets/Tabs.tsx'
import {
  type AccountForm,
  type FieldProblems,
  formOf,
  formReducer,
  isChanged,
  problemsIn,
  routeOf,
  type PropertiesTab,
  settingsOf,
  tabsWith,
} from './account-form.ts'
import { DoctorDialog } from '../doctor/DoctorDialog.tsx'
import { AdvancedTab } from './AdvancedTab.tsx'
import { ConnectionTab } from './ConnectionTab.tsx'
import { fixesFor, tabOfFix } from './doctor-fixes.ts'
import { GeneralTab } from './GeneralTab.tsx'
import { ImapTab } from './ImapTab.tsx'
import { Lockable, LocksContext } from './Lockable.tsx'
import { SecurityTab } from './SecurityTab.tsx'
import { ServersTab } from './ServersTab.tsx'
import './connection-security.css'
import './properties.css'

interface PropertiesProps {
  readonly account: Account
  readonly onClose: () => void
}

/** `<name> Properties`. Nothing is lost on a mistake: the tab that holds it opens, and the dialog stays. */
export function AccountProperties({ account, onClose }: PropertiesProps) {
  const [form, dispatch] = useReducer(formReducer, account, formOf)
  const [tab, setTab] = useState<PropertiesTab>('general')
  const [problems, setProblems] = useState<FieldProblems>({})
  const [isChecking, setChecking] = useState(false)
  const [signIns, setSignIns] = useState(0)
  const saving = useSaving(account)
  const locks = useLocks(account.id)
  const body = useRef<HTMLDivElement>(null)

  const change: typeof dispatch = (event) => {
    dispatch(event)
    // A complaint goes away as soon as what it was about is mended; new ones wait for OK.
    const now = problemsIn(formReducer(form, event))
    setProblems(Object.fromEntries(Object.entries(problems).filter(([field]) => field in now)))
  }
  const findMistakes = (): boolean => {
    const found = problemsIn(form)
    setProblems(found)
    const [wrongTab] = tabsWith(found)
    if (wrongTab === undefined) return false
    setTab(wrongTab)
    requestAnimationFrame(() => body.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus())
    return true
  }
  const check = () => setChecking(!findMistakes())
  const mend = (action: DoctorAction) => {
    for (const fix of fixesFor(action)) change(fix)
    setTab(tabOfFix(action))
    if (action.kind === 'sign-in-again') setSignIns(signIns + 1)
    setChecking(false)
  }
  const save = async (): Promise<boolean> => {
    if (findMistakes()) return false
    const saved = await saving.save(form)
    if (saved) dispatch({ type: 'reset', account: saved })
    return saved !== undefined
  }
  const hasChanges = isChanged(form, saving.kept)
  const confirm = async () => {
    if (!hasChanges || (await save())) onClose()
  }
  const marks = new Set(tabsWith(problems))
  const page = { form, problems, dispatch: change }
  const tabs = [
    { id: 'general' as const, content: <GeneralTab {...page} /> },
    { id: 'servers' as const, content: <ServersTab {...page} account={account} onCheck={check} signIns={signIns} /> },
    { id: 'connection' as const, content: <ConnectionTab {...page} /> },
    { id: 'security' as const, content: <SecurityTab {...page} /> },
    { id: 'advanced' as const, content: <AdvancedTab {...page} account={account.id} /> },
    ...(account.protocol === 'imap'
      ? [
          {
            id: 'imap' as const,
            content: (
              <Lockable path="imap">
                <ImapTab {...page} />
              </Lockable>
            ),
          },
        ]
      : []),
  ]
  return (
    <Dialog
      title={text.title(saving.kept.name)}
      open
      width={33}
      height={36}
      onClose={onClose}
      footer={
        <>
          <Button kind="primary" disabled={saving.isBusy} onClick={() => void confirm()}>
            {text.ok}
          </Button>
          <Button onClick={onClose}>{text.cancel}</Button>
          <Button disabled={!hasChanges || saving.isBusy} onClick={() => void save()}>
            {text.apply}
          </Button>
        </>
      }
    >
      <div ref={body} className="properties">
        {saving.error && (
          <div className="properties-error">
            <ErrorReport title={text.failed} error={saving.error} />
          </div>
        )}
        <LocksContext value={locks}>
          <Tabs
            value={tab}
            onChange={setTab}
            tabs={tabs.map((each) => ({ ...each, label: text.tabs[each.id], mark: marks.has(each.id) ? text.tabHasMistake : undefined }))}
          />
        </LocksContext>
      </div>
      {isChecking && (
        <DoctorDialog
          name={saving.kept.name}
          question={{
            ...{ account: account.id, settings: settingsOf(form), password: form.password, outgoingPassword: form.outgoingPassword },
            route: routeOf(form),
          }}
          onClose={() => setChecking(false)}
          onAction={mend}
          onTrust={(pin) => change({ type: 'pin', pin })}
        />
      )}
    </Dialog>
  )
}

function useSaving(account: Account) {
  const { engine } = useServices()
  const [isBusy, setBusy] = useState(false)
  const [error, setError] = useState<ErrorInfo | undefined>()
  /** The account as the engine last had it: what Apply compares with. */
  const [kept, setKept] = useState(account)

  const save = async (form: AccountForm): Promise<Account | undefined> => {
    setBusy(true)
    setError(undefined)
    try {
      const { password, outgoingPassword } = form
      const route = routeOf(form)
      const saved = await engine.call('accounts.update', { id: account.id, settings: settingsOf(form), password, outgoingPassword, route })
      setKept(saved)
      return saved
    } catch (reason) {
      setError(toErrorInfo(reason))
      return undefined
    } finally {
      setBusy(false)
    }
  }
  return { save, isBusy, error, kept }
}
