// Which click mends a failed step: rules over what is known, without any connection.
import { type AccountSettings, defaultPorts } from '../../../shared/domain/account.ts'
import { serverKey } from '../../../shared/domain/certificate.ts'
import { serverNameProblem } from '../../../shared/domain/name-checks.ts'
import type { DoctorAction, DoctorStepName } from '../../../shared/doctor/doctor.ts'
import type { ErrorCode, ErrorInfo } from '../../../shared/errors/mail-error.ts'
import { errorRegistry } from '../../../shared/errors/registry.ts'
import type { PortChoice } from './answering-ports.ts'
import type { CheckedServer } from './doctor-patient.ts'
import { serviceSpeaking } from './server-talk.ts'

export interface Finding {
  readonly server: CheckedServer
  readonly step: DoctorStepName
  readonly error: ErrorInfo
  /** The account's e-mail address. */
  readonly address: string
  /** Ways to log on that the server offers; undefined: it was not asked yet. */
  readonly mechanisms: readonly string[] | undefined
  /** For what was accepted before. */
  readonly account?: Pick<AccountSettings, 'name' | 'trust'>
  /** Other ports and kinds of security that do answer. */
  readonly answering: readonly PortChoice[]
}

/** The advised action first; never empty. */
export function advise(finding: Finding): readonly DoctorAction[] {
  const advice = rules[finding.error.code]?.(finding) ?? []
  return advice.length > 0 ? advice : [lastResort(finding)]
}

type Rule = (finding: Finding) => readonly DoctorAction[]

const later: Rule = () => [{ kind: 'try-later' }]
const atAnotherPort: Rule = (finding) => [...answeringPort(finding), ...usualPort(finding)].slice(0, 1)
const retype: Rule = ({ server }) => [{ kind: 'retype-password', side: server.logonOf }]

const signInAgain: Rule = ({ server }) => [{ kind: 'sign-in-again', side: server.logonOf }]

/** What only the user can mend, on the provider's page or with what the help desk knows. */
const browserRules: Readonly<Partial<Record<ErrorCode, Rule>>> = {
  'oauth-missing': signInAgain,
  'oauth-revoked': signInAgain,
  'oauth-refused': signInAgain,
  'oauth-clock': signInAgain,
  'oauth-not-finished': signInAgain,
  'oauth-token-refused': signInAgain,
  'oauth-client-missing': signInAgain,
  'oauth-unreachable': later,
}

const rules: Readonly<Partial<Record<ErrorCode, Rule>>> = {
  'host-not-found': anotherName,
  'bad-input': ({ server }) => [{ kind: 'open-properties', side: server.side }],
  'connection-refused': atAnotherPort,
  'timed-out': (finding) => (isBeforeLogOn(finding) ? answeringPort(finding) : later(finding)),
  'connection-lost': (finding) => (isBeforeLogOn(finding) ? [...answeringPort(finding), ...later(finding)].slice(0, 1) : later(finding)),
  'server-misbehaved': (finding) => (isBeforeLogOn(finding) ? wrongServer(finding) : []),
  'encryption-unavailable': answeringPort,
  'certificate-untrusted': certificate,
  'certificate-expired': certificate,
  'certificate-wrong-name': (finding) => [...certificateName(finding), ...certificate(finding)].slice(0, 2),
  'client-certificate-refused': () => [{ kind: 'open-page', page: 'security' }],
  'proxy-unreachable': proxy,
  'proxy-refused': proxy,
  'proxy-sign-in-refused': proxy,
  'sign-in-refused': refusedLogOn,
  'sign-in-missing': retype,
  'sign-in-expired': retype,
  'sign-in-unsupported': otherLogOn,
  ...browserRules,
  'server-busy': later,
  'mailbox-locked': later,
  'test-message-missing': later,
}

function isBeforeLogOn({ step }: Finding): boolean {
  return step !== 'log-on' && step !== 'mailbox' && step !== 'send-test' && step !== 'find-test'
}

function lastResort({ error, server }: Finding): DoctorAction {
  const who = errorRegistry[error.code].whoActs
  return who === 'help desk' || who === 'mail provider' ? { kind: 'ask', who } : { kind: 'open-properties', side: server.side }
}

function answeringPort({ server, answering: [choice] }: Finding): readonly DoctorAction[] {
  return choice ? [{ kind: 'use-port', side: server.side, ...choice }] : []
}

/** Not proven, but right more often than any other number. */
function usualPort({ server }: Finding): readonly DoctorAction[] {
  const { side, service, port, security } = server
  const usual = defaultPorts[service][security]
  return port === usual ? [] : [{ kind: 'use-port', side, port: usual, security }]
}

