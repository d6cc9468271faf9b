import { chmodSync, copyFileSync, mkdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { dovecotPaths } from './dovecot.ts'
import { giveTo, type LabAccount } from './lab-account.ts'
import { type ServerProcess, startServerProcess } from './server-process.ts'

export interface EximPorts {
  /** Takes mail from anybody on this machine, without a log-on. */
  readonly relay: number
  /** Demands a log-on; offers STARTTLS. */
  readonly submission: number
  /** Demands a log-on; TLS from the first byte. */
  readonly submissions: number
}

export interface EximOptions {
  readonly program: string
  readonly folder: string
  readonly account: LabAccount
  readonly ports: EximPorts
  /** Dovecot takes what is for example.org, and checks passwords. */
  readonly lmtpPort: number
  /** NTLM, where Dovecot has somebody who can check it. */
  readonly hasNtlm: boolean
}

export const eximPaths = (folder: string) => ({
  log: path.join(folder, 'exim-mainlog'),
  /** Mail for any domain but example.org ends here, as a Maildir: nothing leaves the machine. */
  outbound: path.join(folder, 'exim/outbound'),
})

/**
 * Exim 4 between the client and Dovecot. Local parts with a meaning: `nobody` and `reject` are refused (550), `defer` is put off
 * (451); the header `X-Lab-Reject: yes` refuses the message after DATA (554); 25 MB at most.
 */
export function startExim(options: EximOptions): Promise<ServerProcess> {
  const { folder, account, ports } = options
  const home = path.join(folder, 'exim')
  mkdirSync(path.join(home, 'spool'), { recursive: true })
  mkdirSync(path.join(home, 'outbound'))
  // A copy has no set-uid bit, so nothing ever runs as root.
  const program = path.join(home, 'exim')
  copyFileSync(options.program, program)
  chmodSync(program, 0o755)
  writeFileSync(path.join(home, 'exim.conf'), configuration(options))
  giveTo(account, home)
  return startServerProcess({
    program,
    args: ['-C', path.join(home, 'exim.conf'), '-bdf'],
    account,
    folder,
    outputFile: path.join(folder, 'exim.out'),
    logFile: eximPaths(folder).log,
    ports: Object.values(ports),
  })
}

function configuration({ folder, account, ports, lmtpPort, hasNtlm }: EximOptions): string {
  return `
exim_path = ${folder}/exim/exim
spool_directory = ${folder}/exim/spool
log_file_path = ${folder}/exim-%slog
pid_file_path = ${folder}/exim/exim.pid
primary_hostname = mail.example.org
deliver_drop_privilege = true
local_interfaces = 127.0.0.1
daemon_smtp_ports = ${ports.relay} : ${ports.submission} : ${ports.submissions}
tls_on_connect_ports = ${ports.submissions}
tls_advertise_hosts = *
tls_certificate = ${folder}/tls/good.pem
tls_privatekey = ${folder}/tls/good.key
message_size_limit = 25M
smtp_accept_max = 50
rfc1413_query_timeout = 0s
host_lookup =
smtputf8_advertise_hosts = *
acl_smtp_rcpt = acl_rcpt
acl_smtp_data = acl_data
domainlist local_domains = example.org : localhost
never_users =
exim_user = ${account.name}
exim_group = ${account.group}
admin_groups = ${account.group}
trusted_groups = ${account.group}
keep_environment =
log_selector = +smtp_protocol_error +smtp_syntax_error +received_recipients

begin acl
acl_rcpt:
  deny    message = 530 5.7.0 Authentication required
          condition = \${if !eq{$received_port}{${ports.relay}}}
          !authenticated = *
  deny    message = 550 5.1.1 no such user here
          local_parts = nobody : reject
  defer   message = 451 4.7.1 greylisted, try again later
          local_parts = defer
  accept
acl_data:
  deny    message = 554 5.7.1 content rejected
          condition = \${if eq{$h_X-Lab-Reject:}{yes}}
  accept

begin routers
local:
  driver = accept
  domains = +local_domains
  transport = lmtp_dovecot
elsewhere:
  driver = accept
  transport = outbound

begin transports
lmtp_dovecot:
  driver = smtp
  protocol = lmtp
  hosts = 127.0.0.1
  port = ${lmtpPort}
  hosts_override
  allow_localhost
  hosts_avoid_tls = *
outbound:
  driver = appendfile
  maildir_format
  directory = ${folder}/exim/outbound
  create_directory
  user = ${account.name}
  group = ${account.group}
  envelope_to_add
  return_path_add

begin retry
* * F,2h,1m

begin authenticators
${['PLAIN', 'LOGIN', 'CRAM-MD5', ...(hasNtlm ? ['NTLM'] : [])].map((mechanism) => authenticator(mechanism, dovecotPaths(folder).authSocket)).join('\n')}
`
}

function authenticator(mechanism: string, socket: string): string {
  return `${mechanism.toLowerCase().replace('-', '_')}:
  driver = dovecot
  public_name = ${mechanism}
  server_socket = ${socket}
  server_set_id = $auth1`
}
