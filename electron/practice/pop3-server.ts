// A small POP3 server with control over every byte: practice mode and the scripted server of the tests.
import { startLineServer } from './line-server.ts'
import type { Pop3Abilities, Pop3Faults, Pop3ServerOptions } from './pop3-server-options.ts'
import { Pop3ServerSession } from './pop3-server-session.ts'

export interface Pop3Server {
  readonly port: number
  /** Every command that arrived, passwords replaced. */
  readonly commands: readonly string[]
  /** How many connections there were since the start. */
  readonly connections: number
  /** Above 1: the client sent commands before earlier ones were answered. */
  readonly mostCommandsAtOnce: number
  readonly faults: Pop3Faults
  close(): Promise<void>
}

const allAbilities: Pop3Abilities = {
  capa: true,
  uidl: true,
  top: true,
  pipelining: true,
  apop: false,
  mechanisms: ['PLAIN', 'LOGIN'],
}

export async function startPop3Server(options: Pop3ServerOptions): Promise<Pop3Server> {
  const commands: string[] = []
  const faults: Pop3Faults = { ...options.faults }
  const abilities = { ...allAbilities, ...options.abilities }
  let connections = 0
  const lines = await startLineServer({
    ...(options.tls ? { tls: options.tls } : {}),
    isImplicitTls: Boolean(options.tls) && options.security !== 'starttls',
    faults,
    onConnection: (peer) => {
      connections++
      const hasStls = options.security === 'starttls'
      const session = new Pop3ServerSession({
        peer,
        abilities,
        faults,
        hasStls,
        findUser: options.findUser,
        record: (line) => commands.push(line),
      })
      session.greet()
      return session
    },
  })
  return {
    port: lines.port,
    commands,
    get connections() {
      return connections
    },
    get mostCommandsAtOnce() {
      return lines.mostLinesAtOnce()
    },
    faults,
    close: lines.close,
  }
}
