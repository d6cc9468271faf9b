import { CSPProvider } from '@base-ui/react/csp-provider'
import { type ReactNode, useEffect, useMemo, useState } from 'react'
import type { EngineClient } from '../../../shared/contract/engine-contract.ts'
import type { HostClient } from '../../../shared/contract/host-contract.ts'
import { listenForHelp } from '../../commands/open-help.ts'
import { guessHostInfo } from '../../live/host-info.ts'
import { type Observable, useObservable } from '../../live/observable.ts'
import { ServicesProvider } from '../../live/services.tsx'
import { mainWords } from '../../text/main.ts'
import { Spinner } from '../../widgets/Spinner.tsx'
import './main-window.css'

interface AppProps {
  readonly connection: { readonly engine: EngineClient; readonly host: HostClient; readonly isConnected: Observable<boolean> }
  readonly children: ReactNode
}

/** What every window stands in. */
export function App({ connection, children }: AppProps) {
  const { engine, host, isConnected } = connection
  const [hostInfo, setHostInfo] = useState(guessHostInfo)
  useEffect(() => {
    // The guess will do until there is an answer.
    host.call('host.info', {}).then(setHostInfo, () => undefined)
  }, [host])
  useEffect(() => listenForHelp(), [])
  const services = useMemo(() => ({ engine, host, hostInfo }), [engine, host, hostInfo])
  return (
    <CSPProvider disableStyleElements>
      <ServicesProvider services={services}>
        {children}
        <ConnectionBanner isConnected={useObservable(isConnected)} />
      </ServicesProvider>
    </CSPProvider>
  )
}

/** Only after a moment: a connection that comes back at once is nobody's concern. */
function ConnectionBanner({ isConnected }: { readonly isConnected: boolean }) {
  const [isLate, setIsLate] = useState(false)
  useEffect(() => {
    if (isConnected) return setIsLate(false)
    const timer = setTimeout(() => setIsLate(true), 1500)
    return () => clearTimeout(timer)
  }, [isConnected])
  if (isConnected || !isLate) return null
  return (
    <div className="banner" role="alert">
      <Spinner />
      {mainWords.engineGone}
    </div>
  )
}
