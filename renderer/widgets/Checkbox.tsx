import { accessKeyOf, Mnemonic } from './Mnemonic.tsx'
import './fields.css'

interface CheckboxProps {
  readonly label: string
  readonly checked: boolean
  readonly onChange: (checked: boolean) => void
  readonly disabled?: boolean | undefined
  /** The label is somebody's text: an & in it is no access key. */
  readonly isPlain?: boolean
}

export function Checkbox({ label, checked, onChange, disabled, isPlain = false }: CheckboxProps) {
  return (
    <label className={disabled ? 'choice choice-disabled' : 'choice'}>
      <input
        type="checkbox"
        checked={checked}
        disabled={disabled}
        accessKey={isPlain ? undefined : accessKeyOf(label)}
        onChange={(event) => onChange(event.target.checked)}
      />
      <span>{isPlain ? label : <Mnemonic text={label} />}</span>
    </label>
  )
}
