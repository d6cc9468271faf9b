import type { Ref } from 'react'
import { Field, type FieldProps } from './Field.tsx'

interface TextFieldProps extends FieldProps {
  readonly value: string
  readonly onChange: (value: string) => void
  readonly onBlur?: () => void
  readonly type?: 'text' | 'password' | 'email'
  readonly disabled?: boolean | undefined
  /** In a dialog: gets the focus when it opens. */
  readonly autoFocus?: boolean | undefined
  readonly autoComplete?: string
  readonly maxLength?: number
  readonly placeholder?: string
  readonly spellCheck?: boolean
  readonly ref?: Ref<HTMLInputElement>
}

export function TextField({ value, onChange, onBlur, type = 'text', disabled, autoFocus, ref, ...rest }: TextFieldProps) {
  const { autoComplete = 'off', maxLength, placeholder, spellCheck = false, ...field } = rest
  return (
    <Field {...field}>
      {(parts) => (
        <input
          {...parts}
          ref={ref}
          className="input"
          type={type}
          value={value}
          disabled={disabled}
          autoComplete={autoComplete}
          maxLength={maxLength}
          placeholder={placeholder}
          spellCheck={spellCheck}
          data-autofocus={autoFocus || undefined}
          onChange={(event) => onChange(event.target.value)}
          onBlur={onBlur}
        />
      )}
    </Field>
  )
}
