import { propertiesText as text } from '../../text/accounts.ts'
import { Checkbox } from '../../widgets/Checkbox.tsx'
import { TextField } from '../../widgets/TextField.tsx'

interface PasswordFieldProps {
  /** null: untouched. The stored password itself never comes to this window. */
  readonly password: string | null
  readonly rememberPassword: boolean
  readonly disabled?: boolean
  readonly onPassword: (password: string) => void
  readonly onRemember: (remember: boolean) => void
}

export function PasswordField({ password, rememberPassword, disabled = false, onPassword, onRemember }: PasswordFieldProps) {
  const isKept = rememberPassword && password === null
  return (
    <>
      <TextField
        label={text.password}
        type="password"
        value={password ?? ''}
        placeholder={isKept ? text.passwordKept : ''}
        hint={disabled ? undefined : rememberPassword ? text.passwordHint : text.rememberOff}
        disabled={disabled || !rememberPassword}
        onChange={onPassword}
        maxLength={4096}
      />
      <div className="properties-indent">
        <Checkbox label={text.rememberPassword} checked={rememberPassword} disabled={disabled} onChange={onRemember} />
      </div>
    </>
  )
}
