import { propertiesText as text } from '../../text/accounts.ts'
import { Checkbox } from '../../widgets/Checkbox.tsx'
import { FormGroup } from '../../widgets/FormGroup.tsx'
import { TextField } from '../../widgets/TextField.tsx'
import { problemIn } from './FieldProblem.tsx'
import { Lockable } from './Lockable.tsx'
import type { TabProps } from './tab-props.ts'

export function GeneralTab({ form, problems, dispatch }: TabProps) {
  const { name, identity, includeInReceive } = form.settings
  const rename = (value: string) => dispatch({ type: 'account', change: { name: value } })
  const identify = (field: keyof typeof identity) => (value: string) => dispatch({ type: 'identity', change: { [field]: value } })
  return (
    <>
      <FormGroup title={text.mailAccount}>
        <Lockable path="name">
          <TextField
            label={text.accountLabel}
            hideLabel
            hint={text.mailAccountHint}
            value={name}
            error={problemIn('name', problems.name, rename)}
            onChange={rename}
            maxLength={256}
            autoFocus
          />
        </Lockable>
      </FormGroup>
      <FormGroup title={text.userInformation}>
        <Lockable path="identity.name">
          <TextField label={text.name} value={identity.name} onChange={identify('name')} maxLength={256} />
        </Lockable>
        <Lockable path="identity.organization">
          <TextField label={text.organization} value={identity.organization} onChange={identify('organization')} maxLength={256} />
        </Lockable>
        <Lockable path="identity.address">
          <TextField
            label={text.address}
            value={identity.address}
            error={problemIn('address', problems.address, identify('address'))}
            onChange={identify('address')}
            maxLength={320}
          />
        </Lockable>
        <Lockable path="identity.replyTo">
          <TextField
            label={text.replyTo}
            value={identity.replyTo}
            error={problemIn('replyTo', problems.replyTo, identify('replyTo'))}
            onChange={identify('replyTo')}
            maxLength={320}
          />
        </Lockable>
      </FormGroup>
      <FormGroup title={text.receiving}>
        <Lockable path="includeInReceive">
          <Checkbox
            label={text.include}
            checked={includeInReceive}
            onChange={(value) => dispatch({ type: 'account', change: { includeInReceive: value } })}
          />
        </Lockable>
      </FormGroup>
    </>
  )
}
