import { defaultImapOptions, defaultPorts, type AccountSettings, type IncomingProtocol, type Security } from './account.ts'
import { defaultConnection } from './connection.ts'

/** What the Internet Connection Wizard asks. Passwords travel beside it, never in it. */
export interface NewAccountAnswers {
  readonly name: string
  readonly address: string
  readonly protocol: IncomingProtocol
  readonly incoming: ServerAnswer
  readonly outgoing: ServerAnswer
  readonly user: string
  readonly rememberPassword: boolean
}

export interface ServerAnswer {
  readonly host: string
  readonly port: number
  readonly security: Security
}

/**
 * A new account as today's providers expect it: TLS for incoming mail, STARTTLS and a log-on for outgoing mail.
 * POP3 leaves a copy on the server: nothing is ever deleted there that the user has not asked for.
 */
export function newAccountSettings(answers: NewAccountAnswers): AccountSettings {
  const incoming = { ...answers.incoming, host: answers.incoming.host.trim() }
  const outgoing = { ...answers.outgoing, host: answers.outgoing.host.trim() }
  return {
    name: incoming.host,
    protocol: answers.protocol,
    identity: { name: answers.name.trim(), organization: '', address: answers.address.trim(), replyTo: '' },
    includeInReceive: true,
    incoming: { ...incoming, user: answers.user, signIn: 'password', rememberPassword: answers.rememberPassword },
    outgoing: { ...outgoing, signIn: 'same', user: '', rememberPassword: true },
    timeoutSeconds: 60,
    pop3: { leaveOnServer: true, removeAfterDays: null, removeWhenDeleted: false, headersOnly: false, maxDownloadKb: null },
    imap: defaultImapOptions,
    trust: { certificates: [], ca: null },
    connection: defaultConnection,
    practice: false,
  }
}

/** The log-on name that most servers want: what stands before the @. */
export function logonNameFromAddress(address: string): string {
  const trimmed = address.trim()
  const at = trimmed.lastIndexOf('@')
  return at < 0 ? trimmed : trimmed.slice(0, at)
}

/** The port after another security choice: it follows as long as it is one of the usual ones (A7). */
export function portForSecurity(service: keyof typeof defaultPorts, security: Security, port: number): number {
  const usual: readonly number[] = Object.values(defaultPorts[service])
  return usual.includes(port) ? defaultPorts[service][security] : port
}
