import { accessSync, constants } from 'node:fs'
import path from 'node:path'

export interface FoundServers {
  readonly dovecot: string | undefined
  readonly exim: string | undefined
}

/** Paths of the server programs; undefined where one is not installed. */
export function findServers(): FoundServers {
  return { dovecot: findProgram('dovecot'), exim: findProgram('exim4') ?? findProgram('exim') }
}

/** One sentence that says what to install; undefined when all is there. */
export function missingServers({ dovecot, exim } = findServers()): string | undefined {
  const packages = [...(dovecot ? [] : ['dovecot-imapd', 'dovecot-pop3d', 'dovecot-lmtpd']), ...(exim ? [] : ['exim4-daemon-heavy'])]
  if (packages.length === 0) return undefined
  return `Tests against real servers were skipped: install ${packages.join(', ')} to run them.`
}

function findProgram(name: string): string | undefined {
  // Servers live in sbin, which is not in everybody's path.
  const folders = [...(process.env['PATH'] ?? '').split(path.delimiter), '/usr/sbin', '/usr/local/sbin']
  return folders.map((folder) => path.join(folder, name)).find(isExecutable)
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK)
    return true
  } catch {
    // Not there or not for us: the same thing here.
    return false
  }
}
