import { createContext, type ReactNode, useContext } from 'react'
import type { EngineClient } from '../../shared/contract/engine-contract.ts'
import type { HostClient, HostInfo } from '../../shared/contract/host-contract.ts'

export interface Services {
  readonly engine: EngineClient
  readonly host: HostClient
  /** A good guess until the host has answered, which takes some milliseconds; never undefined. */
  readonly hostInfo: HostInfo
}

const ServicesContext = createContext<Services | null>(null)

export function ServicesProvider({ services, children }: { readonly services: Services; readonly children: ReactNode }) {
  return <ServicesContext value={services}>{children}</ServicesContext>
}

/** Engine, host and what is known about the host: what every view talks to. */
export function useServices(): Services {
  const services = useContext(ServicesContext)
  if (!services) throw new Error('There is no ServicesProvider above this component.')
  return services
}