/** POP3 chosen for an IMAP port, or the other way round. */
function wrongServer(finding: Finding): readonly DoctorAction[] {
  const speaking = serviceSpeaking(finding.error.detail.reply ?? '')
  const isOther = speaking !== undefined && speaking !== finding.server.service
  return [...answeringPort(finding), ...(isOther ? usualPort(finding) : [])].slice(0, 1)
}

function refusedLogOn({ server, address }: Finding): readonly DoctorAction[] {
  const side = server.logonOf
  const fullAddress = !/[@/\\]/.test(server.user) && address.includes('@') ? [{ kind: 'try-user', side, user: address } as const] : []
  return [...fullAddress, { kind: 'retype-password', side }]
}

const plainWays: ReadonlySet<string> = new Set(['PLAIN', 'LOGIN', 'CRAM-MD5', 'SCRAM-SHA-1', 'SCRAM-SHA-256'])

function otherLogOn(finding: Finding): readonly DoctorAction[] {
  const { server, mechanisms = [] } = finding
  const { side, security, signIn, logonOf } = server
  // Many servers offer a log-on only once the line is secure.
  const secure = security === 'none' ? answeringPort(finding) : []
  if (secure.length > 0) return secure
  if (signIn === 'password' && mechanisms.includes('NTLM')) return [{ kind: 'switch-sign-in', side: logonOf, signIn: 'spa' }]
  // The password itself would travel then, so only where nobody can read along.
  const canPlain = mechanisms.some((name) => plainWays.has(name)) || (server.service === 'pop3' && mechanisms.length === 0)
  if (signIn === 'spa' && canPlain && security !== 'none') {
    // With "same as incoming", the switch would make the other server's password travel, too.
    return [side === logonOf ? { kind: 'switch-sign-in', side, signIn: 'password' } : { kind: 'open-properties', side }]
  }
  return side === 'outgoing' && mechanisms.length === 0 ? [{ kind: 'switch-sign-in', side, signIn: 'none' }] : []
}

function proxy(): readonly DoctorAction[] {
  return [{ kind: 'open-page', page: 'connection' }]
}

/** Only shown: nobody is advised to trust it. */
function certificate(finding: Finding): readonly DoctorAction[] {
  const { server, error, account } = finding
  const { certificate: shown } = error.detail
  if (!shown || !account) return []
  const { host, port } = server
  const replaces = account.trust.certificates.find((pin) => pin.server === serverKey(host, port)) ?? null
  const question = { accountName: account.name, host, port, code: error.code, certificate: shown, replaces }
  return [lastResort(finding), { kind: 'show-certificate', side: server.side, question }]
}

/** A certificate for another name of the same organisation tells which name was meant. */
function certificateName({ server, error, address }: Finding): readonly DoctorAction[] {
  const name = error.detail.certificate?.subject ?? ''
  const isKin = [server.host, address].some((known) => organisation(known) === organisation(name))
  return isKin && !name.includes('*') && !serverNameProblem(name) ? [{ kind: 'try-host', side: server.side, host: name }] : []
}

/** The last two parts of a name: only for a suggestion, so no list of public suffixes is needed. */
function organisation(name: string): string {
  return name.toLowerCase().split('@').at(-1)?.split('.').slice(-2).join('.') ?? ''
}

/** A slip in the part that the e-mail address has right, or a name without any domain. */
function anotherName({ server, address }: Finding): readonly DoctorAction[] {
  const domain = address.toLowerCase().split('@').at(-1) ?? ''
  const host = server.host.toLowerCase()
  if (!domain.includes('.')) return []
  const parts = host.split('.')
  const tail = parts.slice(-domain.split('.').length).join('.')
  const isSlip = tail !== domain && slips(tail, domain) <= 2
  if (!isSlip && parts.length > 1) return []
  const head = isSlip ? parts.slice(0, -domain.split('.').length) : parts
  return [{ kind: 'try-host', side: server.side, host: [...head, domain].join('.') }]
}

/** How many letters must be changed, put in, left out or swapped to get from one to the other. */
function slips(from: string, to: string): number {
  const rows = [Array.from({ length: to.length + 1 }, (_, column) => column)]
  const cell = (row: number, column: number) => rows[row]?.[column] ?? Number.POSITIVE_INFINITY
  for (let row = 1; row <= from.length; row++) {
    rows.push([row])
    for (let column = 1; column <= to.length; column++) {
      const isSame = from[row - 1] === to[column - 1]
      const isSwap = from[row - 1] === to[column - 2] && from[row - 2] === to[column - 1]
      const swapped = isSwap ? cell(row - 2, column - 2) + 1 : Number.POSITIVE_INFINITY
      rows[row]?.push(Math.min(cell(row - 1, column) + 1, cell(row, column - 1) + 1, cell(row - 1, column - 1) + (isSame ? 0 : 1), swapped))
    }
  }
  return cell(from.length, to.length)
}
