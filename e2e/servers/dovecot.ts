import { mkdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { giveTo, type LabAccount } from './lab-account.ts'
import { passwordFile } from './lab-users.ts'
import { type ServerProcess, startServerProcess } from './server-process.ts'

export interface DovecotPorts {
  readonly imap: number
  readonly imaps: number
  readonly pop3: number
  readonly pop3s: number
  readonly lmtp: number
}

export interface DovecotOptions {
  readonly program: string
  /** The lab's folder; holds `tls/` already. */
  readonly folder: string
  readonly account: LabAccount
  readonly ports: DovecotPorts
  /** What it offers for logging on, as Dovecot writes it; by default all that it can. */
  readonly mechanisms?: string
  /** Where access tokens of browser sign-ins are asked about (RFC 7662): XOAUTH2 and OAUTHBEARER are offered then. */
  readonly introspection?: string | undefined
  /** Samba's helper, for NTLM: Dovecot itself can't do it any more. */
  readonly ntlmHelper?: string
}

const allMechanisms = 'plain login cram-md5 scram-sha-1 scram-sha-256 apop'

export const dovecotPaths = (folder: string) => ({
  log: path.join(folder, 'dovecot.log'),
  authSocket: path.join(folder, 'dovecot/run/auth-client'),
  maildir: (user: string) => path.join(folder, 'mail', user, 'Maildir'),
})

/** Dovecot 2.3 with the users of lab-users.ts, without root, without any pause after a wrong password. */
export function startDovecot(options: DovecotOptions): Promise<ServerProcess> {
  const { program, folder, account, ports } = options
  const home = path.join(folder, 'dovecot')
  mkdirSync(path.join(home, 'run'), { recursive: true })
  mkdirSync(path.join(folder, 'mail'))
  for (const part of ['cur', 'new', 'tmp']) mkdirSync(path.join(folder, 'public/.Announcements', part), { recursive: true })
  writeFileSync(path.join(folder, 'public/dovecot-acl'), 'anyone lrwstipekxa\n')
  writeFileSync(path.join(folder, 'public/.Announcements/dovecot-acl'), 'anyone lrwstipekxa\n')
  writeFileSync(path.join(home, 'users'), passwordFile())
  if (options.introspection !== undefined) writeFileSync(path.join(home, 'oauth2.conf'), tokenConfiguration(options.introspection))
  writeFileSync(path.join(home, 'dovecot.conf'), configuration(options))
  for (const part of ['dovecot', 'mail', 'public']) giveTo(account, path.join(folder, part))
  return startServerProcess({
    program,
    args: ['-F', '-c', path.join(home, 'dovecot.conf')],
    account,
    folder,
    outputFile: path.join(folder, 'dovecot.out'),
    logFile: dovecotPaths(folder).log,
    ports: Object.values(ports),
  })
}

function configuration(options: DovecotOptions): string {
  const { folder, account, ports } = options
  return `
base_dir = ${folder}/dovecot/run
state_dir = ${folder}/dovecot/run
log_path = ${dovecotPaths(folder).log}
listen = 127.0.0.1, 127.0.0.2, 127.0.0.3
protocols = imap pop3 lmtp
default_internal_user = ${account.name}
default_internal_group = ${account.group}
default_login_user = ${account.name}
first_valid_uid = 1
mail_uid = ${account.name}
mail_gid = ${account.group}
mail_home = ${folder}/mail/%n
mail_location = maildir:~/Maildir
mail_plugins = $mail_plugins acl quota
mail_max_userip_connections = 100
maildir_very_dirty_syncs = yes
pop3_uidl_format = %08Xu%08Xv
${tlsSection(folder)}
${authSection(options)}
${namespaceSection(folder)}
${serviceSection(ports)}
`
}

function tlsSection(folder: string): string {
  const pair = (name: string) => `ssl_cert = <${folder}/tls/${name}.pem\n  ssl_key = <${folder}/tls/${name}.key`
  return `
ssl = yes
${pair('good')}
local 127.0.0.2 {
  ${pair('expired')}
}
local 127.0.0.3 {
  ${pair('wrong-name')}
}`
}

/** `auth_username_*`: the default would lower-case CORP/alice and refuse slashes (A4). */
function authSection({ folder, account, mechanisms = allMechanisms, ntlmHelper, introspection }: DovecotOptions): string {
  return `
disable_plaintext_auth = no
auth_mechanisms = ${mechanisms}${introspection === undefined ? '' : ' xoauth2 oauthbearer'}${ntlmHelper === undefined ? '' : ` ntlm\nauth_use_winbind = yes\nauth_winbind_helper_path = ${ntlmHelper}`}
auth_username_chars =
auth_username_format = %u
auth_verbose = yes
auth_failure_delay = 0
${introspection === undefined ? '' : tokenSection(folder)}passdb {
  driver = passwd-file
  args = username_format=%u ${folder}/dovecot/users
}
userdb {
  driver = static
  args = uid=${account.name} gid=${account.group} home=${folder}/mail/%n
}`
}

function tokenSection(folder: string): string {
  return `passdb {
  driver = oauth2
  mechanisms = xoauth2 oauthbearer
  args = ${folder}/dovecot/oauth2.conf
}
`
}

/** Reachable by `GET` with the token in the query, and asked without a client of its own. */
function tokenConfiguration(introspection: string): string {
  return `introspection_mode = get
introspection_url = ${introspection}?token=
username_attribute = username
active_attribute = active
active_value = true
`
}

function namespaceSection(folder: string): string {
  const special = ['Drafts', 'Junk', 'Trash', 'Sent'].map(
    (name) => `  mailbox ${name} {\n    auto = subscribe\n    special_use = \\${name}\n  }`,
  )
  return `
namespace inbox {
  inbox = yes
  separator = /
${special.join('\n')}
}
namespace {
  type = public
  prefix = Public/
  separator = /
  location = maildir:${folder}/public:INDEXPVT=~/public
  subscriptions = no
  list = yes
}
namespace {
  type = shared
  prefix = Shared/%%u/
  separator = /
  location = maildir:%%h/Maildir:INDEXPVT=~/shared/%%u
  subscriptions = no
  list = children
}
plugin {
  acl = vfile
  acl_shared_dict = file:${folder}/dovecot/shared-mailboxes
  quota = maildir:User quota
  quota_rule = *:storage=8G
}
protocol imap {
  mail_plugins = $mail_plugins imap_acl imap_quota
  imap_idle_notify_interval = 30 secs
}
protocol lmtp {
  postmaster_address = postmaster@example.org
}`
}

/** chroot needs root. The penalty socket makes each log-on after a wrong password wait for seconds. */
function serviceSection(ports: DovecotPorts): string {
  const login = (name: 'imap' | 'pop3') => `
service ${name}-login {
  chroot =
  service_count = 0
  inet_listener ${name} {
    port = ${ports[name]}
  }
  inet_listener ${name}s {
    port = ${ports[`${name}s`]}
    ssl = yes
  }
}`
  return `${login('imap')}${login('pop3')}
service lmtp {
  inet_listener lmtp {
    address = 127.0.0.1
    port = ${ports.lmtp}
  }
}
service anvil {
  chroot =
  unix_listener anvil-auth-penalty {
    mode = 0
  }
}
service stats {
  chroot =
}
service auth {
  unix_listener auth-client {
    mode = 0600
  }
}`
}
