import { type Dispatch, useState } from 'react'
import { protocolNames, securityNames, wizardText as text } from '../../text/accounts.ts'
import { findText } from '../../text/find.ts'
import { oauthText } from '../../text/oauth.ts'
import { Button } from '../../widgets/Button.tsx'
import { Checkbox } from '../../widgets/Checkbox.tsx'
import { Icon } from '../../widgets/Icon.tsx'
import { SelectBox } from '../../widgets/SelectBox.tsx'
import { TextField } from '../../widgets/TextField.tsx'
import { useBrowserLogon } from '../oauth/use-browser-logon.tsx'
import { problemIn } from './FieldProblem.tsx'
import { ServerSecurity } from './ServerSecurity.tsx'
import { offerOf } from './wizard-start.ts'
import { OriginNote, WayChoice } from './WizardStartParts.tsx'
import type { ServerSide, WizardEvent, WizardServer, WizardState } from './wizard-state.ts'

interface PageProps {
  readonly state: WizardState
  readonly dispatch: Dispatch<WizardEvent>
}

interface NamePageProps extends PageProps {
  readonly onPractice: (() => void) | undefined
  readonly onChooseFile: () => void
}

export function NamePage({ state, dispatch, onPractice, onChooseFile }: NamePageProps) {
  const typed = (value: string) => dispatch({ type: 'typed', field: 'name', value })
  return (
    <>
      <TextField
        label={text.displayName}
        hint={text.displayNameExample}
        value={state.name}
        error={problemIn('name', state.problems.name, typed)}
        onChange={typed}
        autoComplete="name"
        maxLength={256}
        autoFocus
      />
      <WayChoice start={state.start} dispatch={dispatch} onChooseFile={onChooseFile} />
      {state.start.way === 'find' && <AddressField state={state} dispatch={dispatch} hint={findText.addressHint} />}
      {onPractice && (
        <div className="wizard-aside">
          <Button kind="link" icon="practice" onClick={onPractice}>
            {text.practice}
          </Button>
        </div>
      )}
    </>
  )
}

export function AddressPage(props: PageProps) {
  return <AddressField {...props} hint={text.addressExample} />
}

function AddressField({ state, dispatch, hint }: PageProps & { readonly hint: string }) {
  const typed = (value: string) => dispatch({ type: 'typed', field: 'address', value })
  return (
    <TextField
      label={text.address}
      hint={hint}
      value={state.address}
      error={problemIn('address', state.problems.address, typed)}
      onChange={typed}
      autoComplete="email"
      maxLength={320}
    />
  )
}

export function ServersPage({ state, dispatch }: PageProps) {
  const host = (side: ServerSide) => (value: string) => dispatch({ type: 'host', side, value })
  const { origin } = state.start
  const trust = offerOf(state.start, state.protocol)?.trust
  return (
    <>
      {origin && <OriginNote origin={origin} hasTrust={trust !== undefined && (trust.ca !== null || trust.certificates.length > 0)} />}
      <SelectBox
        label={text.serverType}
        value={state.protocol}
        options={[
          { value: 'pop3', label: protocolNames.pop3 },
          { value: 'imap', label: protocolNames.imap },
        ]}
        onChange={(value) => dispatch({ type: 'protocol', value })}
      />
      <TextField
        label={text.incoming}
        value={state.incoming.host}
        error={problemIn('incoming', state.problems.incoming, host('incoming'))}
        onChange={host('incoming')}
        maxLength={300}
      />
      <TextField
        label={text.outgoing}
        hint={text.outgoingHint}
        value={state.outgoing.host}
        error={problemIn('outgoing', state.problems.outgoing, host('outgoing'))}
        onChange={host('outgoing')}
        maxLength={300}
      />
      <MoreSettings state={state} dispatch={dispatch} />
    </>
  )
}

