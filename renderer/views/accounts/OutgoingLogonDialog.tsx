import { useState } from 'react'
import { problemText, propertiesText as text } from '../../text/accounts.ts'
import { Button } from '../../widgets/Button.tsx'
import { Checkbox } from '../../widgets/Checkbox.tsx'
import { Dialog } from '../../widgets/Dialog.tsx'
import { FormGroup } from '../../widgets/FormGroup.tsx'
import { RadioGroup } from '../../widgets/RadioGroup.tsx'
import { TextField } from '../../widgets/TextField.tsx'
import { hasOwnLogon, type OutgoingLogon } from './account-form.ts'
import { PasswordField } from './PasswordField.tsx'

interface OutgoingLogonDialogProps {
  readonly logon: OutgoingLogon
  readonly hasStored: boolean
  readonly onClose: () => void
  readonly onOk: (logon: OutgoingLogon) => void
}

/** "My server requires authentication" > Settings... */
export function OutgoingLogonDialog({ logon, hasStored, onClose, onOk }: OutgoingLogonDialogProps) {
  const { signIn, user, rememberPassword, password } = logon
  const [value, setValue] = useState<OutgoingLogon>({ signIn, user, rememberPassword, password })
  const [isTried, setTried] = useState(false)
  const hasOwn = hasOwnLogon(value)
  const problem = hasOwn && value.user.trim() === '' ? ({ kind: 'empty', suggestion: undefined } as const) : undefined
  const confirm = () => (problem ? setTried(true) : onOk(value))
  return (
    <Dialog
      title={text.outgoingTitle}
      open
      width={28}
      onClose={onClose}
      footer={
        <>
          <Button kind="primary" onClick={confirm}>
            {text.ok}
          </Button>
          <Button onClick={onClose}>{text.cancel}</Button>
        </>
      }
    >
      <FormGroup title={text.logonInformation}>
        <RadioGroup
          label={text.logonInformation}
          hideLabel
          value={hasOwn ? 'password' : 'same'}
          options={[
            { value: 'same', label: text.sameSettings },
            { value: 'password', label: text.logonUsing },
          ]}
          onChange={(choice) => setValue({ ...value, signIn: choice })}
        />
        <div className="outgoing-own">
          <TextField
            label={text.accountName}
            value={value.user}
            disabled={!hasOwn}
            error={isTried && problem ? problemText('user', problem) : undefined}
            onChange={(typed) => setValue({ ...value, user: typed })}
            autoComplete="username"
            maxLength={512}
          />
          <PasswordField
            password={value.password}
            hasStored={hasStored}
            rememberPassword={value.rememberPassword}
            disabled={!hasOwn}
            onPassword={(typed) => setValue({ ...value, password: typed })}
            onRemember={(remember) => setValue({ ...value, rememberPassword: remember, password: null })}
          />
          <div className="properties-indent">
            <Checkbox
              label={text.outgoingSpa}
              checked={value.signIn === 'spa'}
              disabled={!hasOwn}
              onChange={(spa) => setValue({ ...value, signIn: spa ? 'spa' : 'password' })}
            />
          </div>
        </div>
      </FormGroup>
    </Dialog>
  )
}
