import { createContext, type ReactNode, useContext } from 'react'
import type { Locked } from '../../live/use-policy.ts'
import { propertiesText as text } from '../../text/accounts.ts'
import { Icon } from '../../widgets/Icon.tsx'
import './lockable.css'

/** What the organization has set of the account whose Properties these are. */
export const LocksContext = createContext<Locked>(() => false)

interface LockableProps {
  /** The part of the account's settings, such as `outgoing.host`. */
  readonly path: string
  readonly children: ReactNode
}

/** Fields that stay as they are, and say so, while the organization has set them. */
export function Lockable({ path, children }: LockableProps) {
  const isLocked = useContext(LocksContext)(path)
  if (!isLocked) return children
  return (
    <fieldset className="lockable" disabled>
      {children}
      <p className="lockable-note">
        <Icon name="info" />
        {text.locked}
      </p>
    </fieldset>
  )
}