function MoreSettings({ state, dispatch }: PageProps) {
  const isPlain = state.incoming.security === 'none' || state.outgoing.security === 'none'
  const [isOpen, setOpen] = useState(isPlain || state.isMending)
  const short = ({ security, port }: WizardServer) => `${securityNames[security]} ${port}`
  const row = (side: ServerSide) => ({
    security: state[side].security,
    port: state[side].port,
    portLabel: text.port,
    onSecurity: (value: WizardServer['security']) => dispatch({ type: 'security', side, value }),
    onPort: (value: number) => dispatch({ type: 'port', side, value }),
  })
  return (
    <div className="wizard-more">
      <button type="button" className="button button-link" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
        <Icon name={isOpen ? 'chevron-down' : 'chevron-right'} />
        {text.moreSettings}
      </button>
      {!isOpen && <span className="wizard-more-summary">{text.moreSettingsSummary(short(state.incoming), short(state.outgoing))}</span>}
      {isOpen && (
        <div className="wizard-more-rows">
          <ServerSecurity label={text.secureIncoming} {...row('incoming')} />
          <ServerSecurity label={text.secureOutgoing} {...row('outgoing')} />
          {state.protocol === 'pop3' && (
            <Checkbox
              label={text.leaveCopy}
              checked={state.leaveOnServer}
              onChange={(value) => dispatch({ type: 'ticked', field: 'leaveOnServer', value })}
            />
          )}
        </div>
      )}
    </div>
  )
}

export function LogonPage({ state, dispatch }: PageProps) {
  const typed = (field: 'user' | 'password') => (value: string) => dispatch({ type: 'typed', field, value })
  const { isBrowser, panel } = useBrowserLogon(state, dispatch)
  return (
    <>
      <TextField
        label={text.accountName}
        hint={text.accountNameHint}
        value={state.user}
        error={problemIn('user', state.problems.user, typed('user'))}
        onChange={typed('user')}
        autoComplete="username"
        maxLength={512}
      />
      {!isBrowser && (
        <TextField
          label={text.password}
          type="password"
          value={state.password}
          disabled={!state.rememberPassword}
          hint={state.rememberPassword ? undefined : text.rememberOff}
          onChange={typed('password')}
          maxLength={4096}
        />
      )}
      {!isBrowser && <PasswordChoices state={state} dispatch={dispatch} />}
      {panel}
    </>
  )
}

function PasswordChoices({ state, dispatch }: PageProps) {
  return (
    <div className="wizard-indent">
      <Checkbox
        label={text.rememberPassword}
        checked={state.rememberPassword}
        onChange={(value) => dispatch({ type: 'ticked', field: 'rememberPassword', value })}
      />
      <Checkbox label={text.spa} checked={state.spa} onChange={(value) => dispatch({ type: 'ticked', field: 'spa', value })} />
    </div>
  )
}

export function DonePage({ state, dispatch }: PageProps) {
  const server = ({ host, port, security }: WizardServer) =>
    text.summary.server(host.trim(), port, security === 'none' ? text.summary.noSecurity : securityNames[security])
  const lines = [
    [text.summary.name, state.name.trim()],
    [text.summary.address, state.address.trim()],
    [text.summary.incoming(protocolNames[state.protocol]), server(state.incoming)],
    [text.summary.outgoing, server(state.outgoing)],
    [text.summary.user, state.user],
    ...(state.browser ? [[oauthText.logon, state.ticket === null ? oauthText.logonLater : oauthText.logonDone] as const] : []),
  ] as const
  return (
    <>
      <p className="wizard-done">{text.done}</p>
      <dl className="wizard-summary selectable">
        {lines.map(([label, value]) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      <div>
        <Button onClick={() => dispatch({ type: 'check' })}>{text.check}</Button>
      </div>
      <Checkbox
        label={text.sendAndReceive}
        checked={state.sendAndReceive}
        onChange={(value) => dispatch({ type: 'ticked', field: 'sendAndReceive', value })}
      />
    </>
  )
}
