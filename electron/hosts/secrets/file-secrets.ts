import type { SecretPort } from '../../engine/ports.ts'
import { secretFile } from './secret-file.ts'

/** Keeps secrets in a file that only this user can read. Not encrypted: for servers and tests, where no keychain is. */
export function fileSecrets(path: string): SecretPort {
  const file = secretFile(path)
  return { get: file.get, set: file.set, delete: (key) => file.set(key, undefined) }
}
