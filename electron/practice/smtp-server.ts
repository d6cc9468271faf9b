// An SMTP server for practice mode and for tests. It keeps what it gets and never passes anything on.
import type { AddressInfo, Socket } from 'node:net'
import { buffer } from 'node:stream/consumers'
import type { SMTPServerDataStream, SMTPServerOptions, SMTPServerSession } from 'smtp-server'
import { SMTPServer } from 'smtp-server'
import { addMechanisms, type SmtpServerConnection } from './smtp-sign-in.ts'

/** What can go wrong on request. Change the object while the server runs: each command looks again. */
export interface SmtpFaults {
  /** Waits before the greeting, ms. */
  delayMs?: number
  /** Answers 421 to every new connection. */
  busy?: boolean
  /** Refuses every password. */
  refuseLogon?: boolean
  /** Addresses refused at RCPT TO, each with the reply code: 550, 452 ... */
  refuseRecipients?: Readonly<Record<string, number>>
  /** Refuses the message itself, after its last line. */
  refuseMessage?: { readonly code: number; readonly text: string }
  /** Cuts the connection after the last line, having taken the message or not. */
  dropAfterData?: 'taken' | 'not-taken'
}

export interface SmtpUser {
  readonly user: string
  readonly password: string
}

export interface ReceivedMessage {
  readonly sender: string
  readonly recipients: readonly string[]
  readonly raw: Buffer
  /** Who had logged on, null for nobody. */
  readonly user: string | null
  readonly isSecure: boolean
}

export interface SmtpServerOptions {
  /** Empty: nobody can log on, and nobody must. */
  readonly users: readonly SmtpUser[]
  /** Mail without a log-on is refused at MAIL FROM. Default: as soon as there are users. */
  readonly requireLogon?: boolean
  /** `starttls` offers the upgrade, `tls` speaks TLS from the first byte. Without it plain text only. */
  readonly tls?: { readonly mode: 'tls' | 'starttls'; readonly cert: string | Buffer; readonly key: string | Buffer }
  /** How users may sign in; default PLAIN and LOGIN. Of smtp-server's own and of `signInMechanisms`. */
  readonly mechanisms?: readonly string[]
  readonly host?: string
  readonly maxSize?: number
  /** Runs before the answer; throwing refuses the message with 451. */
  readonly onMessage?: (message: ReceivedMessage) => void | Promise<void>
  readonly faults?: SmtpFaults
}

export interface RunningSmtpServer {
  readonly port: number
  readonly faults: SmtpFaults
  /** All messages taken so far, oldest first. */
  readonly received: readonly ReceivedMessage[]
  close(): Promise<void>
}

export async function startSmtpServer(options: SmtpServerOptions): Promise<RunningSmtpServer> {
  const faults = options.faults ?? {}
  const received: ReceivedMessage[] = []
  const keep = async (message: ReceivedMessage) => {
    await options.onMessage?.(message)
    received.push(message)
  }
  const server: SMTPServer = new SMTPServer(serverOptions(options, { faults, keep, connectionOf: (id) => findConnection(server, id) }))
  // A client that goes away in the middle is what tests do on purpose.
  server.on('error', () => {})
  await new Promise<void>((resolve) => server.listen(0, options.host ?? '127.0.0.1', resolve))
  return {
    port: (server.server.address() as AddressInfo).port,
    faults,
    received,
    close: () => new Promise((resolve) => server.close(resolve)),
  }
}

interface Handling {
  readonly faults: SmtpFaults
  keep(message: ReceivedMessage): Promise<void>
  /** smtp-server's own object for it. */
  connectionOf(sessionId: string): Connection | undefined
}

interface Connection extends SmtpServerConnection {
  readonly _socket: Socket
}

function serverOptions(options: SmtpServerOptions, handling: Handling): SMTPServerOptions {
  const { users, tls, maxSize, mechanisms = ['PLAIN', 'LOGIN'] } = options
  const { faults } = handling
  const disabledCommands = [...(tls?.mode === 'starttls' ? [] : ['STARTTLS']), ...(users.length === 0 ? ['AUTH'] : [])]
  return {
    name: 'practice.example.org',
    banner: 'Postrider practice server',
    secure: tls?.mode === 'tls',
    ...(tls && { cert: tls.cert, key: tls.key }),
    ...(maxSize !== undefined && { size: maxSize, rejectOversized: true }),
    disabledCommands,
    authOptional: !(options.requireLogon ?? users.length > 0),
    authMethods: [...mechanisms],
    // Loopback only: practice mode runs without TLS by design.
    allowInsecureAuth: tls === undefined,
    disableReverseLookup: true,
    closeTimeout: 200,
    onConnect: ({ id }, done) => {
      const connection = handling.connectionOf(id)
      const find = (name: string) => (faults.refuseLogon ? undefined : users.find(({ user }) => user === name)?.password)
      if (connection) addMechanisms(connection, { mechanisms, needsTls: tls !== undefined, find })
      const greet = () => done(faults.busy ? reply(421, 'Too many connections, try again later') : null)
      if (faults.delayMs) setTimeout(greet, faults.delayMs)
      else greet()
    },
    onAuth: (auth, _session, done) => {
      const known = users.some(({ user, password }) => user === auth.username && password === auth.password)
      if (known && !faults.refuseLogon) done(null, { user: auth.username ?? '' })
      else done(reply(535, 'Account name or password not accepted'))
    },
    onRcptTo: ({ address }, _session, done) => {
      const code = faults.refuseRecipients?.[address]
      done(code === undefined ? null : reply(code, `${address} is not taken here`))
    },
    onData: (stream, session, done) => {
      finish(stream, session, handling).then(
        () => done(null, 'Message taken'),
        (error: Error) => done(error),
      )
    },
  }
}

async function finish(stream: SMTPServerDataStream, session: SMTPServerSession, { faults, keep, connectionOf }: Handling): Promise<void> {
  const message = toReceived(session, await buffer(stream))
  if (stream.sizeExceeded) return
  if (faults.refuseMessage) throw reply(faults.refuseMessage.code, faults.refuseMessage.text)
  if (faults.dropAfterData !== 'not-taken') {
    await keep(message).catch(() => {
      throw reply(451, 'The message could not be kept')
    })
  }
  if (faults.dropAfterData !== undefined) connectionOf(session.id)?._socket.destroy()
}

function findConnection(server: SMTPServer, sessionId: string): Connection | undefined {
  return ([...server.connections] as readonly Connection[]).find(({ id }) => id === sessionId)
}

function toReceived({ envelope, user, secure }: SMTPServerSession, raw: Buffer): ReceivedMessage {
  return {
    sender: envelope.mailFrom ? envelope.mailFrom.address : '',
    recipients: envelope.rcptTo.map(({ address }) => address),
    raw,
    user: typeof user === 'string' ? user : null,
    isSecure: secure,
  }
}

function reply(responseCode: number, text: string): Error {
  return Object.assign(new Error(text), { responseCode })
}
