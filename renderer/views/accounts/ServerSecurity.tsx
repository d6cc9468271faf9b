import type { Security } from '../../../shared/domain/account.ts'
import { plainTextWarning, securityNames } from '../../text/accounts.ts'
import { Icon } from '../../widgets/Icon.tsx'
import { NumberField } from '../../widgets/NumberField.tsx'
import { SelectBox } from '../../widgets/SelectBox.tsx'
import './server-security.css'

interface ServerSecurityProps {
  readonly label: string
  readonly portLabel: string
  readonly security: Security
  readonly port: number
  readonly onSecurity: (security: Security) => void
  readonly onPort: (port: number) => void
}

const options = (['tls', 'starttls', 'none'] as const).map((value) => ({ value, label: securityNames[value] }))

/** How the connection to one server is secured, and on which port: one row of a form. */
export function ServerSecurity({ label, portLabel, security, port, onSecurity, onPort }: ServerSecurityProps) {
  return (
    <div className="server-security">
      <SelectBox label={label} value={security} options={options} onChange={onSecurity} />
      <NumberField label={portLabel} value={port} min={1} max={65535} onChange={onPort} />
      {security === 'none' && <PlainTextWarning />}
    </div>
  )
}

export function PlainTextWarning() {
  return (
    <p className="plain-text-warning" role="status">
      <Icon name="alert" />
      {plainTextWarning}
    </p>
  )
}
