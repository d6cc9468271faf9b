import { useId } from 'react'
import { accessKeyOf, Mnemonic } from './Mnemonic.tsx'
import type { Option } from './SelectBox.tsx'
import './fields.css'

interface RadioGroupProps<Value extends string> {
  readonly label: string
  readonly hideLabel?: boolean | undefined
  readonly value: Value
  readonly options: readonly Option<Value>[]
  readonly onChange: (value: Value) => void
  readonly disabled?: boolean | undefined
  /** In a dialog: what is chosen gets the focus when it opens. */
  readonly autoFocus?: boolean
}

export function RadioGroup<Value extends string>({
  label,
  hideLabel,
  value,
  options,
  onChange,
  disabled,
  autoFocus,
}: RadioGroupProps<Value>) {
  const name = useId()
  return (
    <fieldset className="choice-group" disabled={disabled}>
      <legend className={hideLabel ? 'visually-hidden' : undefined}>
        <Mnemonic text={label} />
      </legend>
      {options.map((option) => (
        <label key={option.value} className={disabled || option.disabled ? 'choice choice-disabled' : 'choice'}>
          <input
            type="radio"
            name={name}
            checked={option.value === value}
            disabled={option.disabled}
            accessKey={accessKeyOf(option.label)}
            data-autofocus={(autoFocus && option.value === value) || undefined}
            onChange={() => onChange(option.value)}
          />
          <span>
            <Mnemonic text={option.label} />
          </span>
        </label>
      ))}
    </fieldset>
  )
}
