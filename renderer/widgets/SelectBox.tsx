import { Field, type FieldProps } from './Field.tsx'

export interface Option<Value extends string> {
  readonly value: Value
  readonly label: string
  readonly disabled?: boolean
}

interface SelectBoxProps<Value extends string> extends FieldProps {
  readonly value: Value
  readonly options: readonly Option<Value>[]
  readonly onChange: (value: Value) => void
  readonly disabled?: boolean | undefined
}

/** The system's own drop-down: right on every platform, and it opens beyond the edge of a small window. */
export function SelectBox<Value extends string>({ value, options, onChange, disabled, ...field }: SelectBoxProps<Value>) {
  return (
    <Field {...field}>
      {(parts) => (
        <select
          {...parts}
          className="input input-select"
          value={value}
          disabled={disabled}
          onChange={(event) => {
            const chosen = options.find((option) => option.value === event.target.value)
            if (chosen) onChange(chosen.value)
          }}
        >
          {options.map((option) => (
            <option key={option.value} value={option.value} disabled={option.disabled}>
              {option.label}
            </option>
          ))}
        </select>
      )}
    </Field>
  )
}
