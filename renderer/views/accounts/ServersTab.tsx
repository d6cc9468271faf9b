import { useState } from 'react'
import type { Account } from '../../../shared/domain/account.ts'
import { problemText, propertiesText as text, protocolNames } from '../../text/accounts.ts'
import { Button } from '../../widgets/Button.tsx'
import { Checkbox } from '../../widgets/Checkbox.tsx'
import { FormGroup } from '../../widgets/FormGroup.tsx'
import { TextField } from '../../widgets/TextField.tsx'
import { OAuthLogon } from '../oauth/OAuthLogon.tsx'
import { hasOwnLogon } from './account-form.ts'
import { problemIn } from './FieldProblem.tsx'
import { OutgoingLogonDialog } from './OutgoingLogonDialog.tsx'
import { PasswordField } from './PasswordField.tsx'
import { Lockable } from './Lockable.tsx'
import type { TabProps } from './tab-props.ts'
import { useStoredPasswords } from './use-stored-passwords.ts'

interface ServersTabProps extends TabProps {
  readonly account: Account
  /** Starts the connection doctor with what the dialog holds. */
  readonly onCheck: () => void
  /** The doctor has advised to sign in with the browser; counts how often. */
  readonly signIns: number
}

export function ServersTab({ form, problems, dispatch, account, onCheck, signIns }: ServersTabProps) {
  const { protocol, incoming, outgoing } = form.settings
  const stored = useStoredPasswords(account.id, form.password === null && form.outgoingPassword === null)
  const incomingHost = (host: string) => dispatch({ type: 'incoming', change: { host } })
  const outgoingHost = (host: string) => dispatch({ type: 'outgoing', change: { host } })
  const user = (value: string) => dispatch({ type: 'incoming', change: { user: value } })
  return (
    <>
      <FormGroup title={text.serverInformation}>
        <p className="properties-note">{text.serverType[protocol]}</p>
        <Lockable path="incoming.host">
          <TextField
            label={text.incoming(protocolNames[protocol])}
            value={incoming.host}
            error={problemIn('incomingHost', problems.incomingHost, incomingHost)}
            onChange={incomingHost}
            maxLength={300}
            autoFocus
          />
        </Lockable>
        <Lockable path="outgoing.host">
          <TextField
            label={text.outgoing}
            value={outgoing.host}
            error={problemIn('outgoingHost', problems.outgoingHost, outgoingHost)}
            onChange={outgoingHost}
            maxLength={300}
          />
        </Lockable>
        <div className="properties-indent properties-check">
          <Button onClick={onCheck}>{text.check}</Button>
        </div>
      </FormGroup>
      <FormGroup title={text.incomingServer}>
        <Lockable path="incoming.user">
          <TextField
            label={text.accountName}
            value={incoming.user}
            error={problemIn('user', problems.user, user)}
            onChange={user}
            autoComplete="username"
            maxLength={512}
          />
        </Lockable>
        {incoming.signIn !== 'oauth2' && (
          <>
            <PasswordField
              password={form.password}
              hasStored={stored.incoming}
              rememberPassword={incoming.rememberPassword}
              onPassword={(value) => dispatch({ type: 'password', value })}
              onRemember={(value) => dispatch({ type: 'rememberPassword', value })}
            />
            <div className="properties-indent">
              <Lockable path="incoming.signIn">
                <Checkbox
                  label={text.spa}
                  checked={incoming.signIn === 'spa'}
                  onChange={(value) => dispatch({ type: 'incoming', change: { signIn: value ? 'spa' : 'password' } })}
                />
              </Lockable>
            </div>
          </>
        )}
        <OAuthLogon key={signIns} settings={form.settings} account={account} dispatch={dispatch} isSigningIn={signIns > 0} />
      </FormGroup>
      <OutgoingServer form={form} problems={problems} dispatch={dispatch} hasStored={stored.outgoing} />
    </>
  )
}

function OutgoingServer({ form, problems, dispatch, hasStored }: TabProps & { readonly hasStored: boolean }) {
  const { outgoing } = form.settings
  const [isOpen, setOpen] = useState(false)
  /** What was chosen before the box was cleared, to come back with the tick. */
  const [chosen, setChosen] = useState(outgoing.signIn === 'none' ? 'same' : outgoing.signIn)
  const [storedBefore] = useState(hasOwnLogon(outgoing) && outgoing.rememberPassword)
  const authenticates = outgoing.signIn !== 'none'
  const problem = problems.outgoingUser && problemText('outgoingUser', problems.outgoingUser)
  return (
    <FormGroup title={text.outgoingServer}>
      <Lockable path="outgoing.signIn">
        <div className="properties-row">
          <Checkbox
            label={text.requiresAuthentication}
            checked={authenticates}
            onChange={(value) => dispatch({ type: 'outgoing', change: { signIn: value ? chosen : 'none' } })}
          />
          <Button disabled={!authenticates} onClick={() => setOpen(true)}>
            {text.settings}
          </Button>
        </div>
      </Lockable>
      {problem && (
        <p className="field-error properties-mistake" role="alert">
          {problem}
        </p>
      )}
      {isOpen && (
        <OutgoingLogonDialog
          logon={{ ...outgoing, password: form.outgoingPassword }}
          hasStored={storedBefore && hasStored}
          onClose={() => setOpen(false)}
          onOk={(value) => {
            setOpen(false)
            if (value.signIn !== 'none') setChosen(value.signIn)
            dispatch({ type: 'outgoingLogon', value })
          }}
        />
      )}
    </FormGroup>
  )
}
