// What we add to imapflow: SASL mechanisms, the words of the last refusal, FETCH answers read in one go.
import { setImmediate } from 'node:timers/promises'
import { ImapFlow, type ListResponse, type MailboxObject } from 'imapflow'
import { type Collector, collects } from './answer-collector.ts'
import type { FetchItems } from './fetch-answer.ts'
import { createSasl } from '../sasl/sasl.ts'
import { capabilitiesFrom, chooseSignIn, type SignInMethod } from './imap-capabilities.ts'
import type { Refusal } from './imap-errors.ts'
import {
  type CommandOptions,
  type CommandResponse,
  type Internals,
  library,
  libraryOptions,
  type PlusLine,
  type RawResponse,
} from './imap-library.ts'
import type { ImapTarget, KnownState } from './imap-types.ts'
import { readUidSet } from './uid-sets.ts'

export type ListedFolder = ListResponse
export type OpenedFolder = MailboxObject & { readonly qresync?: boolean }

const longestTurnMs = 5

interface UntaggedLine {
  readonly attributes?: readonly ({ readonly value?: unknown } | null)[]
}

interface OwnCommand {
  readonly untagged: NonNullable<CommandOptions['untagged']>
  readonly before?: string
}

interface ItemsQuery {
  /** UIDs. */
  readonly range: string
  readonly items: string
  readonly changedSince?: string | undefined
}

export class ImapClient extends ImapFlow {
  readonly #target: ImapTarget
  /** The last NO or BAD: where the library only answers `false`, this is what the server said. */
  lastRefusal: Refusal | undefined
  /** The same for every failure of a command: an answer that could not be read, for instance. */
  lastFailure: unknown
  #collector: Collector | undefined
  #leftAlone: ReadonlySet<string> = new Set()
  #turnBegan = 0

  constructor(target: ImapTarget, trace: ((line: string) => void) | undefined) {
    super(libraryOptions(target, trace))
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

  /** Called by the library for every line of the server; what is being collected never reaches it. */
  async handleResponse(response: RawResponse): Promise<boolean> {
    if (this.#collector && collects(this.#collector, response)) {
      await this.#giveWay()
      return true
    }
    return library.handleResponse.call(this.#internals, response)
  }

  /**
   * Called by the library for VANISHED (RFC 7162 3.2.10) that nobody collects. Its own way is an event for every UID, and a few
   * bytes can name millions of them; who waits for news only wants to hear that there are some.
   */
  async untaggedVanished({ attributes = [] }: UntaggedLine): Promise<void> {
    const [uids] = attributes
    const open = this.mailbox
    if (!open || attributes.length !== 1 || typeof uids?.value !== 'string') return
    const count = (readUidSet(uids.value) ?? []).reduce((sum, { from, to }) => sum + to - from + 1, 0)
    open.exists = Math.max(0, open.exists - count)
    this.emit('expunge', { path: open.path, uid: 0, vanished: true, earlier: false })
  }

  /** Opens a folder without the LIST that the library sends before the first SELECT of each. */
  async openFolder(path: string, known?: KnownState, collector?: Collector): Promise<OpenedFolder> {
    const { folders } = this.#internals
    if (!folders.has(path)) folders.set(path, { path })
    const since = known ? { changedSince: known.modSeq, uidValidity: known.uidValidity } : {}
    return this.#collecting(collector, () => this.mailboxOpen(path, since))
  }

  /** UID FETCH. `onAnswer` is called while the answers come; the first error it throws is thrown at the end. */
  async fetchItems({ range, items, changedSince }: ItemsQuery, onAnswer: (items: FetchItems) => void): Promise<void> {
    const modSeq = this.enabled.has('CONDSTORE') && this.mailbox && !this.mailbox.noModseq ? ' MODSEQ' : ''
    const since = changedSince === undefined ? [] : [verbatim(`(CHANGEDSINCE ${changedSince})`)]
    const collector: Collector = { onFetch: onAnswer, failure: undefined }
    const { preCheck } = this.#internals
    if (preCheck) await preCheck()
    const response = await this.#collecting(collector, () =>
      this.exec('UID FETCH', [{ type: 'SEQUENCE', value: range }, verbatim(`(UID${modSeq} ${items})`), ...since]),
    )
    response.next()
    if (collector.failure) throw collector.failure.error
  }

  /** A command of our own, with what is to be done with the untagged lines that answer it; `before` goes out in front of it. */
  async perform(command: string, attributes: unknown, { untagged, before = '' }: OwnCommand): Promise<void> {
    const { preCheck } = this.#internals
    if (preCheck) await preCheck()
    if (before !== '') this.#internals.write(before)
    const response = await this.exec(command, attributes, { untagged })
    response.next()
  }

  /** The library hands over hundreds of answers in one turn of the event loop; whoever reads mail meanwhile must not wait for them. */
  async #giveWay(): Promise<void> {
    if (performance.now() - this.#turnBegan < longestTurnMs) return
    await setImmediate()
    this.#turnBegan = performance.now()
  }

  async #collecting<T>(collector: Collector | undefined, work: () => Promise<T>): Promise<T> {
    this.#collector = collector
    try {
      return await work()
    } finally {
      this.#collector = undefined
    }
  }

  /** LIST below a folder; the library's own `list` knows no reference. */
  async listBelow(reference: string): Promise<readonly ListedFolder[]> {
    return (await this.#internals.run('LIST', reference, '*', { statusQuery: this.#statusQuery })) as ListedFolder[]
  }

  /** Without LIST-STATUS the library would ask for each folder, one round trip after the other. */
  get #statusQuery() {
    if (!this.capabilities.has('LIST-STATUS')) return undefined
    return { messages: true, unseen: true, uidNext: true, uidValidity: true, highestModseq: this.hasModSeq }
  }

  /** From now on as if the server did not offer these, also when it lists its capabilities again. */
  leaveAlone(capabilities: ReadonlySet<string>): void {
    this.#leftAlone = capabilities
    for (const name of capabilities) this.capabilities.delete(name)
  }

  /** Called by the library for every list of capabilities. */
  updateCapabilitiesFromRaw(raw: unknown): void {
    library.updateCapabilitiesFromRaw.call(this.#internals, raw)
    for (const name of this.#leftAlone) this.capabilities.delete(name)
  }

  /** Some servers name only the larger of the two extensions. */
  get hasModSeq(): boolean {
    return this.capabilities.has('CONDSTORE') || this.capabilities.has('QRESYNC')
  }

  /** UTF8=ACCEPT only where the server insists (RFC 6855): with it on, servers refuse older mail with 8-bit headers. */
  async enableExtensions(): Promise<void> {
    const change = this.capabilities.has('QRESYNC') ? 'QRESYNC' : 'CONDSTORE'
    await this.#internals.run('ENABLE', [change, ...(this.capabilities.has('UTF8=ONLY') ? ['UTF8=ACCEPT'] : [])])
  }

  /** Everything from here on is packed (COMPRESS, RFC 4978), where the server can do that. */
  async compressLine(): Promise<void> {
    await this.#internals.compress()
  }

  /** UNSELECT, where the server has it: CLOSE would expunge. */
  async leaveFolder(): Promise<void> {
    if (this.mailbox && this.capabilities.has('UNSELECT')) await this.#internals.run('CLOSE', { unselect: true })
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

/** Written as it stands; the library refuses line ends in it. */
export function verbatim(value: string) {
  return { type: 'TEXT', value }
}

function challengeOf({ attributes }: PlusLine): Buffer {
  const first = attributes?.[0]
  return Buffer.from(first?.type === 'TEXT' && typeof first.value === 'string' ? first.value : '', 'base64')
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
