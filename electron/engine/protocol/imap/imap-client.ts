// The only file that knows imapflow. Adds to it: SASL mechanisms, the words of the last refusal, our own sockets.
import {
  type FetchMessageObject,
  type FetchQueryObject,
  ImapFlow,
  type ListResponse,
  type MailboxObject,
  type MessageStructureObject,
} from 'imapflow'
import { createSasl } from '../sasl/sasl.ts'
import { capabilitiesFrom, chooseSignIn, type SignInMethod } from './imap-capabilities.ts'
import type { Refusal } from './imap-errors.ts'
import { hider, traceLogger } from './imap-trace.ts'
import { socketMaker } from './imap-transport.ts'
import type { ImapTarget } from './imap-types.ts'

export type FetchedMessage = FetchMessageObject
export type FetchQuery = FetchQueryObject
export type BodyStructure = MessageStructureObject
export type ListedFolder = ListResponse
export type OpenedFolder = MailboxObject

interface CommandResponse {
  readonly response: unknown
  next(): void
}

interface CommandOptions {
  readonly onPlusTag?: (line: PlusLine) => Promise<void>
}

interface PlusLine {
  readonly attributes?: readonly { readonly type?: string; readonly value?: unknown }[]
}

/** Undocumented members that imapflow keeps out of its types. The version is pinned; `imap-session.test.ts` is their contract test. */
interface Internals {
  exec(command: string, attributes: unknown, options?: CommandOptions): Promise<CommandResponse>
  run(command: string, ...args: readonly unknown[]): Promise<unknown>
  write(text: string): void
  authenticate(): Promise<boolean>
  setAuthenticationState(): Promise<void>
  expectCapabilityUpdate: boolean
  readonly folders: Map<string, object>
  readonly untaggedHandlers: Record<string, ((line: unknown) => Promise<void>) | undefined>
}

const library = ImapFlow.prototype as unknown as Internals

export class ImapClient extends ImapFlow {
  readonly #target: ImapTarget
  /** The last NO or BAD: where the library only answers `false`, this is what the server said. */
  lastRefusal: Refusal | undefined
  /** The same for every failure of a command: an answer that could not be read, for instance. */
  lastFailure: unknown

  constructor(target: ImapTarget, trace: ((line: string) => void) | undefined) {
    super(optionsFor(target, trace))
    this.#target = target
  }

