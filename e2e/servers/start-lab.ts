// Real mail servers for tests and benchmarks, see README.md.
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { type DovecotPorts, dovecotPaths, startDovecot } from './dovecot.ts'
import { type EximPorts, eximPaths, startExim } from './exim.ts'
import { type FillRequest, fillMaildir } from './fill-maildir.ts'
import { findServers, missingServers } from './find-servers.ts'
import { freePorts } from './free-ports.ts'
import { giveTo, type LabAccount, labAccount } from './lab-account.ts'
import { copyCertificates, labCa } from './lab-certificates.ts'
import { type LabUser, type LabUserName, labUser } from './lab-users.ts'
import { readMaildir, writeToMaildir } from './maildir.ts'
import { writeNtlmHelper } from './samba.ts'
import type { ServerProcess } from './server-process.ts'

/** Where each certificate is shown. */
export const labHosts = { good: '127.0.0.1', expired: '127.0.0.2', wrongName: '127.0.0.3' } as const

export interface Lab {
  readonly host: string
  /** `port` is plain text with STARTTLS (STLS), `tlsPort` TLS from the first byte. */
  readonly imap: { readonly port: number; readonly tlsPort: number }
  readonly pop3: { readonly port: number; readonly tlsPort: number }
  readonly lmtp: { readonly port: number }
  /** PEM text of the CA that signed all certificates. */
  readonly ca: string
  user(name: LabUserName): LabUser
  /** Puts a message into the user's Inbox, byte for byte, without the headers that a delivery adds. */
  deliver(name: LabUserName, raw: Buffer): void
  /** Fills the user's Inbox with generated mail. */
  fill(name: LabUserName, request: FillRequest): void
  /** Raw messages in a folder, Inbox by default; others as Maildir++ names them: `.Sent`. */
  mailbox(name: LabUserName, folder?: string): readonly Buffer[]
  /** Waits until the user's Inbox holds this many messages, and returns them. */
  arrived(name: LabUserName, count: number): Promise<readonly Buffer[]>
  /** What the servers wrote into their logs. */
  log(): string
  stop(): Promise<void>
}

export interface LabWithSmtp extends Lab {
  /** `port` demands a log-on and offers STARTTLS, `tlsPort` is TLS, `relayPort` takes mail from anybody on this machine. */
  readonly smtp: { readonly port: number; readonly tlsPort: number; readonly relayPort: number }
  /** Mail to any domain but example.org: kept, not sent. */
  outbound(): readonly Buffer[]
}

export interface LabOptions {
  readonly dovecot?: true
  readonly exim?: boolean
  /** Log-on mechanisms that Dovecot offers, in its own words; by default all that it can. */
  readonly mechanisms?: string
  /** Dovecot asks there about access tokens of browser sign-ins (OAuth 2.0). */
  readonly introspection?: string
  /** Also NTLM (SPA), checked by Samba; see samba.ts. */
  readonly ntlm?: boolean
}

export async function startLab(options: LabOptions & { readonly exim: true }): Promise<LabWithSmtp>
export async function startLab(options?: LabOptions): Promise<Lab>
export async function startLab({ exim = false, mechanisms, ntlm = false, introspection }: LabOptions = {}): Promise<Lab | LabWithSmtp> {
  const programs = findServers()
  if (programs.dovecot === undefined || (exim && programs.exim === undefined)) throw new Error(missingServers(programs))
  const account = labAccount()
  const folder = mkdtempSync(path.join(tmpdir(), 'postrider-lab-'))
  const running: ServerProcess[] = []
  const stop = async () => {
    for (const server of running.splice(0).reverse()) await server.stop()
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
  }
  try {
    copyCertificates(folder, account)
    const { dovecotPorts, eximPorts } = await choosePorts()
    const chosen = {
      introspection,
      ...(mechanisms !== undefined && { mechanisms }),
      ...(ntlm && { ntlmHelper: writeNtlmHelper(folder, account) }),
    }
    running.push(await startDovecot({ program: programs.dovecot, folder, account, ports: dovecotPorts, ...chosen }))
    const lab = describe({ folder, account, ports: dovecotPorts, stop })
    if (!exim || programs.exim === undefined) return lab
    running.push(await startExim({ program: programs.exim, folder, account, ports: eximPorts, lmtpPort: dovecotPorts.lmtp, hasNtlm: ntlm }))
    return {
      ...lab,
      smtp: { port: eximPorts.submission, tlsPort: eximPorts.submissions, relayPort: eximPorts.relay },
      outbound: () => readMaildir(eximPaths(folder).outbound),
    }
  } catch (error) {
    await stop()
    throw error
  }
}

async function choosePorts(): Promise<{ dovecotPorts: DovecotPorts; eximPorts: EximPorts }> {
  const [imap = 0, imaps = 0, pop3 = 0, pop3s = 0, lmtp = 0, relay = 0, submission = 0, submissions = 0] = await freePorts(
    8,
    Object.values(labHosts),
  )
  return { dovecotPorts: { imap, imaps, pop3, pop3s, lmtp }, eximPorts: { relay, submission, submissions } }
}

interface RunningDovecot {
  readonly folder: string
  readonly account: LabAccount
  readonly ports: DovecotPorts
  stop(): Promise<void>
}

function describe({ folder, account, ports, stop }: RunningDovecot): Lab {
  const maildir = (name: LabUserName) => dovecotPaths(folder).maildir(name)
  const mailbox = (name: LabUserName, box = '') => readMaildir(path.join(maildir(name), box))
  const deliver = (name: LabUserName, raw: Buffer) => {
    const isFirst = !existsSync(maildir(name))
    const file = writeToMaildir(maildir(name), raw)
    giveTo(account, isFirst ? path.dirname(maildir(name)) : file)
  }
  return {
    host: labHosts.good,
    imap: { port: ports.imap, tlsPort: ports.imaps },
    pop3: { port: ports.pop3, tlsPort: ports.pop3s },
    lmtp: { port: ports.lmtp },
    ca: labCa(),
    user: labUser,
    deliver,
    fill(name, request) {
      fillMaildir(maildir(name), request)
      giveTo(account, path.dirname(maildir(name)))
    },
    mailbox,
    arrived: (name, count) => arrival(() => mailbox(name), count),
    log: () =>
      [dovecotPaths(folder).log, eximPaths(folder).log]
        .filter((file) => existsSync(file))
        .map((file) => readFileSync(file, 'utf8'))
        .join('\n'),
    stop,
  }
}

async function arrival(read: () => readonly Buffer[], count: number): Promise<readonly Buffer[]> {
  const deadline = Date.now() + 10_000
  for (;;) {
    const messages = read()
    if (messages.length >= count) return messages
    if (Date.now() > deadline) throw new Error(`Only ${messages.length} of ${count} messages arrived.`)
    await new Promise((resolve) => setTimeout(resolve, 25))
  }
}
