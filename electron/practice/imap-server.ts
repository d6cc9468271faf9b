// An IMAP4rev1 server in memory, for practice mode and for tests. It keeps what it gets and never passes anything on.
import { type AddressInfo, createServer, type Socket } from 'node:net'
import { accountCommands, openCommands } from './imap-account-commands.ts'
import type { ImapFaults, SeenCommand } from './imap-faults.ts'
import { folderCommands } from './imap-folder-commands.ts'
import { ImapMailboxes, type ImapStore } from './imap-mailboxes.ts'
import { messageCommands } from './imap-message-commands.ts'
import { type ImapHandler, type ImapUser, type ServedOptions, ServedSession } from './imap-served-session.ts'

export interface ImapServerOptions {
  readonly users: readonly ImapUser[]
  /** `starttls` offers the upgrade, `tls` speaks TLS from the first byte. Without it plain text only. */
  readonly tls?: ServedOptions['tls']
  /** Shared with other practice servers; else new ones, with INBOX only. All users see the same. */
  readonly mailboxes?: ImapStore
  readonly faults?: ImapFaults
  /** Instead of all that the server can do. */
  readonly capabilities?: readonly string[]
  /** How users may sign in besides LOGIN; see `signInMechanisms`. Default PLAIN. */
  readonly mechanisms?: readonly string[]
  /** What NAMESPACE says lies before every path, `INBOX.` for instance. */
  readonly namespacePrefix?: string
  readonly host?: string
}

export interface RecordedCommand extends SeenCommand {
  /** Numbered from 1 in the order of their coming. */
  readonly connection: number
}

export interface RunningImapServer {
  readonly port: number
  /** All that came, oldest first; what could not be read as a command is not among them. */
  readonly commands: readonly RecordedCommand[]
  /** How many connections there were. */
  readonly connections: number
  readonly faults: ImapFaults
  readonly mailboxes: ImapStore
  close(): Promise<void>
}

export const allCapabilities: readonly string[] = [
  'IMAP4rev1',
  'LITERAL+',
  'SASL-IR',
  'ID',
  'ENABLE',
  'IDLE',
  'NAMESPACE',
  'UNSELECT',
  'UIDPLUS',
  'MOVE',
  'CONDSTORE',
  'CHILDREN',
  'SPECIAL-USE',
  'LIST-EXTENDED',
  'LIST-STATUS',
  'STATUS=SIZE',
]

const handlers: Readonly<Record<string, ImapHandler>> = {
  ...openCommands,
  ...signedIn({ ...accountCommands, ...folderCommands, ...messageCommands }),
}

export async function startImapServer(options: ImapServerOptions): Promise<RunningImapServer> {
  const commands: RecordedCommand[] = []
  const sockets = new Set<Socket>()
  const faults = options.faults ?? {}
  const mailboxes = options.mailboxes ?? new ImapMailboxes()
  const served = { ...options, faults, store: mailboxes, tls: options.tls, ...defaults(options) }
  let connections = 0
  const server = createServer((socket) => {
    const connection = ++connections
    socket.setNoDelay()
    sockets.add(socket)
    socket.on('close', () => sockets.delete(socket))
    // A client that goes away in the middle is what tests do on purpose.
    socket.on('error', () => socket.destroy())
    void new ServedSession(socket, served).serve(handlers, (command) => commands.push({ ...command, connection }))
  })
  await new Promise<void>((resolve) => server.listen(0, options.host ?? '127.0.0.1', resolve))
  return {
    port: (server.address() as AddressInfo).port,
    commands,
    get connections() {
      return connections
    },
    faults,
    mailboxes,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        for (const socket of sockets) socket.destroy()
      }),
  }
}

function defaults({ capabilities = allCapabilities, mechanisms = ['PLAIN'], namespacePrefix = '' }: ImapServerOptions) {
  return { capabilities, mechanisms, namespacePrefix }
}

function signedIn(commands: Readonly<Record<string, ImapHandler>>): Readonly<Record<string, ImapHandler>> {
  const guard =
    (handler: ImapHandler): ImapHandler =>
    (session, command) =>
      session.user === undefined ? 'BAD Sign in first' : handler(session, command)
  return Object.fromEntries(Object.entries(commands).map(([name, handler]) => [name, guard(handler)]))
}
