// What the tests of the doctor share: an account whose two servers are well, until a test breaks one of them.
import { readFileSync } from 'node:fs'
import { type AddressInfo, createServer, type Socket } from 'node:net'
import { createServer as createTlsServer } from 'node:tls'
import type { AccountSettings, OutgoingSettings, ServerSettings } from '../../../shared/domain/account.ts'
import { newAccountSettings } from '../../../shared/domain/new-account.ts'
import type { DoctorReport, DoctorStep } from '../../../shared/doctor/doctor.ts'
import { type ImapServerOptions, startImapServer } from '../../practice/imap-server.ts'
import { arrayMaildrop } from '../../practice/pop3-maildrop.ts'
import type { Pop3ServerOptions } from '../../practice/pop3-server-options.ts'
import { startPop3Server } from '../../practice/pop3-server.ts'
import { type SmtpServerOptions, startSmtpServer } from '../../practice/smtp-server.ts'
import { scriptedSmtp } from '../protocol/smtp/scripted-smtp.ts'
import { type DoctorRun, runDoctor } from './doctor.ts'

export const password = 'c4nary "pässword"'
export const user = 'anna'
const logon = { user, password }

const closing: (() => unknown)[] = []
export async function closeServers(): Promise<void> {
  for (const close of closing.splice(0)) await close()
}

export const fixture = (name: string) => readFileSync(new URL(`../../practice/fixtures/${name}`, import.meta.url), 'utf8')
export const certificate = (name: string) => ({ key: fixture(`${name}.key`), cert: fixture(`${name}.pem`) })

function kept<S extends { readonly port: number; readonly close: () => unknown }>(server: S): S {
  closing.push(server.close)
  return server
}

export const pop3 = async (options: Partial<Pop3ServerOptions> = {}) => {
  const maildrop = arrayMaildrop([{ uidl: 'one', raw: Buffer.from('Subject: One\r\n\r\nHello\r\n') }])
  return kept(await startPop3Server({ findUser: (name) => (name === user ? { password, maildrop } : undefined), ...options }))
}
export const imap = async (options: Partial<ImapServerOptions> = {}) => kept(await startImapServer({ users: [logon], ...options }))
export const smtp = async (options: Partial<SmtpServerOptions> = {}) => kept(await startSmtpServer({ users: [logon], ...options }))
export const scripted = async (script: Parameters<typeof scriptedSmtp>[0]) => kept(await scriptedSmtp(script))

/** Says `greeting` and answers every line with what `answer` gives; undefined keeps silent. */
export async function talker(greeting: string | undefined, answer: (line: string) => string | undefined = () => undefined) {
  return bare((socket) => {
    if (greeting !== undefined) socket.write(`${greeting}\r\n`)
    socket.on('data', (chunk: Buffer) => {
      for (const line of chunk.toString('latin1').split('\r\n').filter(Boolean)) {
        const reply = answer(line)
        if (reply !== undefined) socket.write(`${reply}\r\n`)
      }
    })
  })
}

/** TLS of a version that nobody should speak any more. */
export async function oldTls() {
  const server = createTlsServer({ ...certificate('good'), maxVersion: 'TLSv1.1', minVersion: 'TLSv1', ciphers: 'DEFAULT@SECLEVEL=0' })
  server.on('tlsClientError', () => {})
  return listening(server)
}

export async function bare(onSocket: (socket: Socket) => void) {
  const server = createServer((socket) => {
    closing.push(() => socket.destroy())
    socket.on('error', () => {})
    onSocket(socket)
  })
  return listening(server)
}

async function listening(server: ReturnType<typeof createServer>) {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  closing.push(() => server.close())
  return { port: (server.address() as AddressInfo).port }
}

/** A port that was free a moment ago. */
export async function closedPort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  await new Promise((resolve) => server.close(resolve))
  return port
}

export interface Ailment {
  readonly protocol?: 'pop3' | 'imap'
  readonly incoming?: Partial<ServerSettings>
  readonly outgoing?: Partial<OutgoingSettings>
  readonly password?: string
  readonly address?: string
  readonly ca?: string | null
}

export interface Checked {
  readonly report: DoctorReport
  readonly told: readonly DoctorStep[]
  /** `incoming connect connection-refused use-port`; `well` when there is nothing to mend. */
  readonly finding: string
}

/** Well is: POP3 and SMTP in the clear on localhost. Names other than localhost do not exist. */
export async function check(ailment: Ailment, more: Partial<DoctorRun> = {}): Promise<Checked> {
  const { protocol = 'pop3', address = 'anna@example.org' } = ailment
  const incoming = ailment.incoming?.port ?? (protocol === 'pop3' ? await pop3() : await imap()).port
  const outgoing = ailment.outgoing?.port ?? (await smtp()).port
  const base = newAccountSettings({
    ...{ name: 'Anna', address, protocol, user, rememberPassword: true },
    incoming: { host: 'localhost', port: incoming, security: 'none' },
    outgoing: { host: 'localhost', port: outgoing, security: 'none' },
  })
  const settings: AccountSettings = {
    ...base,
    incoming: { ...base.incoming, ...ailment.incoming },
    outgoing: { ...base.outgoing, ...ailment.outgoing },
    trust: { certificates: [], ca: ailment.ca === undefined ? fixture('ca.pem') : ailment.ca },
  }
  const told: DoctorStep[] = []
  const report = await runDoctor({
    patient: { settings, passwords: { incoming: ailment.password ?? password, outgoing: undefined } },
    signal: new AbortController().signal,
    onStep: (step) => told.push(step),
    find: async (host) => {
      if (host === 'localhost') return [{ address: '127.0.0.1', family: 4 }]
      throw Object.assign(new Error(`getaddrinfo ENOTFOUND ${host}`), { code: 'ENOTFOUND', syscall: 'getaddrinfo' })
    },
    usualPorts: () => [],
    // Enough for a loaded machine; the silent servers among the ailments take all of it.
    budget: { probeMs: 2000, logOnMs: 3000, portsMs: 400 },
    ...more,
  })
  const { problem } = report
  const finding = problem ? [problem.side, problem.step, problem.error.code, problem.actions[0]?.kind].join(' ') : 'well'
  return { report, told, finding }
}
