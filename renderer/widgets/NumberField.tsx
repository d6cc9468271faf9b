import { useState } from 'react'
import { Field, type FieldProps } from './Field.tsx'

interface NumberFieldProps extends FieldProps {
  readonly value: number
  readonly min: number
  readonly max: number
  readonly onChange: (value: number) => void
  readonly disabled?: boolean | undefined
}

/**
 * Whole numbers. What is typed halfway stays as typed; leaving the field brings it back between
 * `min` and `max`; an emptied field gets its last number back.
 */
export function NumberField({ value, min, max, onChange, disabled, ...field }: NumberFieldProps) {
  const [typed, setTyped] = useState<string | null>(null)
  const settle = () => {
    if (typed !== null && typed.trim() !== '') onChange(Math.min(max, Math.max(min, Math.round(Number(typed)) || min)))
    setTyped(null)
  }
  return (
    <Field {...field}>
      {(parts) => (
        <input
          {...parts}
          className="input input-number"
          type="number"
          inputMode="numeric"
          value={typed ?? value}
          min={min}
          max={max}
          disabled={disabled}
          onChange={(event) => {
            setTyped(event.target.value)
            const number = event.target.valueAsNumber
            // Enter may press OK before the field is left.
            if (Number.isInteger(number)) onChange(Math.min(max, Math.max(min, number)))
          }}
          onBlur={settle}
        />
      )}
    </Field>
  )
}
