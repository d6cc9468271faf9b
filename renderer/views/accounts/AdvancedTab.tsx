import { useContext } from 'react'
import type { AccountId } from '../../../shared/domain/ids.ts'
import { durationInWords, propertiesText as text, protocolNames, securityNames } from '../../text/accounts.ts'
import { Button } from '../../widgets/Button.tsx'
import { FormGroup } from '../../widgets/FormGroup.tsx'
import { NumberField } from '../../widgets/NumberField.tsx'
import { SelectBox } from '../../widgets/SelectBox.tsx'
import { Slider } from '../../widgets/Slider.tsx'
import { Delivery } from './Delivery.tsx'
import { PlainTextWarning } from './ServerSecurity.tsx'
import { Lockable, LocksContext } from './Lockable.tsx'
import type { TabProps } from './tab-props.ts'

export function AdvancedTab(props: TabProps & { readonly account: AccountId }) {
  const { form, dispatch } = props
  const { protocol, timeoutSeconds } = form.settings
  const locked = useContext(LocksContext)
  return (
    <>
      <FormGroup title={text.ports}>
        <div className="ports">
          <ServerPort {...props} side="outgoing" />
          <ServerPort {...props} side="incoming" />
          <div className="ports-defaults">
            <Button disabled={locked('incoming.port') || locked('outgoing.port')} onClick={() => dispatch({ type: 'defaultPorts' })}>
              {text.useDefaults}
            </Button>
          </div>
        </div>
      </FormGroup>
      <FormGroup title={text.timeouts}>
        <Lockable path="timeoutSeconds">
          <Slider
            label={text.timeout}
            hideLabel
            value={timeoutSeconds}
            min={30}
            max={300}
            step={30}
            ends={text.timeoutEnds}
            valueText={durationInWords(timeoutSeconds)}
            onChange={(value) => dispatch({ type: 'account', change: { timeoutSeconds: value } })}
          />
        </Lockable>
      </FormGroup>
      {protocol === 'pop3' && (
        <Lockable path="pop3">
          <Delivery {...props} />
        </Lockable>
      )}
    </>
  )
}

const securities = (['tls', 'starttls', 'none'] as const).map((value) => ({ value, label: securityNames[value] }))

function ServerPort({ form, dispatch, side }: TabProps & { readonly side: 'incoming' | 'outgoing' }) {
  const { port, security } = form.settings[side]
  return (
    <div className="ports-server">
      <Lockable path={`${side}.port`}>
        <NumberField
          label={side === 'outgoing' ? text.outgoingPort : text.incomingPort(protocolNames[form.settings.protocol])}
          value={port}
          min={1}
          max={65535}
          onChange={(value) => dispatch({ type: 'port', side, value })}
        />
      </Lockable>
      <Lockable path={`${side}.security`}>
        <SelectBox
          label={text.secure}
          value={security}
          options={securities}
          onChange={(value) => dispatch({ type: 'security', side, value })}
        />
      </Lockable>
      {security === 'none' && <PlainTextWarning />}
    </div>
  )
}
