import { connect } from '../../shared/contract/connect.ts'
import type { EngineCalls, EngineClient, EngineEvents } from '../../shared/contract/engine-contract.ts'
import type { HostCalls, HostClient, HostEvents } from '../../shared/contract/host-contract.ts'
import { portWire, socketWire } from './wires.ts'

declare global {
  interface Window {
    /** Put there by Electron's preload; a plain browser has none. */
    readonly desktop?: { connect(): void }
  }
}

export interface Connection {
  readonly engine: EngineClient
  readonly host: HostClient
}

/** One connection to the engine and to the host: by message ports in Electron, by WebSockets from a loopback host. */
export async function connectEngine(): Promise<Connection> {
  const [engine, host] = window.desktop
    ? (await desktopPorts(window.desktop)).map(portWire)
    : await Promise.all([socketWire('/engine'), socketWire('/host')])
  if (!engine || !host) throw new Error('The host did not give two ports.')
  return { engine: connect<EngineCalls, EngineEvents>(engine), host: connect<HostCalls, HostEvents>(host) }
}

function desktopPorts(desktop: { connect(): void }): Promise<readonly MessagePort[]> {
  return new Promise((resolve) => {
    const onMessage = (event: MessageEvent) => {
      // Only our own preload posts as this window; a frame with mail in it has another source.
      if (event.source !== window || event.data !== 'postrider:ports') return
      window.removeEventListener('message', onMessage)
      resolve(event.ports)
    }
    window.addEventListener('message', onMessage)
    desktop.connect()
  })
}
