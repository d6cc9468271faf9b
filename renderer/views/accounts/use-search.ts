import { useEffect, useState } from 'react'
import type { Discovery } from '../../../shared/domain/finding.ts'
import { type ErrorInfo, toErrorInfo } from '../../../shared/errors/mail-error.ts'
import { useServices } from '../../live/services.tsx'

interface SearchEvents {
  readonly onFound: (address: string, discovery: Discovery) => void
  readonly onFailed: (error: ErrorInfo) => void
}

interface Search {
  /** What is being looked for; undefined: nothing. */
  readonly address: string | undefined
  start(address: string): void
  stop(): void
}

/** Looks for the settings of an address; closing the view stops it. */
export function useSearch({ onFound, onFailed }: SearchEvents): Search {
  const { engine } = useServices()
  const [running, setRunning] = useState<{ readonly address: string; readonly controller: AbortController } | undefined>()
  useEffect(() => () => running?.controller.abort(), [running])
  return {
    address: running?.address,
    stop: () => setRunning(undefined),
    start(address) {
      const controller = new AbortController()
      setRunning({ address, controller })
      engine.call('accounts.discover', { address }, controller.signal).then(
        (discovery) => {
          if (controller.signal.aborted) return
          setRunning(undefined)
          onFound(address, discovery)
        },
        (error: unknown) => {
          if (controller.signal.aborted) return
          setRunning(undefined)
          onFailed(toErrorInfo(error))
        },
      )
    },
  }
}
