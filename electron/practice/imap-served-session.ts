import type { Socket } from 'node:net'
import type { Duplex } from 'node:stream'
import { setTimeout } from 'node:timers/promises'
import { TLSSocket } from 'node:tls'
import { type ImapFaults, isSilentOn, replyFor, type SeenCommand } from './imap-faults.ts'
import type { ImapStore } from './imap-mailboxes.ts'
import { ImapOutput } from './imap-output.ts'
import { ConnectionEnded, ImapReader } from './imap-reader.ts'
import type { SelectedMailbox } from './imap-selected.ts'
import { BadCommand, type ImapCommand, parseCommand } from './imap-syntax.ts'

export interface ImapUser {
  readonly user: string
  readonly password: string
}

/** What all connections of a server share. */
export interface ServedOptions {
  readonly users: readonly ImapUser[]
  readonly store: ImapStore
  readonly faults: ImapFaults
  readonly tls: { readonly mode: 'tls' | 'starttls'; readonly cert: string | Buffer; readonly key: string | Buffer } | undefined
  /** Without STARTTLS, AUTH= and LOGINDISABLED, which follow from the rest. */
  readonly capabilities: readonly string[]
  readonly mechanisms: readonly string[]
  readonly namespacePrefix: string
}

/** Does a command and answers what stands behind its tag: `OK Done`, `NO [TRYCREATE] There is no such folder`. */
export type ImapHandler = (session: ServedSession, command: ImapCommand) => string | Promise<string>

/** One connection to the server. */
export class ServedSession {
  readonly options: ServedOptions
  readonly reader: ImapReader
  readonly output: ImapOutput
  readonly enabled = new Set<string>()
  #socket: Duplex
  user: string | undefined
  isSecure = false
  selected: SelectedMailbox | undefined

  constructor(socket: Socket, options: ServedOptions) {
    this.options = options
    this.#socket = socket
    this.reader = new ImapReader(socket)
    this.output = new ImapOutput(socket, options.faults)
    if (options.tls?.mode === 'tls') this.secure()
  }

  send(...lines: readonly string[]): void {
    if (lines.length > 0) this.output.send(`${lines.join('\r\n')}\r\n`)
  }

  /** From here on in TLS. */
  secure(): void {
    const { tls } = this.options
    if (!tls) throw new BadCommand('There is no certificate')
    this.#socket.removeAllListeners('data')
    const socket = new TLSSocket(this.#socket, { isServer: true, cert: tls.cert, key: tls.key })
    this.#socket = socket
    // Also takes its errors: a client that refuses the certificate is what tests do on purpose.
    this.reader.listenTo(socket)
    this.output.writeTo(socket)
    this.isSecure = true
  }

  select(mailbox: SelectedMailbox | undefined): void {
    this.selected?.close()
    this.selected = mailbox
  }

  has(capability: string): boolean {
    return this.options.capabilities.includes(capability)
  }

  /** Talks until one side hangs up. */
  async serve(handlers: Readonly<Record<string, ImapHandler>>, record: (command: SeenCommand) => void): Promise<void> {
    try {
      if (!this.#greet()) return
      while (await this.#serveNext(handlers, record)) {
        // Everything is in the condition.
      }
    } catch (error) {
      if (!(error instanceof ConnectionEnded)) throw error
    } finally {
      this.select(undefined)
      this.#socket.end()
    }
  }

  #greet(): boolean {
    const { refuse, greeting, silent } = this.options.faults
    if (refuse) return false
    if (!silent) this.send(greeting ?? '* OK Ready')
    return greeting === undefined
  }

  async #serveNext(handlers: Readonly<Record<string, ImapHandler>>, record: (command: SeenCommand) => void): Promise<boolean> {
    const text = await this.reader.command(() => this.send('+ Go on'))
    const { faults } = this.options
    let tag = '*'
    try {
      const command = parseCommand(text)
      tag = command.tag
      const seen = { tag, name: command.name, text }
      record(seen)
      if (faults.silent || isSilentOn(faults, command.name)) return true
      if (faults.delayMs) await setTimeout(faults.delayMs)
      if ((await faults.onCommand?.(seen, { send: (line) => this.send(line), cut: () => this.output.cut() })) === 'handled') return true
      await this.#do(handlers, command)
      return command.name !== 'LOGOUT'
    } catch (error) {
      if (error instanceof ConnectionEnded) throw error
      const reason = error instanceof Error ? error.message : String(error)
      this.send(error instanceof BadCommand ? `${tag} BAD ${reason}` : `${tag} NO [SERVERBUG] ${reason}`)
      return true
    }
  }

  async #do(handlers: Readonly<Record<string, ImapHandler>>, command: ImapCommand): Promise<void> {
    const handler = handlers[command.name]
    const reply = replyFor(this.options.faults, command.name)
    if (!handler) throw new BadCommand(`Unknown command ${command.name}`)
    const completion = reply ?? (await handler(this, command))
    // Sequence numbers must not change under these (RFC 3501 7.4.1).
    const mayExpunge = !/^(FETCH|STORE|SEARCH)$/.test(command.name)
    this.send(...(this.selected?.news({ mayExpunge, byUid: this.enabled.has('QRESYNC') }) ?? []))
    this.send(`${command.tag} ${completion}`)
    // The answer itself still goes in clear text.
    if (command.name === 'STARTTLS' && completion.startsWith('OK')) this.secure()
  }
}
