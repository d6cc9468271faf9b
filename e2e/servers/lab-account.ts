import { execFileSync } from 'node:child_process'
import { chownSync, readdirSync, statSync } from 'node:fs'
import { userInfo } from 'node:os'
import path from 'node:path'

/** The system account that the servers run as. */
export interface LabAccount {
  readonly name: string
  readonly group: string
  readonly uid: number
  readonly gid: number
}

const serviceAccount = 'postrider-test'

/** Ourselves; or when we are root, an account without rights, made once, for mail servers refuse to work for root. */
export function labAccount(): LabAccount {
  const { uid, gid, username } = userInfo()
  if (uid !== 0) return { name: username, group: idOf(username, '-gn'), uid, gid }
  if (!exists(serviceAccount)) execFileSync('/usr/sbin/useradd', ['--system', '--user-group', '--no-create-home', serviceAccount])
  return {
    name: serviceAccount,
    group: idOf(serviceAccount, '-gn'),
    uid: Number(idOf(serviceAccount, '-u')),
    gid: Number(idOf(serviceAccount, '-g')),
  }
}

/** Gives a file, or a folder and all in it, to the account. */
export function giveTo(account: LabAccount, target: string): void {
  if (process.getuid?.() !== 0) return
  chownSync(target, account.uid, account.gid)
  if (!statSync(target).isDirectory()) return
  for (const name of readdirSync(target, { recursive: true, encoding: 'utf8' })) {
    chownSync(path.join(target, name), account.uid, account.gid)
  }
}

function idOf(name: string, what: string): string {
  return execFileSync('id', [what, name], { encoding: 'utf8' }).trim()
}

function exists(name: string): boolean {
  try {
    execFileSync('id', [name], { stdio: 'ignore' })
    return true
  } catch {
    // `id` fails for exactly this reason.
    return false
  }
}
