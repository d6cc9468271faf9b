import * as v from 'valibot'
import { connect } from '../../../shared/contract/connect.ts'
import { action, query, type Events } from '../../../shared/contract/define.ts'
import { serve } from '../../../shared/contract/serve.ts'
import type { Wire } from '../../../shared/contract/wire.ts'
import type { NetworkPort, SecretPort } from '../../engine/ports.ts'

const key = v.strictObject({ key: v.string() })
type SystemProxy = NonNullable<Awaited<ReturnType<NetworkPort['proxyFor']>>>

/** What the engine's thread asks of the thread that started it: only the main thread can reach the keychain and the system's proxy. */
const portCalls = {
  'secret.get': query<string | null>()(key),
  'secret.set': action<null>()(v.strictObject({ key: v.string(), secret: v.string() })),
  'secret.delete': action<null>()(key),
  'network.proxy': query<SystemProxy | null>()(v.strictObject({ host: v.string(), port: v.number() })),
  'network.isMetered': query<boolean | null>()(v.strictObject({})),
} as const

export interface HostPorts {
  readonly secrets: SecretPort
  readonly network: NetworkPort
}

export function servePorts({ secrets, network }: HostPorts, wire: Wire): void {
  serve(
    portCalls,
    {
      'secret.get': async (input) => (await secrets.get(input.key)) ?? null,
      'secret.set': async (input) => (await secrets.set(input.key, input.secret), null),
      'secret.delete': async (input) => (await secrets.delete(input.key), null),
      'network.proxy': async ({ host, port }) => (await network.proxyFor(host, port)) ?? null,
      'network.isMetered': () => network.isMetered(),
    },
    wire,
  )
}

export function remotePorts(wire: Wire): HostPorts {
  const client = connect<typeof portCalls, Events>(wire)
  return {
    secrets: {
      get: async (name) => (await client.call('secret.get', { key: name })) ?? undefined,
      set: async (name, secret) => void (await client.call('secret.set', { key: name, secret })),
      delete: async (name) => void (await client.call('secret.delete', { key: name })),
    },
    network: {
      proxyFor: async (host, port) => (await client.call('network.proxy', { host, port })) ?? undefined,
      isMetered: () => client.call('network.isMetered', {}),
    },
  }
}
