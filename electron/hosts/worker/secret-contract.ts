import * as v from 'valibot'
import { connect } from '../../../shared/contract/connect.ts'
import { action, query, type Events } from '../../../shared/contract/define.ts'
import { serve } from '../../../shared/contract/serve.ts'
import type { Wire } from '../../../shared/contract/wire.ts'
import type { SecretPort } from '../../engine/ports.ts'

const key = v.strictObject({ key: v.string() })

/** What the engine's thread asks of the thread that started it: only the main thread can reach the system's keychain. */
const secretCalls = {
  'secret.get': query<string | null>()(key),
  'secret.set': action<null>()(v.strictObject({ key: v.string(), secret: v.string() })),
  'secret.delete': action<null>()(key),
} as const

export function serveSecrets(secrets: SecretPort, wire: Wire): void {
  serve(
    secretCalls,
    {
      'secret.get': async (input) => (await secrets.get(input.key)) ?? null,
      'secret.set': async (input) => (await secrets.set(input.key, input.secret), null),
      'secret.delete': async (input) => (await secrets.delete(input.key), null),
    },
    wire,
  )
}

export function remoteSecrets(wire: Wire): SecretPort {
  const client = connect<typeof secretCalls, Events>(wire)
  return {
    get: async (name) => (await client.call('secret.get', { key: name })) ?? undefined,
    set: async (name, secret) => void (await client.call('secret.set', { key: name, secret })),
    delete: async (name) => void (await client.call('secret.delete', { key: name })),
  }
}
