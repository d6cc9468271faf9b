import { execFileSync } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import type { CyrusPrograms } from './find-servers.ts'
import { giveTo, type LabAccount } from './lab-account.ts'
import { labUsers } from './lab-users.ts'
import { type ServerProcess, startServerProcess } from './server-process.ts'

export interface CyrusPorts {
  readonly imap: number
  readonly imaps: number
  readonly pop3: number
  readonly pop3s: number
}

/**
 * How folders are named: `Sent` beside `INBOX`, others' as `Other Users/bob` (Cyrus 3), or `INBOX.Sent` and `user.bob` (Cyrus 2, and
 * still what many providers have).
 */
export type CyrusLayout = 'beside-inbox' | 'below-inbox'

export interface CyrusOptions {
  readonly programs: CyrusPrograms
  /** The lab's folder; holds `tls/` already. */
  readonly folder: string
  /** Files that Cyrus writes anew with every command: best in memory. */
  readonly scratch: string
  readonly account: LabAccount
  readonly ports: CyrusPorts
  /** What it offers for logging on, as Cyrus SASL writes it; by default all that it can. */
  readonly mechanisms?: string
  readonly layout?: CyrusLayout
  /** More lines for imapd.conf. */
  readonly settings?: string
}

const allMechanisms = 'PLAIN LOGIN CRAM-MD5 DIGEST-MD5 SCRAM-SHA-1 SCRAM-SHA-256 NTLM'

/** Who may make folders for everybody. */
export const cyrusAdmin = { user: 'cyrus', password: 'cyruspw' } as const

export const cyrusPaths = (folder: string) => ({
  /** What was said after a log-on, in a folder for each user. */
  telemetry: path.join(folder, 'cyrus/conf/log'),
})

/** Cyrus 3 with the users of lab-users.ts, without root, without any pause after a wrong password. */
export function startCyrus(options: CyrusOptions): Promise<ServerProcess> {
  const { programs, folder, account, ports } = options
  const home = path.join(folder, 'cyrus')
  for (const part of ['spool', 'conf/socket', 'conf/db', 'conf/lock', 'conf/log']) mkdirSync(path.join(home, part), { recursive: true })
  for (const { user } of labUsers()) mkdirSync(path.join(cyrusPaths(folder).telemetry, user))
  for (const { user, password } of [...labUsers(), cyrusAdmin]) {
    execFileSync(programs.saslPassword, ['-p', '-c', '-f', path.join(home, 'sasldb2'), '-u', 'localhost', user], { input: password })
  }
  writeFileSync(path.join(home, 'imapd.conf'), configuration(options))
  writeFileSync(path.join(home, 'cyrus.conf'), services(options))
  giveTo(account, home)
  giveTo(account, options.scratch)
  return startServerProcess({
    program: path.join(programs.base, 'master'),
    args: ['-D', '-C', path.join(home, 'imapd.conf'), '-M', path.join(home, 'cyrus.conf'), '-p', path.join(home, 'master.pid')],
    account,
    folder,
    outputFile: path.join(folder, 'cyrus.out'),
    logFile: path.join(home, 'no-log'),
    ports: Object.values(ports),
  })
}

function configuration({
  folder,
  scratch,
  account,
  mechanisms = allMechanisms,
  layout = 'beside-inbox',
  settings = '',
}: CyrusOptions): string {
  const home = path.join(folder, 'cyrus')
  const isBeside = layout === 'beside-inbox'
  return `
cyrus_user: ${account.name}
cyrus_group: ${account.group}
configdirectory: ${home}/conf
defaultpartition: default
partition-default: ${home}/spool
proc_path: ${scratch}
mboxname_lockpath: ${home}/conf/lock
idlesocket: ${home}/conf/socket/idle
servername: localhost
admins: ${cyrusAdmin.user}
unixhierarchysep: ${isBeside ? 'yes' : 'no'}
altnamespace: ${isBeside ? 'yes' : 'no'}
virtdomains: off
allowplaintext: yes
allowapop: yes
failedloginpause: 0
plaintextloginpause: 0
sasl_pwcheck_method: auxprop
sasl_auxprop_plugin: sasldb
sasl_sasldb_path: ${home}/sasldb2
sasl_mech_list: ${mechanisms}
sasl_minimum_layer: 0
tls_server_cert: ${folder}/tls/good.pem
tls_server_key: ${folder}/tls/good.key
tls_session_timeout: 0
autocreate_quota: 0
autocreate_inbox_folders: Drafts|Sent|Trash|Junk
autocreate_subscribe_folders: Drafts|Sent|Trash|Junk
xlist-drafts: Drafts
xlist-sent: Sent
xlist-trash: Trash
xlist-junk: Junk
${settings}
`
}

function services({ programs, folder, ports }: CyrusOptions): string {
  const command = (at: string, name: string, more = '') => `cmd="${at}/${name} -C ${folder}/cyrus/imapd.conf${more}"`
  const service = (name: keyof CyrusPorts, program: string, more = '') =>
    `${name} ${command(programs.services, program, more)} listen="127.0.0.1:${ports[name]}" prefork=0 maxchild=50`
  return `
START {
  recover ${command(programs.base, 'ctl_cyrusdb', ' -r')}
}
SERVICES {
  ${service('imap', 'imapd')}
  ${service('imaps', 'imapd', ' -s')}
  ${service('pop3', 'pop3d')}
  ${service('pop3s', 'pop3d', ' -s')}
}
DAEMON {
  idled ${command(programs.services, 'idled')}
}
`
}
