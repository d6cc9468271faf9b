import { useEffect, useReducer, useRef, useState } from 'react'
import type { Account } from '../../../shared/domain/account.ts'
import type { AccountId } from '../../../shared/domain/ids.ts'
import { type ErrorInfo, toErrorInfo } from '../../../shared/errors/mail-error.ts'
import { useServices } from '../../live/services.tsx'
import { useAccounts } from '../../live/use-live.ts'
import { wizardText as text } from '../../text/accounts.ts'
import { findText } from '../../text/find.ts'
import { oauthText } from '../../text/oauth.ts'
import { doctorText } from '../../text/doctor.ts'
import { Button } from '../../widgets/Button.tsx'
import { Dialog } from '../../widgets/Dialog.tsx'
import { ErrorReport } from '../../widgets/ErrorDialog.tsx'
import { QuestionDialog } from '../../widgets/QuestionDialog.tsx'
import { DoctorFindings, doctorSummary } from '../doctor/DoctorFindings.tsx'
import { type DoctorQuestion, useDoctor } from '../doctor/use-doctor.ts'
import { CheckFooter } from './CheckFooter.tsx'
import { FolderDownload } from './FolderDownload.tsx'
import { usePresetFile } from './use-preset-file.tsx'
import { useSearch } from './use-search.ts'
import { AddressPage, DonePage, LogonPage, NamePage, ServersPage } from './WizardPages.tsx'
import type { PresetFile } from './wizard-start.ts'
import { Searching } from './WizardStartParts.tsx'
import { canGoOn, canMend, needsSearch, settingsFrom, startWizard, wizardReducer, type WizardState } from './wizard-state.ts'
import './wizard.css'

interface WizardProps {
  readonly open: boolean
  readonly onClose: () => void
  /** The accounts are there, and receiving has begun if that was wished. */
  readonly onFinished: (accounts: readonly AccountId[]) => void
  /** Internet Accounts asks about the folders of new IMAP accounts itself, as it closes. */
  readonly asksForFolders?: boolean
  /** Opened before the wizard: it begins with it. */
  readonly preset?: PresetFile | undefined
}

/** Asks for an account page by page. It connects only when told to, with Check these settings. */
export function ConnectionWizard({ open, asksForFolders = true, preset, onClose, onFinished }: WizardProps) {
  const accounts = useAccounts()
  const [made, setMade] = useState<readonly AccountId[]>([])
  const withFolders = (accounts ?? []).filter(({ id, protocol, practice }) => protocol === 'imap' && !practice && made.includes(id))
  if (!open || !accounts) return undefined
  if (withFolders.length > 0) {
    const done = () => {
      setMade([])
      onFinished(made)
    }
    return <FolderDownload accounts={withFolders} onDone={done} />
  }
  const finish = (ids: readonly AccountId[], isImap: boolean) => (asksForFolders && isImap ? setMade(ids) : onFinished(ids))
  return <OpenWizard accounts={accounts} preset={preset} onClose={onClose} onFinished={finish} />
}

interface OpenWizardProps {
  readonly accounts: readonly Account[]
  readonly preset: PresetFile | undefined
  readonly onClose: () => void
  readonly onFinished: (accounts: readonly AccountId[], isImap: boolean) => void
}

function OpenWizard({ accounts, preset, onClose, onFinished }: OpenWizardProps) {
  const { hostInfo } = useServices()
  const knownName = accounts.find(({ isDefault }) => isDefault)?.identity.name || hostInfo.userName
  const [state, dispatch] = useReducer(wizardReducer, { name: knownName, file: preset }, startWizard)
  const [asksToLeave, setAsksToLeave] = useState(false)
  const saving = useSaving(onFinished)
  const search = useSearch({
    onFound: (address, discovery) => dispatch({ type: 'found', address, discovery }),
    onFailed: (error) => saving.fail(findText.searchFailed, error),
  })
  const presetFile = usePresetFile({
    onOpened: (file) => {
      saving.forgetFailure()
      dispatch({ type: 'preset', file })
    },
    onFailed: (error) => saving.fail(findText.openFailed(error), error),
  })
  const isSearching = search.address !== undefined
  const body = usePageFocus(state, isSearching)
  const hasPractice = accounts.some(({ practice }) => practice)

  const goOn = () => {
    saving.forgetFailure()
    if (state.page === 'done') saving.save(state)
    else if (needsSearch(state)) search.start(state.address.trim())
    else dispatch({ type: 'next' })
  }
  const leave = () => (state.isDirty ? setAsksToLeave(true) : onClose())
  const isChecking = state.page === 'check'
  const doctor = useDoctor(isChecking ? questionOf(state) : undefined)
  const page =
    state.page === 'check'
      ? { heading: doctorText.checking, explanation: doctorSummary(doctor) }
      : state.page === 'logon' && state.browser
        ? oauthText.page
        : text.pages[state.page]
  const back = () => dispatch({ type: 'back' })
  return (
    <Dialog
      title={text.title}
      open
      width={isChecking ? 40 : 36}
      height={isChecking ? 36 : 30}
      onClose={leave}
      footer={
        isChecking ? (
          <CheckFooter doctor={doctor} isSaving={saving.isBusy} onBack={back} onFinish={() => saving.save(state)} />
        ) : (
          <>
            <Button disabled={state.page === 'name' || saving.isBusy} onClick={back}>
              {text.back}
            </Button>
            <Button kind="primary" disabled={!canGoOn(state) || saving.isBusy || isSearching} onClick={goOn}>
              {state.page === 'done' ? text.finish : text.next}
            </Button>
            <Button onClick={leave}>{text.cancel}</Button>
          </>
        )
      }
    >
      <div ref={body} className="wizard">
        <div className="wizard-head">
          <h2>{page.heading}</h2>
          <p>{page.explanation}</p>
        </div>
        <div className="wizard-page">
          {saving.failure && <ErrorReport {...saving.failure} />}
          {search.address !== undefined && <Searching address={search.address} onStop={search.stop} />}
          {state.page === 'name' && !isSearching && (
            <NamePage
              state={state}
              dispatch={dispatch}
              onPractice={hasPractice ? undefined : saving.practise}
              onChooseFile={presetFile.choose}
            />
          )}
          {state.page === 'address' && <AddressPage state={state} dispatch={dispatch} />}
          {state.page === 'servers' && <ServersPage state={state} dispatch={dispatch} />}
          {state.page === 'logon' && <LogonPage state={state} dispatch={dispatch} />}
          {state.page === 'done' && <DonePage state={state} dispatch={dispatch} />}
          {isChecking && (
            <DoctorFindings
              doctor={doctor}
              canDo={(action) => canMend(state, action)}
              onAction={(action) => dispatch({ type: 'mend', action })}
              onTrust={(pin) => dispatch({ type: 'pin', pin })}
            />
          )}
        </div>
      </div>
      {presetFile.picker}
      {asksToLeave && (
        <QuestionDialog
          question={text.cancelQuestion}
          answers={[
            { id: 'stay', label: text.stay },
            { id: 'leave', label: text.leave },
          ]}
          onAnswer={(answer) => (answer === 'leave' ? onClose() : setAsksToLeave(false))}
          onClose={() => setAsksToLeave(false)}
        />
      )}
    </Dialog>
  )
}

