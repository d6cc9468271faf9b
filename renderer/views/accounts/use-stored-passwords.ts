import { useEffect, useState } from 'react'
import type { AccountId } from '../../../shared/domain/ids.ts'
import { useServices } from '../../live/services.tsx'

interface StoredPasswords {
  readonly incoming: boolean
  readonly outgoing: boolean
}

/** Whether there are passwords, to show dots for them; they themselves stay in the engine. Asked again when `isUntouched` changes: Apply stores new ones. */
export function useStoredPasswords(account: AccountId, isUntouched: boolean): StoredPasswords {
  const { engine } = useServices()
  // Most accounts have them, and dots that vanish disturb less than dots that appear.
  const [stored, setStored] = useState<StoredPasswords>({ incoming: true, outgoing: true })
  useEffect(() => {
    if (!isUntouched) return undefined
    let isGone = false
    engine.call('accounts.storedPasswords', { id: account }).then(
      (answer) => isGone || setStored(answer),
      () => undefined, // without an answer the guess stays
    )
    return () => {
      isGone = true
    }
  }, [engine, account, isUntouched])
  return stored
}
