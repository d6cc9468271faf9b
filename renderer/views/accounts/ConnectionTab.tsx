import { useEffect, useState } from 'react'
import { type NetworkFacts, type ProxyKind } from '../../../shared/domain/connection.ts'
import { useServices } from '../../live/services.tsx'
import { connectionTabText as text } from '../../text/connection.ts'
import { propertiesText } from '../../text/accounts.ts'
import { Checkbox } from '../../widgets/Checkbox.tsx'
import { FormGroup } from '../../widgets/FormGroup.tsx'
import { NumberField } from '../../widgets/NumberField.tsx'
import { RadioGroup } from '../../widgets/RadioGroup.tsx'
import { TextField } from '../../widgets/TextField.tsx'
import { hasOwnProxy } from './account-form.ts'
import { Lockable } from './Lockable.tsx'
import { problemIn } from './FieldProblem.tsx'
import type { TabProps } from './tab-props.ts'

const kinds = (['system', 'none', 'socks5', 'http'] as const).map((value: ProxyKind) => ({ value, label: text.kinds[value] }))

/** How the account reaches its servers. */
export function ConnectionTab(props: TabProps) {
  const { form, dispatch } = props
  const { connection, incoming } = form.settings
  const facts = useNetworkFacts(incoming.host, incoming.port)
  const canTell = facts?.isMetered !== null
  return (
    <>
      <FormGroup title={text.proxy}>
        <p className="properties-note">{text.proxyNote}</p>
        <Lockable path="connection.proxy">
          <RadioGroup
            label={text.proxy}
            hideLabel
            value={connection.proxy.kind}
            options={kinds}
            onChange={(kind) => dispatch({ type: 'proxy', change: { kind } })}
            autoFocus
          />
          {connection.proxy.kind === 'system' && facts && <p className="field-hint connection-note">{text.systemNow(facts.systemProxy)}</p>}
          {hasOwnProxy(connection) && <OwnProxy {...props} />}
        </Lockable>
      </FormGroup>
      <FormGroup title={text.metered}>
        <Lockable path="connection.notOnMetered">
          <Checkbox
            label={text.notOnMetered}
            checked={connection.notOnMetered}
            disabled={!canTell}
            onChange={(notOnMetered) => dispatch({ type: 'connection', change: { notOnMetered } })}
          />
        </Lockable>
        <p className="field-hint connection-note">
          {canTell ? text.meteredNote : text.cannotTell} {facts?.isMetered && text.meteredNow}
        </p>
      </FormGroup>
    </>
  )
}

function OwnProxy({ form, problems, dispatch }: TabProps) {
  const { host, port, user } = form.settings.connection.proxy
  const [hasStored] = useState(user !== '')
  const rename = (value: string) => dispatch({ type: 'proxy', change: { host: value } })
  return (
    <div className="connection-proxy">
      <TextField
        label={text.host}
        value={host}
        error={problemIn('proxyHost', problems.proxyHost, rename)}
        onChange={rename}
        maxLength={300}
      />
      <NumberField
        label={text.port}
        value={port}
        min={1}
        max={65535}
        onChange={(value) => dispatch({ type: 'proxy', change: { port: value } })}
      />
      <TextField
        label={text.user}
        hint={text.userHint}
        value={user}
        onChange={(value) => dispatch({ type: 'proxy', change: { user: value } })}
        autoComplete="off"
        maxLength={255}
      />
      <TextField
        label={text.password}
        type="password"
        value={form.proxyPassword ?? ''}
        placeholder={hasStored && form.proxyPassword === null ? propertiesText.passwordKept : ''}
        disabled={user.trim() === ''}
        onChange={(value) => dispatch({ type: 'proxyPassword', value })}
        autoComplete="off"
        maxLength={255}
      />
    </div>
  )
}

/** undefined until the system has answered. */
function useNetworkFacts(host: string, port: number): NetworkFacts | undefined {
  const { engine } = useServices()
  const [facts, setFacts] = useState<NetworkFacts>()
  useEffect(() => {
    let isLeft = false
    engine.call('network.facts', { host: host.trim() || 'localhost', port }).then(
      (answer) => isLeft || setFacts(answer),
      () => undefined, // A server name that is only half typed; the Servers page says so.
    )
    return () => {
      isLeft = true
    }
  }, [engine, host, port])
  return facts
}
