import { chmodSync, mkdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { findNtlmAuth, missingSamba } from './find-servers.ts'
import { giveTo, type LabAccount } from './lab-account.ts'
import { labUser } from './lab-users.ts'

/**
 * Samba's ntlm_auth as Dovecot calls it, without winbindd, which would need root. It takes every name of every domain; the password
 * must be alice's. All else is Samba's own judgement: version 2 of the proof, the target info, the MIC. Returns the program's path.
 */
export function writeNtlmHelper(folder: string, account: LabAccount): string {
  const program = findNtlmAuth()
  if (program === undefined) throw new Error(missingSamba())
  const home = path.join(folder, 'samba')
  mkdirSync(home)
  const places = ['private dir', 'lock directory', 'state directory', 'cache directory', 'pid directory', 'ncalrpc dir']
  const settings = ['workgroup = CORP', 'netbios name = LAB', ...places.map((place) => `${place} = ${home}`), `log file = ${home}/log`]
  writeFileSync(path.join(home, 'smb.conf'), `[global]\n${settings.join('\n')}\n`)
  const helper = path.join(home, 'ntlm-auth')
  const { password } = labUser('alice')
  writeFileSync(helper, `#!/bin/sh\nexec ${program} --configfile=${home}/smb.conf --username=any --password=${password} "$@"\n`)
  chmodSync(helper, 0o755)
  giveTo(account, home)
  return helper
}
