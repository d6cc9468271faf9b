import { useEffect, useState } from 'react'
import type { AccountId } from '../../shared/domain/ids.ts'
import { isLocked, type PolicyState } from '../../shared/domain/policy.ts'
import { useServices } from './services.tsx'
import { useAccounts } from './use-live.ts'

/** What the organization has laid down; undefined until the engine has said. */
export function usePolicy(): PolicyState | undefined {
  const { engine } = useServices()
  const accounts = useAccounts()
  const [policy, setPolicy] = useState<PolicyState>()
  useEffect(() => {
    let isLeft = false
    engine.call('policy.get', {}).then(
      (state) => isLeft || setPolicy(state),
      () => undefined, // The engine is gone: the banner says so, and it refuses locked changes anyway.
    )
    return () => {
      isLeft = true
    }
  }, [engine, accounts])
  return policy
}

/** Whether the organization has set a part of an account, such as `outgoing.host`. */
export type Locked = (path: string) => boolean

export function useLocks(account: AccountId): Locked {
  const policy = usePolicy()
  const paths = policy?.locks.find((each) => each.account === account)?.paths ?? []
  return (path) => isLocked(paths, path)
}