/** The two ways to end: the account that was described, or the practice accounts. */
function useSaving(onFinished: OpenWizardProps['onFinished']) {
  const { engine } = useServices()
  const [isBusy, setBusy] = useState(false)
  const [failure, setFailure] = useState<{ readonly title: string; readonly error: ErrorInfo } | undefined>()

  const receive = (accounts: readonly AccountId[]) => engine.call('runs.start', { accounts: [...accounts], receive: true, send: true })
  const attempt = async (title: string, isImap: boolean, work: () => Promise<readonly AccountId[]>) => {
    setBusy(true)
    setFailure(undefined)
    try {
      onFinished(await work(), isImap)
    } catch (error) {
      setFailure({ title, error: toErrorInfo(error) })
      setBusy(false)
    }
  }
  const save = (state: WizardState) =>
    attempt(text.failed, state.protocol === 'imap', async () => {
      const account = await engine.call('accounts.add', {
        settings: settingsFrom(state),
        password: state.password === '' ? null : state.password,
        outgoingPassword: null,
        ...(state.browser && state.ticket !== null && { oauthTicket: state.ticket }),
      })
      if (state.sendAndReceive) receiveQuietly(receive([account.id]))
      return [account.id]
    })
  const practise = () =>
    attempt(text.practiceFailed, false, async () => {
      const { accounts } = await engine.call('practice.start', {})
      receiveQuietly(receive(accounts))
      return accounts
    })
  return {
    isBusy,
    failure,
    fail: (title: string, error: ErrorInfo) => setFailure({ title, error }),
    forgetFailure: () => setFailure(undefined),
    save: (state: WizardState) => void save(state),
    practise: () => void practise(),
  }
}

function questionOf(state: WizardState): DoctorQuestion {
  const password = state.password === '' ? null : state.password
  const signedIn = state.browser && state.ticket !== null && { oauthTicket: state.ticket }
  return { account: null, settings: settingsFrom(state), password, outgoingPassword: null, ...signedIn }
}

/** The account is saved either way; how the run goes is told by the Send/Receive dialog and the status bar. */
function receiveQuietly(run: Promise<unknown>): void {
  run.catch(() => undefined)
}

/** The caret goes to the first field of each page, and to the first one with a mistake. */
function usePageFocus({ page, start, problems }: WizardState, isSearching: boolean) {
  const body = useRef<HTMLDivElement>(null)
  const isFirst = useRef(true)
  useEffect(() => {
    // Stop looking has it.
    if (isSearching) return
    // The dialog itself does it when it opens.
    if (isFirst.current) {
      isFirst.current = false
      return
    }
    const dialog = body.current?.closest('.dialog')
    const field = body.current?.querySelector<HTMLElement>('[aria-invalid="true"]') ?? body.current?.querySelector<HTMLElement>('.input')
    const isFilledIn = page === 'servers' && start.offers.length > 0
    const target = page === 'done' || page === 'check' || isFilledIn ? dialog?.querySelector<HTMLElement>('.button-primary') : field
    target?.focus()
    if (target instanceof HTMLInputElement) target.select()
    // oxlint-disable-next-line react/exhaustive-deps -- only when Next or Back was pressed, not while typing
  }, [page, isSearching])
  useEffect(() => {
    if (Object.keys(problems).length > 0) body.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus()
  }, [problems])
  return body
}
