import { type ReactNode, useId } from 'react'
import { accessKeyOf, Mnemonic } from './Mnemonic.tsx'
import './fields.css'

export interface FieldProps {
  /** May carry its access key: `&Server`. */
  readonly label: string
  /** May hold a button that mends what is wrong. */
  readonly error?: ReactNode
  readonly hint?: string | undefined
  /** The label is still read aloud. */
  readonly hideLabel?: boolean | undefined
}

interface FieldParts {
  readonly id: string
  readonly accessKey: string | undefined
  readonly 'aria-describedby': string | undefined
  readonly 'aria-invalid': true | undefined
}

/** Label to the left, control, error or hint below it, all tied together for screen readers. */
export function Field({ label, error, hint, hideLabel, children }: FieldProps & { readonly children: (parts: FieldParts) => ReactNode }) {
  const id = useId()
  const described = [error && `${id}-error`, hint && `${id}-hint`].filter(Boolean).join(' ')
  return (
    <div className={hideLabel ? 'field field-label-hidden' : 'field'}>
      <label htmlFor={id} className={hideLabel ? 'visually-hidden' : undefined}>
        <Mnemonic text={label} />
      </label>
      <div className="field-box">
        {children({
          id,
          accessKey: accessKeyOf(label),
          'aria-describedby': described || undefined,
          'aria-invalid': error ? true : undefined,
        })}
        {error && (
          <div className="field-error" id={`${id}-error`} role="alert">
            {error}
          </div>
        )}
        {hint && (
          <div className="field-hint" id={`${id}-hint`}>
            {hint}
          </div>
        )}
      </div>
    </div>
  )
}
