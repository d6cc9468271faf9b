import type { EngineHandlers } from '../../../shared/contract/engine-contract.ts'
import { discover } from '../accounts/discover.ts'
import { networkDiscovery } from '../accounts/discovery-ports.ts'
import { readPresetContent, writePreset } from '../accounts/presets.ts'
import type { EngineParts } from './parts.ts'

type PresetsApi = Pick<EngineHandlers, 'accounts.discover' | 'presets.read' | 'presets.write'>

/** Where the settings of a new account can come from, and how they leave. */
export function presetsApi({ ports, store, routes }: EngineParts): PresetsApi {
  const discovery = ports.discovery ?? networkDiscovery({ proxyFor: (host, port) => routes.systemProxy({ host, port }) })
  return {
    'accounts.discover': ({ address }, signal) => discover(address, { ports: discovery, isOffline: store.settings.get().offline, signal }),
    'presets.read': ({ base64 }) => readPresetContent(Buffer.from(base64, 'base64')),
    'presets.write': ({ id, format }) => writePreset(store.accounts.get(id), format),
  }
}