  get #internals(): Internals {
    return this as unknown as Internals
  }

  /** Called by the library for every command. */
  async exec(command: string, attributes: unknown, options?: CommandOptions): Promise<CommandResponse> {
    try {
      return await library.exec.call(this.#internals, command, attributes, options)
    } catch (error) {
      this.lastFailure = error
      this.lastRefusal = refusalFrom(command, error) ?? this.lastRefusal
      throw error
    }
  }

  /** Called by the library once it has read the capabilities, after STARTTLS. */
  async authenticate(): Promise<boolean> {
    if (this.state !== this.states.NOT_AUTHENTICATED) return library.authenticate.call(this.#internals)
    const method = chooseSignIn({ signIn: this.#target.signIn, isEncrypted: this.secureConnection }, capabilitiesFrom(this.capabilities))
    if (method.by === 'sasl') return this.#authenticateBySasl(method)
    if (method.loginMethod && this.options.auth) this.options.auth.loginMethod = method.loginMethod
    return library.authenticate.call(this.#internals)
  }

  /** Opens a folder without the LIST that the library sends before the first SELECT of each. */
  async openFolder(path: string): Promise<OpenedFolder> {
    const { folders } = this.#internals
    if (!folders.has(path)) folders.set(path, { path })
    return this.mailboxOpen(path)
  }

  /** LIST below a folder; the library's own `list` knows no reference. */
  async listBelow(reference: string): Promise<readonly ListedFolder[]> {
    return (await this.#internals.run('LIST', reference, '*', { statusQuery: this.#statusQuery })) as ListedFolder[]
  }

  /** Without LIST-STATUS the library would ask for each folder, one round trip after the other. */
  get #statusQuery() {
    return this.capabilities.has('LIST-STATUS') ? { messages: true, unseen: true, uidNext: true, uidValidity: true } : undefined
  }

  /** What the library would enable by itself, less UTF8=ACCEPT, with which servers change their folder names. */
  async enableCondstore(): Promise<void> {
    await this.#internals.run('ENABLE', ['CONDSTORE'])
  }

  /** STATUS that nobody asked for: what NOTIFY (RFC 5465) says of folders that are not open. Returns how to stop listening. */
  onStatus(listener: () => void): () => void {
    const handlers = this.#internals.untaggedHandlers
    const own = async () => listener()
    handlers.STATUS = own
    return () => {
      if (handlers.STATUS === own) delete handlers.STATUS
    }
  }

  /** For the open folder as well: after NOTIFY a server says nothing that was not asked for. */
  async notifySubscribed(): Promise<void> {
    const atom = (value: string) => ({ type: 'ATOM', value })
    const events = ['MessageNew', 'MessageExpunge', 'FlagChange'].map(atom)
    const response = await this.exec('NOTIFY', [atom('SET'), [atom('SELECTED'), events], [atom('SUBSCRIBED'), events]])
    response.next()
  }

  /** Takes the library's idea away that every path lies below the personal namespace: our paths are the server's own, whole. */
  forgetNamespacePrefix(): void {
    if (this.namespace) this.namespace = { ...this.namespace, prefix: '' }
  }

  async #authenticateBySasl({ mechanism }: SignInMethod & { by: 'sasl' }): Promise<boolean> {
    const { user, password } = this.#target
    const step = createSasl(mechanism, { user, password, token: password })
    let failure: unknown
    const answer = async (line: PlusLine) => {
      try {
        this.#internals.write(step(challengeOf(line)).toString('base64'))
      } catch (error) {
        failure = error
        this.#internals.write('*')
      }
    }
    this.#internals.expectCapabilityUpdate = true
    try {
      const response = await this.exec('AUTHENTICATE', [{ type: 'ATOM', value: mechanism }], { onPlusTag: answer })
      response.next()
      step.finish()
    } catch (error) {
      // The refusal is then only the answer to our own cancelling.
      if (failure) this.lastRefusal = undefined
      throw failure ?? error
    }
    await this.#internals.setAuthenticationState()
    return true
  }
}

function challengeOf({ attributes }: PlusLine): Buffer {
  const first = attributes?.[0]
  return Buffer.from(first?.type === 'TEXT' && typeof first.value === 'string' ? first.value : '', 'base64')
}

function optionsFor(target: ImapTarget, trace: ((line: string) => void) | undefined) {
  const { host, port, security, user, password, timeoutMs } = target
  return {
    host,
    port,
    auth: { user, pass: password },
    secure: security === 'tls',
    // Never left undefined: that would mean "if the server happens to offer it".
    doSTARTTLS: security === 'starttls',
    transport: socketMaker(target),
    connectionTimeout: timeoutMs,
    greetingTimeout: timeoutMs,
    socketTimeout: timeoutMs,
    clientInfo: { name: 'Postrider', vendor: 'Postrider', version: false as const, 'support-url': false as const },
    disableAutoIdle: true,
    disableCompression: true,
    disableAutoEnable: true,
    disableIMAP4rev2: true,
    disableBinary: true,
    qresync: false,
    logger: trace ? traceLogger(trace, hider(user, password)) : (false as const),
  }
}

interface FailedCommand extends Error {
  readonly responseStatus?: string
  readonly responseText?: string
  readonly response?: { readonly attributes?: readonly { readonly section?: readonly { readonly value?: unknown }[] }[] }
}

/** undefined: the command failed, but not by a NO or BAD. */
function refusalFrom(command: string, error: unknown): Refusal | undefined {
  if (!(error instanceof Error)) return undefined
  const { responseStatus: status, responseText = '', response }: FailedCommand = error
  if (status !== 'NO' && status !== 'BAD') return undefined
  const value = response?.attributes?.[0]?.section?.[0]?.value
  const code = typeof value === 'string' ? value.toUpperCase() : undefined
  return { status, command: command.toUpperCase(), code, reply: [status, code && `[${code}]`, responseText].filter(Boolean).join(' ') }
}
