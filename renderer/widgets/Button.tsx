import type { ReactNode, Ref } from 'react'
import { Icon, type IconName } from './Icon.tsx'
import { accessKeyOf, Mnemonic } from './Mnemonic.tsx'
import './button.css'

interface ButtonProps {
  /** Text may carry its access key: `&Apply`. */
  readonly children: ReactNode
  /** `detail` counts the clicks that came quickly after each other; 0: by key. */
  readonly onClick: (event: { readonly detail: number }) => void
  /** `primary` is the default button of a dialog: Enter presses it. `link` looks like one and stays a button. */
  readonly kind?: 'primary' | 'plain' | 'link'
  readonly disabled?: boolean
  readonly icon?: IconName
  readonly title?: string
  readonly autoFocus?: boolean
  readonly describedBy?: string
  readonly ref?: Ref<HTMLButtonElement>
}

export function Button({ children, onClick, kind = 'plain', disabled, icon, title, autoFocus, describedBy, ref }: ButtonProps) {
  const text = typeof children === 'string' ? children : undefined
  return (
    <button
      ref={ref}
      type="button"
      className={`button button-${kind}`}
      onClick={onClick}
      disabled={disabled}
      title={title}
      accessKey={text && accessKeyOf(text)}
      aria-describedby={describedBy}
      data-autofocus={autoFocus || undefined}
    >
      {icon && <Icon name={icon} />}
      <span>{text === undefined ? children : <Mnemonic text={text} />}</span>
    </button>
  )
}
