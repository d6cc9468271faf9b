import { readFileSync } from 'node:fs'
import { userInfo } from 'node:os'
import type { HostInfo } from '../../shared/contract/host-contract.ts'

export function platformName(platform: NodeJS.Platform = process.platform): HostInfo['platform'] {
  if (platform === 'win32') return 'windows'
  return platform === 'darwin' ? 'mac' : 'linux'
}

/** The user's full name as the system knows it; '' when it has none. */
export function userFullName(passwdFile = '/etc/passwd'): string {
  if (process.platform === 'win32') return process.env.USERNAME ?? ''
  try {
    const { username } = userInfo()
    const line = readFileSync(passwdFile, 'utf8')
      .split('\n')
      .find((each) => each.startsWith(`${username}:`))
    // passwd(5): the fifth field; its first part is the name, where & stands for the log-on name.
    const name = line?.split(':')[4]?.split(',')[0] ?? ''
    return username === 'root' ? '' : name.replaceAll('&', username.charAt(0).toUpperCase() + username.slice(1))
  } catch {
    return '' // a user without an entry, or no such file: the field in the wizard stays empty
  }
}

export const systemLanguage = (): string => Intl.DateTimeFormat().resolvedOptions().locale
