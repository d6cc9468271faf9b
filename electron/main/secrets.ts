import { safeStorage } from 'electron'
import type { HostInfo } from '../../shared/contract/host-contract.ts'
import type { SecretPort } from '../engine/ports.ts'
import { memorySecrets } from '../hosts/secrets/memory-secrets.ts'
import { secretFile } from '../hosts/secrets/secret-file.ts'

export interface ElectronSecrets {
  readonly port: SecretPort
  readonly kind: HostInfo['secrets']
}

/**
 * Passwords encrypted with a key from the system's keychain, in a file. Without a keychain they stay in memory; with
 * Linux's `basic_text` the key is a fixed one, which the window says plainly. After 'ready' only.
 */
export async function electronSecrets(path: string): Promise<ElectronSecrets> {
  if (!(await safeStorage.isAsyncEncryptionAvailable())) return { port: memorySecrets(), kind: 'memory' }
  const isPlain = process.platform === 'linux' && safeStorage.getSelectedStorageBackend() === 'basic_text'
  return { port: encryptedSecrets(path), kind: isPlain ? 'plain' : 'keychain' }
}

function encryptedSecrets(path: string): SecretPort {
  const file = secretFile(path)
  const set = async (key: string, secret: string) => file.set(key, (await safeStorage.encryptStringAsync(secret)).toString('base64'))
  return {
    set,
    async get(key) {
      const stored = await file.get(key)
      if (stored === undefined) return undefined
      const { result, shouldReEncrypt } = await safeStorage.decryptStringAsync(Buffer.from(stored, 'base64'))
      // The system has changed its key: what stays under the old one could not be read for ever.
      if (shouldReEncrypt) await set(key, result)
      return result
    },
    delete: (key) => file.set(key, undefined),
  }
}
