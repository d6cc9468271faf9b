import { accessKeyOf, Mnemonic } from './Mnemonic.tsx'
import './fields.css'

interface CheckboxProps {
  readonly label: string
  readonly checked: boolean
  readonly onChange: (checked: boolean) => void
  readonly disabled?: boolean | undefined
}

export function Checkbox({ label, checked, onChange, disabled }: CheckboxProps) {
  return (
    <label className={disabled ? 'choice choice-disabled' : 'choice'}>
      <input
        type="checkbox"
        checked={checked}
        disabled={disabled}
        accessKey={accessKeyOf(label)}
        onChange={(event) => onChange(event.target.checked)}
      />
      <span>
        <Mnemonic text={label} />
      </span>
    </label>
  )
}
