import { accessSync, constants } from 'node:fs'
import path from 'node:path'

export interface FoundServers {
  readonly dovecot: string | undefined
  readonly exim: string | undefined
}

export interface CyrusPrograms {
  /** Folder of the master and its tools. */
  readonly base: string
  /** Folder of imapd and pop3d. */
  readonly services: string
  readonly saslPassword: string
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

/** Debian does not let Cyrus' imapd be installed beside Dovecot's, so build/system-packages.mjs unpacks it into the second place. */
const cyrusBase = '/usr/lib/cyrus/bin'
const cyrusServices = [cyrusBase, path.join(import.meta.dirname, '../../node_modules/.cache/postrider/cyrus', cyrusBase)]

export function findCyrus(): CyrusPrograms | undefined {
  const saslPassword = findProgram('saslpasswd2')
  const services = cyrusServices.find((folder) => ['imapd', 'pop3d', 'idled'].every((name) => isExecutable(path.join(folder, name))))
  const hasBase = ['master', 'ctl_cyrusdb'].every((name) => isExecutable(path.join(cyrusBase, name)))
  return saslPassword && services && hasBase ? { base: cyrusBase, services, saslPassword } : undefined
}

/** One sentence that says how to get it; undefined when it is there. */
export function missingCyrus(): string | undefined {
  if (findCyrus()) return undefined
  return 'Tests against Cyrus were skipped: install cyrus-common and sasl2-bin, and run npm test again.'
}

export function findNtlmAuth(): string | undefined {
  return findProgram('ntlm_auth')
}

/** One sentence that says what to install for NTLM on Dovecot and Exim; undefined when all is there. */
export function missingSamba(): string | undefined {
  return missingServers() ?? (findNtlmAuth() ? undefined : 'Tests of NTLM against Samba were skipped: install winbind to run them.')
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
