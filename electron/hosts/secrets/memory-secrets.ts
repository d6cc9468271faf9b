import type { SecretPort } from '../../engine/ports.ts'

/** Forgets everything when the program ends. */
export function memorySecrets(): SecretPort {
  const secrets = new Map<string, string>()
  return {
    get: async (key) => secrets.get(key),
    set: async (key, secret) => void secrets.set(key, secret),
    delete: async (key) => void secrets.delete(key),
  }
}
