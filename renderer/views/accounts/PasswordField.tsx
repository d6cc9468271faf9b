import { propertiesText as text } from '../../text/accounts.ts'
import { Checkbox } from '../../widgets/Checkbox.tsx'
import { TextField } from '../../widgets/TextField.tsx'

interface PasswordFieldProps {
  /** null: untouched. The stored password itself never comes to this window. */
  readonly password: string | null
  /** A password may lie in the keychain: shown as dots. */
  readonly hasStored: boolean
  readonly rememberPassword: boolean
  readonly disabled?: boolean
  readonly onPassword: (password: string) => void
  readonly onRemember: (remember: boolean) => void
}

export function PasswordField({ password, hasStored, rememberPassword, disabled = false, onPassword, onRemember }: PasswordFieldProps) {
  const isKept = hasStored && rememberPassword && !disabled && password === null
  const hint = rememberPassword ? (hasStored ? text.passwordHint : undefined) : text.rememberOff
  return (
    <>
      <TextField
        label={text.password}
        type="password"
        value={password ?? ''}
        placeholder={isKept ? text.passwordKept : ''}
        hint={disabled ? undefined : hint}
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
